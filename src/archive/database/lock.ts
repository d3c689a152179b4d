import type { Database } from 'better-sqlite3'
import { BusyError } from '../../model/errors.js'
import type { ArchiveEnv } from './env.js'

/** The process that holds the lock: one row of `locks`. */
export interface Holder {
  pid: number
  host: string
  started_at: string
  command: string
}

/**
 * Takes the lock, which allows one writer at a time. The lock is a row of the database, so that taking it is one transaction, and it
 * stays with a file that is moved. The lock of a dead process is taken over.
 * @throws BusyError if another process holds the lock; the message names it.
 */
export function takeLock(db: Database, self: Holder, isAlive: ArchiveEnv['isAlive']): void {
  db.transaction(() => {
    const holder = db.prepare('SELECT pid, host, started_at, command FROM locks').get() as Holder | undefined
    if (holder && !isDead(holder, self, isAlive)) throw busy(holder, self)
    db.prepare('DELETE FROM locks').run()
    db.prepare(
      'INSERT INTO locks (id, pid, host, started_at, command) VALUES (1, @pid, @host, @started_at, @command)',
    ).run(self)
  }).immediate()
}

export function releaseLock(db: Database, self: Holder): void {
  db.prepare('DELETE FROM locks WHERE pid = @pid AND host = @host').run(self)
}

/** True if the holder was a process of this machine that no longer runs. A process of another machine cannot be checked. */
const isDead = (holder: Holder, self: Holder, isAlive: ArchiveEnv['isAlive']): boolean =>
  holder.host === self.host && (holder.pid === self.pid || !isAlive(holder.pid, holder.started_at))

function busy(holder: Holder, self: Holder): BusyError {
  const where = holder.host === self.host ? '' : ` on ${holder.host}`
  return new BusyError(
    `Another run holds the archive: process ${holder.pid}${where}, since ${holder.started_at} (threadkeep ${holder.command}).`,
    holder.host === self.host
      ? 'Wait until it has finished. Commands that only read (list, show, export) work in the meantime.'
      : `If that process no longer runs, remove its lock: sqlite3 FILE 'DELETE FROM locks'`,
  )
}
