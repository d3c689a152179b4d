import { closeSync, copyFileSync, existsSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { ArchiveError } from '../../model/errors.js'
import type { Stepwise } from '../../model/steps.js'
import { distrust, refuseTriggers, refuseUnreadable } from '../database/connection.js'
import { asArchiveError } from '../database/sqlite-errors.js'
import { Sqlite } from '../native/sqlite.js'
import { MIGRATIONS, migrate, versionOf } from '../schema/migrations.js'

/**
 * Opens an archive for reading only while `look` runs.
 * @throws ArchiveError if the file is missing, is no archive, is empty, or has a newer schema.
 */
export function inspect<Result>(file: string, look: (db: Database) => Result): Result {
  if (!existsSync(file))
    throw new ArchiveError(`There is no archive ${file}.`, 'Name the files of archives, such as anna.db.')
  try {
    return existsSync(`${file}-journal`) ? lookAtCopy(file, look) : openForReading(file, file, look)
  } catch (error) {
    throw error instanceof ArchiveError ? error : asArchiveError(error, file)
  }
}

/** A killed program has left a journal. What it has changed can be rolled back in a copy only, because the input is never written. */
function lookAtCopy<Result>(file: string, look: (db: Database) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'threadkeep-'))
  try {
    const copy = join(folder, 'input.db')
    for (const suffix of ['', '-journal']) copyFileSync(file + suffix, copy + suffix)
    return openForReading(copy, file, look)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** `file`: the name for messages. */
function openForReading<Result>(path: string, file: string, look: (db: Database) => Result): Result {
  const db = new Sqlite(path, { readonly: path === file })
  try {
    db.pragma('busy_timeout = 5000')
    distrust(db)
    refuseUnreadable(db, file)
    if (versionOf(db) === 0)
      throw new ArchiveError(`${file} holds no archive yet.`, 'Archive something into it first, or leave it out.')
    return look(db)
  } finally {
    db.close()
  }
}

/**
 * Calls `work` with a file that can be attached without changing the input: the input itself, or a copy at `spare` if it has an older
 * schema, an unfinished transaction or a write-ahead log, or if `change` is given, which is applied to the copy.
 */
export function* withReadable<Result>(
  file: string,
  spare: string,
  work: (file: string) => Stepwise<Result>,
  change?: (copy: Database) => void,
): Stepwise<Result> {
  removeAll(spare)
  if (!change && isAtRest(file) && inspect(file, versionOf) === MIGRATIONS.length) return yield* work(file)
  try {
    copyTo(file, spare, change)
    return yield* work(spare)
  } finally {
    removeAll(spare)
  }
}

/** Opening a file replays its rollback journal, and closing it checkpoints its write-ahead log: both change the file. */
const isAtRest = (file: string): boolean => !existsSync(`${file}-journal`) && !isInWal(file)

/** Byte 18 of SQLite's file header is 2 for write-ahead logging (sqlite.org/fileformat2.html). */
function isInWal(file: string): boolean {
  const handle = openSync(file, 'r')
  try {
    const header = Buffer.alloc(20)
    return readSync(handle, header, 0, 20, 0) === 20 && header[18] === 2
  } finally {
    closeSync(handle)
  }
}

function copyTo(file: string, spare: string, change?: (copy: Database) => void): void {
  if (existsSync(`${file}-journal`)) for (const suffix of ['', '-journal']) copyFileSync(file + suffix, spare + suffix)
  else inspect(file, db => db.prepare('VACUUM INTO ?').run(spare))
  const db = new Sqlite(spare)
  try {
    distrust(db)
    refuseTriggers(db, file)
    migrate(db)
    if (change) db.transaction(change)(db)
  } catch (error) {
    throw asArchiveError(error, file)
  } finally {
    db.close()
  }
}

function removeAll(file: string): void {
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(file + suffix, { force: true })
}
