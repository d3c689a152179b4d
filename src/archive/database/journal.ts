import type { Database } from 'better-sqlite3'
import { ArchiveError, BusyError } from '../../model/errors.js'
import { errorCode } from '../../model/thrown.js'
import { asArchiveError } from './sqlite-errors.js'

/** Switches to WAL mode. That needs exclusive access for a moment, which SQLite's busy timeout does not wait for: this retries for 2 s. */
export function useWal(db: Database): void {
  for (let attempt = 1; ; attempt++) {
    try {
      db.pragma('journal_mode = WAL')
      // SQLite maps the shared memory at the first read: where there is none, this fails, and not a statement of the run.
      db.prepare('SELECT count(*) FROM sqlite_schema').get()
      return
    } catch (error) {
      if (errorCode(error) !== 'SQLITE_BUSY' || attempt === 100) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    }
  }
}

/**
 * Switches to a rollback journal. A connection that alone uses the file needs no shared memory, so that this works where a killed run
 * or another computer has left the file in WAL mode.
 */
export function leaveWal(db: Database): void {
  db.pragma('locking_mode = EXCLUSIVE')
  db.pragma('journal_mode = DELETE')
  db.pragma('locking_mode = NORMAL')
  // The lock is given back at the next read.
  db.prepare('SELECT count(*) FROM sqlite_schema').get()
}

/**
 * Leaves WAL mode, so that a user without write access to the folder can open the file. While other readers have it open, it stays in
 * WAL mode, and the last of them makes it one file. Returns what else was in the way.
 */
export function leaveOneFile(db: Database, file: string): ArchiveError | null {
  try {
    db.pragma('journal_mode = DELETE')
    return null
  } catch (error) {
    return asArchiveError(error, file) instanceof BusyError ? null : leftInLog(file, error)
  }
}

const leftInLog = (file: string, cause: unknown): ArchiveError =>
  new ArchiveError(
    `A part of ${file} is still in ${file}-wal, because the disk is full or cannot be written.`,
    'Nothing is lost. Make room, and run threadkeep status --db FILE, which makes it one file again. Until then copy both files, and never one alone.',
    { cause },
  )
