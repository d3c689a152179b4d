import Sqlite from 'better-sqlite3'
import { openArchive } from '../../src/archive/index.js'
import type { Place } from './job.js'

/** Locks of others on an archive. */

/** Another program writes to the file, for so long or until the returned function is called. */
export function lockFile(file: string, milliseconds: number): () => void {
  const other = new Sqlite(file)
  other.exec('BEGIN IMMEDIATE')
  const timer = setTimeout(() => other.close(), milliseconds)
  return () => {
    clearTimeout(timer)
    other.close()
  }
}

/** A run in a container took the lock a moment ago, and was killed with it. */
export function leaveLock({ file, clock }: Place): void {
  openArchive(file, 'write', { now: clock.now, pid: 7, host: 'c0ffee', command: 'sync', isAlive: () => true })
}
