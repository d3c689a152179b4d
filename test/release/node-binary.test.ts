import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refuseOtherNode, systemOf } from '../../release/executable/node-binary.js'

/** The first bytes of a program. */
function program(...fields: [at: number, bytes: number[] | string][]): Buffer {
  const bytes = Buffer.alloc(200)
  for (const [at, content] of fields) Buffer.from(content as string, 'latin1').copy(bytes, at)
  return bytes
}
const elf = (code: number) => program([0, '\x7fELF'], [18, [code, 0]])
const mach = (code: number) => program([0, [0xcf, 0xfa, 0xed, 0xfe, code, 0, 0, 1]])
const windows = (...code: number[]) => program([0, 'MZ'], [60, [120, 0, 0, 0]], [120, 'PE\0\0'], [124, code])

describe('the system of a binary', () => {
  it.each([
    ['linux-x64', elf(0x3e)],
    ['linux-arm64', elf(0xb7)],
    ['darwin-x64', mach(7)],
    ['darwin-arm64', mach(12)],
    ['win32-x64', windows(0x64, 0x86)],
    ['win32-arm64', windows(0x64, 0xaa)],
    [null, elf(0x28)],
    [null, program([0, '#!/bin/sh\n'])],
    [null, Buffer.from('MZ')],
  ])('%s', (system, bytes) => expect(systemOf(bytes)).toBe(system))

  it('is that of the Node that runs this', () => {
    expect(() => refuseOtherNode(process.execPath, `${process.platform}-${process.arch}`)).not.toThrow()
  })
})

describe('a Node for an executable', () => {
  let folder = ''
  const file = () => join(folder, 'node')
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'threadkeep-node-'))
    writeFileSync(file(), Buffer.concat([elf(0xb7), Buffer.from('/release/v24.1.0/node-v24.1.0.tar.gz')]))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it.each(['linux-arm64', 'linuxmusl-arm64'])('is taken for %s', system =>
    expect(() => refuseOtherNode(file(), system, 'v24.1.0')).not.toThrow(),
  )

  it.each([
    ['win32-arm64', 'v24.1.0', /is a program for linux-arm64, and not Node for win32-arm64\.$/],
    ['linux-arm64', 'v24.2.0', /is not Node v24\.2\.0: take the version that runs this script/],
  ])('for %s and %s is refused', (system, version, message) =>
    expect(() => refuseOtherNode(file(), system, version)).toThrow(message),
  )

  it('that is not there is refused', () => {
    expect(() => refuseOtherNode(join(folder, 'none'), 'linux-arm64')).toThrow(/There is no file .*none\.$/)
  })
})
