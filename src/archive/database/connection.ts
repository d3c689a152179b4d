import { existsSync, readlinkSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Database } from 'better-sqlite3'
import { ArchiveError, KnownError } from '../../model/errors.js'
import { errorCode } from '../../model/thrown.js'
import { Sqlite } from '../native/sqlite.js'
import { schemaDifferences } from '../schema/fresh-schema.js'
import { APPLICATION_ID, migrate, refuseOtherSchemas, versionOf } from '../schema/migrations.js'
import { refuseReplaced } from '../schema/refuse-replaced.js'
import { addFunctions } from './functions.js'
import { leaveWal, useWal } from './journal.js'
import { copyBeforeMigration } from './migration-copy.js'
import { asArchiveError } from './sqlite-errors.js'

/** How long SQLite waits for a lock of another program, in milliseconds. */
export const BUSY_MS = 5000

/** `write` creates the file if necessary, and migrates it. `read` changes nothing; the file must exist. */
export type Mode = 'read' | 'write'

/** @throws ArchiveError if the file cannot be opened, is not an archive, or has a newer schema. */
export function connect(file: string, mode: Mode): Database {
  refuseOther(file, mode)
  if (mode === 'read' && !existsSync(file)) {
    throw new ArchiveError(
      `There is no archive ${file}.`,
      'Name another file with --db FILE, or create one: threadkeep archive https://example.org/groups/NAME/',
    )
  }
  try {
    return prepared(file, mode)
  } catch (error) {
    throw error instanceof KnownError ? error : asArchiveError(error, file)
  }
}

/** @throws ArchiveError for a pipe or a device, and for a link that leads to nothing, or into a folder that does not exist. */
function refuseOther(file: string, mode: Mode): void {
  const stat = existsSync(file) ? statSync(file) : null
  if (stat && !stat.isFile() && !stat.isDirectory())
    throw new ArchiveError(`${file} is a pipe or a device, and no file.`, 'Name a file with --db FILE.')
  const link = stat ? null : linkAt(file)
  if (link === null) return
  const target = resolve(dirname(file), link)
  if (mode === 'write' && existsSync(dirname(target))) return
  throw new ArchiveError(
    `${file} is a link to ${target}, which does not exist.`,
    'Make what it leads to (is its disk mounted?), or name another file with --db FILE.',
  )
}

/** Where a link leads; null: it is none, or cannot be looked at. */
function linkAt(file: string): string | null {
  try {
    return readlinkSync(file)
  } catch {
    return null
  }
}

/** A file system without shared memory (network shares) is tried again with a journal that needs none. */
function prepared(file: string, mode: Mode): Database {
  try {
    return preparedWith(file, mode, useWal)
  } catch (error) {
    if (!errorCode(error).startsWith('SQLITE_IOERR_SHM')) throw error
    return preparedWith(file, mode, () => {}, leaveWal)
  }
}

/** `first`: what is done before the file is read. */
function preparedWith(file: string, mode: Mode, journal: Journal, first: Journal = () => {}): Database {
  const db = new Sqlite(file)
  try {
    db.pragma(`busy_timeout = ${BUSY_MS}`)
    distrust(db)
    first(db)
    refuseUnreadable(db, file)
    addFunctions(db)
    if (mode === 'read') return readable(db, file)
    journal(db)
    db.pragma('synchronous = NORMAL')
    // 16 MB: pages of indexes that each commit changes are copied into the file less often.
    db.pragma('wal_autocheckpoint = 4000')
    // A migration that writes rows would fire them.
    if (versionOf(db) > 0) refuseTriggers(db, file)
    copyBeforeMigration(db, file)
    migrate(db)
    db.pragma('foreign_keys = ON')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/**
 * Views and triggers of a file may call no function of ours, and no virtual table that does more than compute; a damaged page is an
 * error instead of odd values. better-sqlite3 itself opens files in SQLite's defensive mode: no statement can write to the schema.
 */
export function distrust(db: Database): void {
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
}

type Journal = (db: Database) => void

function readable(db: Database, file: string): Database {
  if (versionOf(db) === 0) throw new ArchiveError(`${file} holds no archive yet.`, 'Create one: threadkeep archive URL')
  db.pragma('query_only = ON')
  return db
}

/**
 * A trigger of another program would change what is written, and could delete it.
 * @throws ArchiveError if the file has one.
 */
export function refuseTriggers(db: Database, file: string): void {
  const [trigger] = schemaDifferences(db).triggers
  if (trigger === undefined) return
  const name = trigger.replace('trigger ', '')
  throw new ArchiveError(
    `${file} has a trigger that threadkeep did not make, ${name}. It would change what is written.`,
    `Remove it: sqlite3 '${file}' 'DROP TRIGGER "${name}"'. Commands that only read work in the meantime.`,
  )
}

/** @throws ArchiveError if another program made the file, or changed what its tables are, or if it has a schema that this version cannot read. */
export function refuseUnreadable(db: Database, file: string): void {
  refuseForeign(db, file)
  refuseOtherSchemas(db, file)
  refuseReplaced(db, file)
}

function refuseForeign(db: Database, file: string): void {
  const tables = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() as number
  if (tables === 0 || db.pragma('application_id', { simple: true }) === APPLICATION_ID) return
  throw new ArchiveError(
    `${file} is a database of another program, not a threadkeep archive.`,
    'Name another file with --db FILE.',
  )
}
