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
}

export function releaseLock(db: Database, self: Holder): void {
  db.prepare('DELETE FROM locks WHERE pid = @pid AND host = @host').run(self)
}

/** A process of another machine can't be asked; one of this machine that is gone has left its lock behind. */
const isDead = (holder: Holder, self: Holder, isAlive: ArchiveEnv['isAlive']): boolean =>
  holder.host === self.host && (holder.pid === self.pid || !isAlive(holder.pid, holder.started_at))

function busy(holder: Holder, self: Holder): BusyError {
  const where = holder.host === self.host ? '' : ` on ${holder.host}`
  return new BusyError(
    `Another run holds the archive: process ${holder.pid}${where}, since ${holder.started_at} (threadkeep ${holder.command}).`,
    holder.host === self.host
      ? 'Wait until it is done. Reading commands (list, show, export) work meanwhile.'
      : `If that process no longer runs, remove its lock: sqlite3 FILE 'DELETE FROM locks'`,
  )
}
