import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { asArchiveError } from '../../src/archive/database/sqlite-errors.js'
import { openArchive } from '../../src/archive/index.js'
import { APPLICATION_ID, MIGRATIONS } from '../../src/archive/schema/migrations.js'
import { ArchiveError } from '../../src/model/errors.js'
import { newFile } from '../run/outside.js'
import { ENV, page, post, rows, shelf } from './shelf.js'

const failure = (file: string, mode: 'read' | 'write'): ArchiveError => {
  try {
    openArchive(file, mode, ENV).close()
  } catch (error) {
    if (error instanceof ArchiveError) return error
    throw error
  }
  throw new Error('it opened')
}

function made(file: string, sql: string): string {
  const db = new Sqlite(file)
  db.exec(sql)
  db.close()
  return file
}

describe('a file that is no archive', () => {
  it('is not made by reading', () => {
    const file = newFile()
    expect(failure(file, 'read')).toMatchObject({
      exitCode: 6,
      message: `There is no archive ${file}.`,
      advice: expect.stringContaining('--db'),
    })
    expect(existsSync(file)).toBe(false)
  })

  it.each(['read', 'write'] as const)('for %s: text', mode => {
    const file = newFile()
    writeFileSync(file, 'Dear diary, this is no database at all. '.repeat(50))
    expect(failure(file, mode).message).toBe(`${file} is not a threadkeep archive (not an SQLite file).`)
    expect(readFileSync(file, 'utf8')).toMatch(/^Dear diary/)
  })

  it.each(['read', 'write'] as const)('for %s: the database of another program', mode => {
    const file = made(newFile(), 'CREATE TABLE recipes (id INTEGER PRIMARY KEY, name TEXT)')
    const before = readFileSync(file)
    expect(failure(file, mode)).toMatchObject({
      exitCode: 6,
      message: expect.stringContaining('is a database of another program'),
    })
    expect(readFileSync(file).equals(before)).toBe(true)
    expect(readdirSync(dirname(file))).toHaveLength(1)
  })

  it.each(['read', 'write'] as const)('for %s: an archive of a later threadkeep', mode => {
    const file = newFile()
    shelf(file).close()
    made(file, 'PRAGMA user_version = 99')
    const before = readFileSync(file)
    const error = failure(file, mode)
    expect(error.message).toBe(
      `${file} was made by a newer threadkeep (schema 99; this version supports up to ${MIGRATIONS.length}).`,
    )
    expect(error.advice).toContain('Install the newest threadkeep')
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it.each(['read', 'write'] as const)('for %s: an archive from before the first release', mode => {
    const posts = 'CREATE TABLE posts (id INTEGER PRIMARY KEY, activity_id TEXT)'
    const file = made(newFile(), `${posts}; PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = 4`)
    const before = readFileSync(file)
    const error = failure(file, mode)
    expect(error).toMatchObject({ exitCode: 6, message: expect.stringContaining('from before its first release') })
    expect(error.advice).toContain('threadkeep archive URL --db NEW.db')
    expect(readFileSync(file).equals(before)).toBe(true)
    expect(readdirSync(dirname(file))).toHaveLength(1)
  })

  it.each(['read', 'write'] as const)('for %s: a folder', mode => {
    const folder = dirname(newFile())
    expect(failure(folder, mode)).toMatchObject({
      message: `${folder} is a folder.`,
      advice: 'Name a file with --db FILE.',
    })
  })

  it('in a folder that does not exist', () => {
    const file = join(dirname(newFile()), 'none', 'a.db')
    expect(failure(file, 'write')).toMatchObject({ message: `The folder of ${file} does not exist.`, exitCode: 6 })
    expect(failure(file, 'read').message).toBe(`There is no archive ${file}.`)
  })

  it('an empty file holds no archive yet, and can become one', () => {
    const file = newFile()
    writeFileSync(file, '')
    expect(failure(file, 'read').message).toBe(`${file} holds no archive yet.`)
    shelf(file).close()
    expect(rows(file, 'PRAGMA user_version')).toEqual([{ user_version: MIGRATIONS.length }])
  })

  it('damaged in the middle', () => {
    const one = shelf()
    for (let at = 0; at < 40; at++) one.save(page([post(String(at + 1), null, { text: 'x'.repeat(4000) })]))
    one.close()
    const bytes = readFileSync(one.file)
    bytes.fill(0xaa, 100, 6000)
    writeFileSync(one.file, bytes)
    expect(failure(one.file, 'write').message).toMatch(/is damaged|not an SQLite file|another program/)
  })
})

describe("SQLite's own words", () => {
  it.each([
    ['SQLITE_READONLY_DIRECTORY', /cannot be written\.$/, /permissions/],
    ['SQLITE_FULL', /the disk is full\.$/, /continues where it stopped/],
    ['SQLITE_IOERR_SHMMAP', /no shared memory/, /local disk/],
    ['SQLITE_IOERR_LOCK', /no locks/, /local disk/],
    ['SQLITE_IOERR_WRITE', /disk error/, /Check the disk/],
    ['SQLITE_CORRUPT_VTAB', /is damaged\.$/, /threadkeep verify.*backup/],
    ['SQLITE_CANTOPEN', /cannot be opened\.$/, /folder exists/],
  ])('%s becomes a sentence and an advice', (code, message, advice) => {
    const error = asArchiveError(Object.assign(new Error('boo'), { code }), '/a/b.db') as ArchiveError
    expect([error.exitCode, error.message, error.advice]).toEqual([
      6,
      expect.stringMatching(message),
      expect.stringMatching(advice),
    ])
  })

  it.each(['SQLITE_BUSY_SNAPSHOT', 'SQLITE_LOCKED', 'SQLITE_PROTOCOL'])(
    '%s is a lock, which can be waited for',
    code => {
      const error = asArchiveError(Object.assign(new Error('boo'), { code }), '/a/b.db')
      expect(error).toMatchObject({ exitCode: 7, message: 'Another program has locked /a/b.db.' })
      expect((error as ArchiveError).advice).toContain('--wait-lock')
    },
  )

  it('a sum that no integer holds is of a damaged file', () => {
    const error = Object.assign(new Error('integer overflow'), { code: 'SQLITE_ERROR' })
    expect(asArchiveError(error, '/a/b.db')).toMatchObject({ exitCode: 6, message: '/a/b.db is damaged.' })
  })

  it('bugs stay what they are', () => {
    const bug = Object.assign(new Error('no such column'), { code: 'SQLITE_ERROR' })
    expect(asArchiveError(bug, '/a/b.db')).toBe(bug)
  })

  it('says what is to be copied where a killed run has left a log in a folder that is read-only', () => {
    const file = newFile()
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(`${file}-wal`, 'a log')
    const error = asArchiveError(Object.assign(new Error('boo'), { code: 'SQLITE_CANTOPEN' }), file)
    expect(error).toMatchObject({
      exitCode: 6,
      message: expect.stringContaining(`a part of it is in ${file}-wal`),
      advice: expect.stringContaining('Copy both files'),
    })
  })

  it.skipIf(process.getuid?.() === 0)('a file that may not be written (not for root, who may write all)', () => {
    const one = shelf()
    one.close()
    chmodSync(one.file, 0o444)
    expect(failure(one.file, 'write').message).toContain('cannot be written')
    openArchive(one.file, 'read', ENV).close()
  })
})

const BUILT = join(import.meta.dirname, '../../dist/archive/database/connection.js')

describe('four runs that make the same new file at once', () => {
  it.skipIf(!existsSync(BUILT))('all find it whole (needs npm run build)', () => {
    const file = newFile()
    const script = `
      import { connect } from ${JSON.stringify(BUILT)}
      const until = Number(process.argv[1])
      while (Date.now() < until);
      connect(${JSON.stringify(file)}, 'write').close()`
    const at = String(Date.now() + 700)
    const line = `for i in 1 2 3 4; do "$0" --input-type=module -e "$1" ${at} & done; wait; jobs -p`
    const done = spawnSync('sh', ['-c', line, process.execPath, script], { encoding: 'utf8' })
    expect(done.stderr).toBe('')
    expect(rows(file, 'PRAGMA user_version')).toEqual([{ user_version: MIGRATIONS.length }])
  })
})

describe('the binary part of SQLite', () => {
  it.each([
    Object.assign(new Error('was compiled against a different Node.js version using\nNODE_MODULE_VERSION 108.'), {
      code: 'ERR_DLOPEN_FAILED',
    }),
    new Error(
      'Could not locate the bindings file. Tried:\n → /a/build/better_sqlite3.node\n → /a/out/better_sqlite3.node',
    ),
  ])('of another Node, or not installed: a sentence with the command that mends it', error => {
    expect(asArchiveError(error, 'a.db')).toMatchObject({
      exitCode: 6,
      message: expect.stringContaining('SQLite cannot be loaded'),
      advice: expect.stringMatching(/^Build it for this Node: cd '.+' && npm rebuild better-sqlite3/),
      cause: { message: expect.stringMatching(/^[^\n→]+\.$/) },
    })
  })
})

const fixtureOf = (schema: number) => join(import.meta.dirname, `../../fixtures/archive/v${schema}.db`)

/** Makes the archive of a new schema out of the last one. */
function addFixture(schema: number): void {
  if (existsSync(fixtureOf(schema))) return
  const file = newFile()
  mkdirSync(dirname(file), { recursive: true })
  copyFileSync(fixtureOf(schema - 1), file)
  openArchive(file, 'write', ENV).close()
  const db = new Sqlite(file)
  db.prepare('VACUUM INTO ?').run(fixtureOf(schema))
  db.close()
}

if (process.env['UPDATE_FIXTURES']) addFixture(MIGRATIONS.length)

describe.each(MIGRATIONS.map((_sql, at) => at + 1))('an archive of schema %i', schema => {
  const fixture = fixtureOf(schema)
  const copy = () => {
    const file = newFile()
    mkdirSync(dirname(file), { recursive: true })
    copyFileSync(fixture, file)
    return file
  }

  it('is small, and no sidecar files lie beside it', () => {
    expect(readFileSync(fixture).length).toBeLessThan(400_000)
    const all = MIGRATIONS.map((_sql, at) => `v${at + 1}.db`)
    expect(readdirSync(dirname(fixture)).sort()).toEqual(['make.md', ...all])
    expect(rows(copy(), 'PRAGMA user_version')).toEqual([{ user_version: schema }])
    expect(rows(copy(), 'PRAGMA application_id')).toEqual([{ application_id: APPLICATION_ID }])
  })

  it('opens and reads', () => {
    const archive = openArchive(copy(), 'read', ENV)
    const threads = [...archive.reader.threads({})]
    expect([...archive.reader.groups()].map(group => [group.slug, group.completeness.state])).toContainEqual([
      'fox-hollow-gardeners',
      'complete',
    ])
    expect(threads.length).toBeGreaterThan(30)
    expect(threads.every(({ posts }) => [...posts].filter(({ depth }) => depth === 0).length === 1)).toBe(true)
    expect(archive.reader.status().counts).toMatchObject({ threads: threads.length })
    archive.close()
  })

  it('tells its history, and is sound, while it is only read', () => {
    const file = copy()
    const [post] = rows(file, 'SELECT site_post_id AS id FROM posts JOIN revisions ON revisions.post_id = posts.id')
    const archive = openArchive(file, 'read', ENV)
    const [edited] = archive.history.find(Object.values(post ?? {}).join())
    const [past] = edited ? [...archive.history.pasts(edited, true)] : []
    expect(past?.versions.length).toBeGreaterThan(1)
    const wrong = [...archive.verifier.results({ quick: false, env: ENV })].filter(({ state }) => state === 'wrong')
    expect(wrong).toEqual([])
    archive.close()
  })

  it('migrates, and the old file stays beside it where there was something to do', () => {
    const file = copy()
    openArchive(file, 'write', ENV).close()
    expect(rows(file, 'PRAGMA user_version')).toEqual([{ user_version: MIGRATIONS.length }])
    expect(rows(file, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
    const copies = readdirSync(dirname(file)).filter(name => name.includes('before-schema'))
    expect(copies).toHaveLength(MIGRATIONS.length === schema ? 0 : 1)
  })

  it('has the schema that a new archive has', () => {
    const statements = 'SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name'
    const old = copy()
    openArchive(old, 'write', ENV).close()
    const fresh = newFile()
    shelf(fresh).close()
    expect(rows(old, statements)).toEqual(rows(fresh, statements))
  })
})
