import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { running, testIo } from '../../test-io.js'

const THREAD = `Ann posted an update in the group Gardeners 2 years ago

The beans in the long bed need a pole before the wind comes.

    • Ben replied 1 year, 11 months ago

      Mine have one already, made of hazel.
`

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'threadkeep-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const given = (name: string, content: string) => writeFileSync(join(folder, name), content)
const imports = (...line: string[]) => running(['import', ...line], testIo({ cwd: folder }))

describe('threadkeep import', () => {
  test('reads a text, and says that its dates count back from the date of the file', async () => {
    given('thread.txt', THREAD)
    const { code, out, err } = await imports('thread.txt')
    expect([code, out.split('\n')[0]]).toEqual([0, 'thread.txt  done'])
    expect(err).toContain('Give --captured-at DATE if you know it.')
    expect(err).toContain('1 file, 1 page')
    expect((await imports('thread.txt', '--captured-at', '2024-03-01')).err).not.toContain('Give --captured-at')
  })

  test('leaves no archive behind where nothing was read', async () => {
    given('empty.txt', '')
    const { code, err } = await imports('empty.txt')
    expect(code).toBe(5)
    expect(err).toContain('empty.txt is an empty file')
    expect(err).toContain('no archive was made')
    expect(existsSync(join(folder, 'threadkeep.db'))).toBe(false)
  })

  test('keeps an archive that was there', async () => {
    given('thread.txt', THREAD)
    given('empty.txt', '')
    await imports('thread.txt')
    expect((await imports('empty.txt')).code).toBe(5)
    expect(existsSync(join(folder, 'threadkeep.db'))).toBe(true)
  })

  test('makes no archive in a dry run', async () => {
    given('thread.txt', THREAD)
    const { code, err } = await imports('thread.txt', '--dry-run')
    expect(code).toBe(0)
    expect(err).toContain('2 new posts')
    expect(err).toContain('nothing was stored')
    expect(existsSync(join(folder, 'threadkeep.db'))).toBe(false)
  })

  test('a path that does not exist, and a date that is none, are wrong usage', async () => {
    expect((await imports('nothing.txt')).code).toBe(2)
    given('thread.txt', THREAD)
    expect((await imports('thread.txt', '--captured-at', 'once')).code).toBe(2)
    expect((await imports('thread.txt', '--site', 'no site')).code).toBe(2)
    expect(existsSync(join(folder, 'threadkeep.db'))).toBe(false)
  })

  test('says that a post was written before a date, where only the date of the file is known', async () => {
    given('thread.txt', THREAD.replace('Ben replied', 'replied').replaceAll('• ', '• '))
    await imports('thread.txt')
    const threadkeep = (...line: string[]) => running(line, testIo({ cwd: folder }))
    const [id = '', date = ''] = (await threadkeep('list')).out.split('\t')
    expect([id, date]).toEqual([
      expect.stringMatching(/^x[0-9a-f]{16}$/),
      expect.stringMatching(/^before \d{4}-\d\d-\d\dT/),
    ])
    const log = (await threadkeep('log', id)).out
    expect(log).not.toContain('1970')
    expect(log).toMatch(/^before \d{4}-\d\d-\d\dT\S+\tseen\t.*\twritten before \d{4}/)
    expect((await threadkeep('search', 'pole')).out).toContain('\tbefore 20')
    // Nobody is named below replies of a text that names nobody.
    expect((await threadkeep('show', id)).out).not.toContain('unknown member')
  })

  test('is what the status of an archive without targets shows', async () => {
    given('thread.txt', THREAD)
    await imports('thread.txt')
    const { out } = await running(['status'], testIo({ cwd: folder }))
    expect(out).toMatch(/^Gardeners {2}unknown\nImported on \d{4}-\d\d-\d\d: 1 file\.\nNo target for sync/)
  })
})
