import { closeSync, copyFileSync, existsSync, openSync, readSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Database } from 'better-sqlite3'
import { ArchiveError } from '../../model/errors.js'
import { asArchiveError, refuseForeign } from '../database/connection.js'
import { MIGRATIONS, migrate, refuseNewer, versionOf } from '../schema/migrations.js'

const Sqlite = createRequire(import.meta.url)('better-sqlite3') as typeof import('better-sqlite3')

/** @throws ArchiveError if the file is missing, no archive, or too new. It is only looked at. */
export function inspect<Result>(file: string, look: (db: Database) => Result): Result {
  if (!existsSync(file))
    throw new ArchiveError(`There is no archive ${file}.`, 'Name the files of archives, such as anna.db.')
  try {
    return looked(file, look)
  } catch (error) {
    throw error instanceof ArchiveError ? error : asArchiveError(error, file)
  }
}

function looked<Result>(file: string, look: (db: Database) => Result): Result {
  const db = new Sqlite(file, { readonly: true })
  try {
    db.pragma('busy_timeout = 5000')
    refuseForeign(db, file)
    refuseNewer(db, file)
    if (versionOf(db) === 0)
      throw new ArchiveError(`${file} holds no archive yet.`, 'Archive something into it first, or leave it out.')
    return look(db)
  } finally {
    db.close()
  }
}

/**
 * Hands a file to `work` that can be attached without touching the archive itself: the archive, or a copy at `spare` where it has an older
 * schema, was left in the middle of something, or is being written to now. `change`: it is to be another one first.
 */
export function withReadable<Result>(
  file: string,
  spare: string,
  work: (file: string) => Result,
  change?: (copy: Database) => void,
): Result {
  removeAll(spare)
  if (!change && isAtRest(file) && inspect(file, versionOf) === MIGRATIONS.length) return work(file)
  try {
    copyTo(file, spare, change)
    return work(spare)
  } finally {
    removeAll(spare)
  }
}

/** A rollback journal beside it would be played back by whoever opens it; the write-ahead log, too, at the end. */
const isAtRest = (file: string): boolean => !existsSync(`${file}-journal`) && !isInWal(file)

/** Byte 18 of the header: 2 for write-ahead logging. */
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
  if (existsSync(`${file}-journal`)) for (const end of ['', '-journal']) copyFileSync(file + end, spare + end)
  else inspect(file, db => db.prepare('VACUUM INTO ?').run(spare))
  const db = new Sqlite(spare)
  try {
    migrate(db)
    if (change) db.transaction(change)(db)
  } catch (error) {
    throw asArchiveError(error, file)
  } finally {
    db.close()
  }
}

export function removeAll(file: string): void {
  for (const end of ['', '-journal', '-wal', '-shm']) rmSync(file + end, { force: true })
}
