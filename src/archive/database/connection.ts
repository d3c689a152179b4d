import { copyFileSync, existsSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Database } from 'better-sqlite3'
import { ArchiveError } from '../../model/errors.js'
import { APPLICATION_ID, MIGRATIONS, migrate, refuseOtherSchemas, versionOf } from '../schema/migrations.js'
import { addFunctions } from './functions.js'

const Sqlite = createRequire(import.meta.url)('better-sqlite3') as typeof import('better-sqlite3')

/** `write` creates the file if necessary, and migrates it. `read` changes nothing; the file must exist. */
export type Mode = 'read' | 'write'

/** @throws ArchiveError if the file cannot be opened, is not an archive, or has a newer schema. */
export function connect(file: string, mode: Mode): Database {
  if (mode === 'read' && !existsSync(file)) {
    throw new ArchiveError(
      `There is no archive ${file}.`,
      'Name another file with --db FILE, or create one: threadkeep archive https://example.org/groups/NAME/',
    )
  }
  try {
    return prepared(file, mode)
  } catch (error) {
    throw error instanceof ArchiveError ? error : asArchiveError(error, file)
  }
}

function prepared(file: string, mode: Mode): Database {
  const db = new Sqlite(file)
  try {
    db.pragma('busy_timeout = 5000')
    refuseForeign(db, file)
    refuseOtherSchemas(db, file)
    addFunctions(db)
    if (mode === 'read') return readable(db, file)
    useWal(db)
    db.pragma('synchronous = NORMAL')
    // 16 MB: pages of indexes that each commit changes are copied into the file less often.
    db.pragma('wal_autocheckpoint = 4000')
    copyBeforeMigration(db, file)
    migrate(db)
    db.pragma('foreign_keys = ON')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function readable(db: Database, file: string): Database {
  if (versionOf(db) === 0) throw new ArchiveError(`${file} holds no archive yet.`, 'Create one: threadkeep archive URL')
  db.pragma('query_only = ON')
  return db
}

/** @throws ArchiveError if another program made the file. */
export function refuseForeign(db: Database, file: string): void {
  const tables = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() as number
  if (tables === 0 || db.pragma('application_id', { simple: true }) === APPLICATION_ID) return
  throw new ArchiveError(
    `${file} is a database of another program, not a threadkeep archive.`,
    'Name another file with --db FILE.',
  )
}

/** Switches to WAL mode. That needs exclusive access for a moment, which SQLite's busy timeout does not wait for: this retries for 2 s. */
function useWal(db: Database): void {
  for (let attempt = 1; ; attempt++) {
    try {
      db.pragma('journal_mode = WAL')
      return
    } catch (error) {
      if ((error as { code?: string }).code !== 'SQLITE_BUSY' || attempt === 100) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    }
  }
}

/** Copies the file to `NAME.before-schema-N` before it is migrated to schema N. */
function copyBeforeMigration(db: Database, file: string): void {
  const version = versionOf(db)
  if (version === 0 || version >= MIGRATIONS.length || file === ':memory:') return
  db.pragma('wal_checkpoint(TRUNCATE)')
  copyFileSync(file, `${file}.before-schema-${MIGRATIONS.length}`)
}

const SENTENCES: Record<string, [string, string]> = {
  SQLITE_NOTADB: ['is not a threadkeep archive (not an SQLite file)', 'Name another file with --db FILE.'],
  SQLITE_CORRUPT: ['is damaged', 'Restore it from a backup, or save what can be read: sqlite3 FILE .recover'],
  SQLITE_FULL: [
    'could not be written: the disk is full',
    'Free some space and run the command again: it continues where it stopped.',
  ],
  SQLITE_READONLY: ['cannot be written', 'Check the permissions of the file and of its folder.'],
  SQLITE_CANTOPEN: ['cannot be opened', 'Check that the folder exists, and that you may read and write in it.'],
  SQLITE_BUSY: ['is in use by another program', 'Close the other program, or wait until it has finished.'],
  SQLITE_IOERR: ['could not be read or written (disk error)', 'Check the disk, and run the command again.'],
}

/** Turns known SQLite errors into an `ArchiveError`. Returns other errors unchanged: they are bugs. */
export function asArchiveError(error: unknown, file: string): unknown {
  const code = String((error as { code?: unknown }).code ?? '')
  if (existsSync(file) && statSync(file).isDirectory()) return isFolder(file, error)
  const name = Object.keys(SENTENCES).find(prefix => code.startsWith(prefix))
  if (name) return new ArchiveError(`${file} ${SENTENCES[name]?.[0]}.`, SENTENCES[name]?.[1] ?? null, { cause: error })
  return error instanceof TypeError && /directory does not exist/.test(error.message) ? noFolder(file, error) : error
}

const isFolder = (file: string, cause: unknown) =>
  new ArchiveError(`${file} is a folder.`, 'Name a file with --db FILE.', { cause })

const noFolder = (file: string, cause: Error) =>
  new ArchiveError(`The folder of ${file} does not exist.`, 'Create the folder, or name another file with --db FILE.', {
    cause,
  })
