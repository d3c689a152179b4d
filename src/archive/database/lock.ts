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
 * Tokens of the locks that this process holds. The process id alone cannot tell two holders within one process apart, nor a holder
 * from a killed process that had the same id (a container that was started again).
 */
const HELD = new Set<string>()

/** Identifies a holder: all columns of its row. */
const tokenOf = ({ pid, host, started_at, command }: Holder): string => JSON.stringify([pid, host, started_at, command])

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
  HELD.add(tokenOf(self))
}

/** Releases the lock of this holder and no other: it may have been taken over. */
export function releaseLock(db: Database, self: Holder): void {
  HELD.delete(tokenOf(self))
  db.prepare(
    'DELETE FROM locks WHERE pid = @pid AND host = @host AND started_at = @started_at AND command = @command',
  ).run(self)
}

/** True if the holder was a process of this machine that no longer runs. A process of another machine cannot be checked. */
function isDead(holder: Holder, self: Holder, isAlive: ArchiveEnv['isAlive']): boolean {
  if (holder.host !== self.host) return false
  return holder.pid === self.pid ? !HELD.has(tokenOf(holder)) : !isAlive(holder.pid, holder.started_at)
}

function busy(holder: Holder, self: Holder): BusyError {
  if (isSameProcess(holder, self)) {
    return new BusyError(
      `This process holds the archive already, since ${holder.started_at} (threadkeep ${holder.command}).`,
      'Close it first: an archive has one writer at a time.',
    )
  }
  const where = holder.host === self.host ? '' : ` on ${holder.host}`
  return new BusyError(
    `Another run holds the archive: process ${holder.pid}${where}, since ${holder.started_at} (threadkeep ${holder.command}).`,
    holder.host === self.host
      ? 'Wait until it has finished. Commands that only read (list, show, export) work in the meantime.'
      : `If that process no longer runs, remove its lock: sqlite3 FILE 'DELETE FROM locks'`,
  )
}

const isSameProcess = (one: Holder, other: Holder): boolean => one.pid === other.pid && one.host === other.host
