import type { Database } from 'better-sqlite3'
import { errorCode } from '../../model/thrown.js'

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
