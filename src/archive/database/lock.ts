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
 * stays with a file that is moved. The lock of a dead process is taken over, and that of another machine an hour after its last sign of
 * life: a killed container has another name when it starts again, and nobody can be asked about the first.
 * @throws BusyError if another process holds the lock; the message names it.
 */
export function takeLock(db: Database, self: Holder, isAlive: ArchiveEnv['isAlive']): void {
  db.transaction(() => {
    const holder = db.prepare('SELECT pid, host, started_at, command FROM locks').get() as Holder | undefined
    if (holder && !isDead(holder, self, isAlive) && !isStale(db, holder, self)) throw busy(holder, self)
    db.prepare('DELETE FROM locks').run()
    db.prepare(
      'INSERT INTO locks (id, pid, host, started_at, command) VALUES (1, @pid, @host, @started_at, @command)',
    ).run(self)
  }).immediate()
  HELD.add(tokenOf(self))
}

/**
 * Ends a run whose lock another run has taken over: the run had been silent for too long, such as on a computer that was asleep.
 * @throws BusyError
 */
export function refuseLostLock(db: Database, self: Holder): void {
  const own =
    'SELECT 1 FROM locks WHERE pid = @pid AND host = @host AND started_at = @started_at AND command = @command'
  if (db.prepare(own).get(self) !== undefined) return
  throw new BusyError(
    'Another run has taken over the archive, because nothing was heard of this one for an hour.',
    'What this run has read is kept. Run the command again when the other run has finished.',
  )
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

/** Longer than most runs are silent between two responses. A run that pauses for longer finds its lock taken over, and ends. */
const STALE_MS = 3_600_000
/** A time further ahead of the clock says nothing. */
const DAY_MS = 86_400_000

/** When a run last gave a sign of life: it took the lock, began, or stored a response. */
const SIGNS = `SELECT started_at FROM locks UNION ALL SELECT started_at FROM runs WHERE id = (SELECT max(id) FROM runs)
  UNION ALL SELECT captured_at FROM captures WHERE id = (SELECT max(id) FROM captures)`

/** True if the holder is on another machine and has been silent for too long. */
function isStale(db: Database, holder: Holder, self: Holder): boolean {
  if (holder.host === self.host) return false
  const now = Date.parse(self.started_at)
  const signs = (db.prepare(SIGNS).pluck().all() as string[]).map(sign => Date.parse(sign))
  return !signs.some(sign => now - sign <= STALE_MS && sign - now < DAY_MS)
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
      : `Wait until it has finished. If that process no longer runs, its lock ends an hour after its last sign of life; or remove it: sqlite3 FILE 'DELETE FROM locks'`,
  )
}

const isSameProcess = (one: Holder, other: Holder): boolean => one.pid === other.pid && one.host === other.host
