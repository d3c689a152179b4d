import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { openArchive } from '../../../src/archive/index.js'
import { ENV } from '../../archive/shelf.js'
import { newFile } from '../../run/outside.js'
import { running, testIo } from '../test-io.js'
import { hostileArchive } from './hostile-archive.js'

const complete = (kind: string, db: string, ...prefix: string[]) =>
  running(['__complete', kind, `--db=${db}`, '--', ...prefix], testIo({ cwd: '/nowhere' }))

const namesOf = (out: string) => out.split('\n').flatMap(line => (line === '' ? [] : [line.split('\t')[0]]))

describe('what completion scripts ask for', () => {
  test('groups and threads by the beginning of their names, each with its title', async () => {
    const db = hostileArchive()
    const groups = await complete('groups', db, 'g')
    expect(namesOf(groups.out)).toEqual(['gardeners', 'gärten-2'])
    expect(groups.out).toContain('gardeners\tGardeners\n')
    expect(namesOf((await complete('threads', db, '23')).out)).toEqual(['237'])
    expect(namesOf((await complete('threads', db, 'bbp:1')).out)).toEqual(['bbp:12'])
    expect(namesOf((await complete('threads', db)).out).slice(-2)).toEqual(['240', '237'])
    expect(namesOf((await complete('selection', db, 'g')).out)).toEqual(['gardeners', 'gärten-2'])
  })

  test('no name comes out that a shell would run, expand or split, and no title that a terminal would obey', async () => {
    const { out } = await complete('selection', hostileArchive())
    for (const name of namesOf(out)) expect(name).toMatch(/^(bbp:)?[\p{L}\p{N}][\p{L}\p{N}-]*$/u)
    expect(out).not.toMatch(/[^\P{C}\t\n]/u)
    for (const line of out.trimEnd().split('\n')) expect(line.split('\t')).toHaveLength(2)
  })

  test.each<[string, (file: string) => void]>([
    ['no archive', () => {}],
    [
      'no database',
      file => writeFileSync(file, 'not a database, but words that are long enough to be looked at\n'.repeat(99)),
    ],
    ['a damaged archive', file => writeFileSync(file, readFileSync(hostileArchive()).fill(0xff, 2000))],
    ['half an archive', file => writeFileSync(file, readFileSync(hostileArchive()).subarray(0, 5000))],
    ['an empty file', file => writeFileSync(file, '')],
    ['a database of another program', file => void new Sqlite(file).exec('CREATE TABLE groups (slug, name)').close()],
    ['a folder', file => mkdirSync(file)],
    ['a pipe that nobody writes to (not on Windows)', file => execFileSync('mkfifo', [file])],
  ])('%s: nothing is printed, made or left', async (_, make) => {
    const file = newFile()
    make(file)
    const before = [readdirSync(dirname(file)), statsOf(file)]
    for (const kind of ['groups', 'threads', 'selection'])
      expect(await complete(kind, file, '2')).toEqual({ code: 0, out: '', err: '' })
    expect([readdirSync(dirname(file)), statsOf(file)]).toEqual(before)
  })

  test('an archive that another program holds as a whole is not waited for; one that is written by a run is read', async () => {
    const held = hostileArchive()
    const run = openArchive(held, 'write', ENV)
    expect(namesOf((await complete('groups', held, 'gar')).out)).toEqual(['gardeners'])
    run.close()
    const other = new Sqlite(held)
    other.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE')
    expect(await complete('groups', held, 'gar')).toEqual({ code: 0, out: '', err: '' })
    other.close()
  })

  test('changes nothing, and leaves no file beside the archive', async () => {
    const file = hostileArchive()
    const before = [readdirSync(dirname(file)), readFileSync(file)]
    await complete('selection', file)
    expect([readdirSync(dirname(file)), readFileSync(file)]).toEqual(before)
  })

  test('reads the archive of the environment where the line names none, and prints nothing for a kind that there is not', async () => {
    const io = () => testIo({ env: { THREADKEEP_DB: hostileArchive() } })
    expect((await running(['__complete', 'groups', '--db=', '--', 'gard'], io())).out).toBe('gardeners\tGardeners\n')
    for (const line of [['members'], [], ['groups', '--frob'], ['constructor']])
      expect(await running(['__complete', ...line], io())).toEqual({ code: 0, out: '', err: '' })
  })
})

const statsOf = (file: string) => {
  const { size, mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? { size: -1, mtimeMs: 0 }
  return { size, mtimeMs }
}
