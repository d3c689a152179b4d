import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { numberPeople } from '../../src/export/pseudonyms/numbering.js'
import type { PseudonymKey } from '../../src/model/people/pseudonyms.js'
import { keyFile } from '../../src/node/key-file.js'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'threadkeep-key-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const at = (name = 'key.json') => join(folder, name)
const same = (key: PseudonymKey) => key
const withMember = (key: PseudonymKey) => ({ ...key, members: [...key.members, { number: 1, keys: ['i1'] }] })

describe('a key file', () => {
  it('is made when it is first used, for its owner alone, and says so once', () => {
    const made: string[] = []
    const store = keyFile(at(), { made: path => made.push(path) })
    expect(existsSync(at())).toBe(false)
    const { secret } = store.update(same)
    expect(Buffer.from(secret, 'base64')).toHaveLength(32)
    expect(statSync(at()).mode & 0o777).toBe(0o600)
    expect(store.update(withMember).secret).toBe(secret)
    expect(made).toEqual([at()])
    expect(keyFile(at()).update(same).members).toEqual([{ number: 1, keys: ['i1'] }])
  })

  it('is not touched where nothing changes, and leaves nothing beside it', () => {
    keyFile(at()).update(withMember)
    const before = statSync(at(), { bigint: true }).mtimeNs
    keyFile(at()).update(same)
    expect(statSync(at(), { bigint: true }).mtimeNs).toBe(before)
    expect([existsSync(`${at()}.lock`), existsSync(`${at()}.new`)]).toEqual([false, false])
  })

  it('holds nothing that names anybody', () => {
    const people = [{ sites: ['https://c.example/'], id: '4412', slugs: ['anna-k'], names: ['Anna K'], urls: [] }]
    keyFile(at()).update(key => numberPeople(key, people).key)
    expect(readFileSync(at(), 'utf8')).not.toMatch(/anna|4412|c\.example/i)
  })

  it.runIf(process.platform !== 'win32')('that others can read is refused', () => {
    keyFile(at()).update(same)
    chmodSync(at(), 0o640)
    expect(() => keyFile(at())).toThrow(/^Other users can read the key file /)
  })

  it.each([
    ['other JSON', '{"schema": "threadkeep.thread/1"}'],
    ['a text', 'secret'],
    ['nothing', ''],
    ['half of a key', '{"schema":"threadkeep.pseudonyms/1","secret":"'],
    ['no secret', '{"schema":"threadkeep.pseudonyms/1","secret":"","sites":[],"members":[]}'],
  ])('of %s is refused and stays as it is', (_, text) => {
    writeFileSync(at(), text, { mode: 0o600 })
    expect(() => keyFile(at())).toThrow(`${at()} is no key file of threadkeep.`)
    expect(readFileSync(at(), 'utf8')).toBe(text)
  })

  it('is no folder, and is made in no folder that is missing', () => {
    expect(() => keyFile(folder)).toThrow(/is no file/)
    expect(() => keyFile(join(folder, 'none', 'key.json'))).toThrow(/There is no folder .*none for the key file/)
  })

  it.each(['out/key.json', 'out/a/key.json', 'out', 'link/key.json'])('within an export is refused: %s', name => {
    mkdirSync(at('out'))
    symlinkSync(at('out'), at('link'))
    expect(() => keyFile(at(name), { outputs: [at('out')] })).toThrow(/would be within the export/)
    expect(() => keyFile(at('out-key.json'), { outputs: [at('out')] })).not.toThrow()
  })

  it('takes over the lock that a killed export has left', () => {
    mkdirSync(`${at()}.lock`)
    utimesSync(`${at()}.lock`, 0, 0)
    expect(keyFile(at()).update(same).members).toEqual([])
  })
})
