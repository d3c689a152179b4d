import type { Database } from 'better-sqlite3'
import { BusyError } from '../../model/errors.js'
import type { ArchiveEnv } from './env.js'

export interface Holder {
  pid: number
  host: string
  started_at: string
  command: string
}

/**
 * Locks that this process holds now, as their rows say. The number of a process does not tell two holders within it apart, nor
 * a holder from one that was killed and had the same number (a container that was started again).
 */
const HELD = new Set<string>()

/** All columns of the row: what tells one holder from another. */
const tokenOf = ({ pid, host, started_at, command }: Holder): string => JSON.stringify([pid, host, started_at, command])

/**
 * One writer at a time. The lock is a row, so that taking it is one transaction and it moves with the file.
 * @throws BusyError naming the holder.
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

/** A process of another machine can't be asked; one of this machine that is gone has left its lock behind. */
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
      ? 'Wait until it is done. Reading commands (list, show, export) work meanwhile.'
      : `If that process no longer runs, remove its lock: sqlite3 FILE 'DELETE FROM locks'`,
  )
}

const isSameProcess = (one: Holder, other: Holder): boolean => one.pid === other.pid && one.host === other.host
