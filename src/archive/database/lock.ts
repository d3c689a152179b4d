import type { Database, Statement } from 'better-sqlite3'
import { BusyError } from '../../model/errors.js'
import { DAY_MS } from '../../model/time.js'
import type { ArchiveEnv } from './env.js'

/** The process that holds the lock: one row of `locks`. Files of schema 1 and 2 have no `place` and `beat_at`. */
export interface Holder {
  pid: number
  host: string
  started_at: string
  command: string
  place?: string | null
  beat_at?: string | null
}

/** What is known about the process that asks. */
type Asking = Pick<ArchiveEnv, 'now' | 'pid' | 'host' | 'place' | 'isAlive'>

/**
 * Tokens of the locks that this thread holds. The process id alone cannot tell two holders within one process apart, nor a holder from
 * a killed process that had the same id. Another thread of the process has a list of its own.
 */
const HELD = new Set<string>()

/** Identifies a holder by what never changes in its row. */
const tokenOf = ({ pid, host, started_at, command }: Holder): string => JSON.stringify([pid, host, started_at, command])

const OWN_ROW = 'pid = @pid AND host = @host AND started_at = @started_at AND command = @command'

/** A holder that cannot be asked gives a sign of life in this time, or counts as dead. */
const SILENCE_MS = 120_000
/** The same for programs of schema 1 and 2, which have no heartbeat. Longer than most runs are silent between two responses. */
const SILENCE_BEFORE_BEATS_MS = 3_600_000
/** Time between two heartbeats while a run waits for a site. */
const BEAT_MS = 30_000
/** Transactions that follow each other within this time write one heartbeat. */
const ENOUGH_MS = 10_000

/**
 * The lock that allows one writer at a time. It is a row of the database, so that taking it is one transaction, and it stays with a
 * file that is moved.
 *
 * A holder of the same place (host and PID namespace since one start of the machine) is asked for: it holds the lock as long as its
 * process runs, however long one statement takes. A holder elsewhere holds it as long as its heartbeat is younger than two minutes. Its
 * long transactions need no heartbeat: SQLite's own lock keeps others out, and the transaction ends with a heartbeat.
 */
export class Lock {
  private readonly holder: Holder
  private readonly timer: NodeJS.Timeout
  /** Run twice a transaction, so it is prepared once. */
  private readonly ownRow: Statement
  private beatAt: number

  /** @throws BusyError if another process holds the lock; the message names it. */
  constructor(
    private readonly db: Database,
    private readonly env: ArchiveEnv,
  ) {
    this.beatAt = env.now()
    const at = new Date(this.beatAt).toISOString()
    const { pid, host, command, place = null } = env
    this.holder = { pid, host, command, place, started_at: at, beat_at: at }
    this.take()
    this.ownRow = db.prepare(`SELECT 1 FROM locks WHERE ${OWN_ROW}`)
    HELD.add(tokenOf(this.holder))
    this.timer = setInterval(() => this.beat(), BEAT_MS).unref()
  }

  get pid(): number {
    return this.holder.pid
  }

  private take(): void {
    this.db
      .transaction(() => {
        const holder = this.db.prepare('SELECT * FROM locks').get() as Holder | undefined
        if (holder && isHeld(this.db, holder, this.env)) throw busy(holder, this.env)
        this.db.prepare('DELETE FROM locks').run()
        this.db
          .prepare(
            `INSERT INTO locks (id, pid, host, started_at, command, place, beat_at)
              VALUES (1, @pid, @host, @started_at, @command, @place, @beat_at)`,
          )
          .run(this.holder)
      })
      .immediate()
  }

  /**
   * Call it in a transaction, before its work: it ends a run whose lock another run has taken over, because the run had been silent for too
   * long, such as on a computer that was asleep. Gives a sign of life, too.
   * @throws BusyError
   */
  prove(): void {
    if (this.isFresh ? this.ownRow.get(this.holder) : this.write()) return
    throw new BusyError(
      'Another run has taken over the archive, because nothing was heard of this one for two minutes.',
      'What this run has read is kept. Run the command again when the other run has finished.',
    )
  }

  /** The same at the end of a transaction that has proven it. What it has read stays as it was, so that only a long one has to write. */
  proveAgain(): void {
    if (!this.isFresh) this.prove()
  }

  private get isFresh(): boolean {
    return Math.abs(this.env.now() - this.beatAt) < ENOUGH_MS
  }

  /** False if the row is another holder's. */
  private write(): boolean {
    const now = this.env.now()
    const sql = `UPDATE locks SET beat_at = @at WHERE ${OWN_ROW}`
    const { changes } = this.db.prepare(sql).run({ ...this.holder, at: new Date(now).toISOString() })
    if (changes > 0) this.beatAt = now
    return changes > 0
  }

  /** A heartbeat of the timer. While another program writes, or a query of this run is under way, the next one must do. */
  private beat(): void {
    try {
      const wait = this.db.pragma('busy_timeout', { simple: true })
      this.db.pragma('busy_timeout = 0')
      try {
        this.write()
      } finally {
        this.db.pragma(`busy_timeout = ${wait}`)
      }
    } catch {
      // Only a sign of life: the next transaction reports what is wrong.
    }
  }

  /** Releases the lock of this holder and no other: it may have been taken over. */
  release(): void {
    clearInterval(this.timer)
    HELD.delete(tokenOf(this.holder))
    this.db.prepare(`DELETE FROM locks WHERE ${OWN_ROW}`).run(this.holder)
  }
}

/** True if the holder's process can be asked for: its id means the same process for both. */
const isNear = (holder: Holder, asking: Pick<Asking, 'host' | 'place'>): boolean =>
  holder.place && asking.place ? holder.place === asking.place : holder.host === asking.host

/** Whether the holder's process runs; null: it cannot be asked for. */
export const isRunning = (holder: Holder, asking: Pick<Asking, 'host' | 'place' | 'isAlive'>): boolean | null =>
  isNear(holder, asking) ? asking.isAlive(holder.pid, holder.started_at) : null

function isHeld(db: Database, holder: Holder, asking: Asking): boolean {
  const isOwn = holder.pid === asking.pid && isNear(holder, asking)
  if (isOwn && HELD.has(tokenOf(holder))) return true
  const runs = isRunning(holder, asking)
  // Another thread of this process may have ended without closing the archive: its heartbeat tells.
  return runs === null || (runs && isOwn) ? !isSilent(db, holder, asking.now()) : runs
}

/** When a run without heartbeats last gave a sign of life: it took the lock, began, or stored a response. */
const SIGNS = `SELECT started_at FROM locks UNION ALL SELECT started_at FROM runs WHERE id = (SELECT max(id) FROM runs)
  UNION ALL SELECT captured_at FROM captures WHERE id = (SELECT max(id) FROM captures)`

function isSilent(db: Database, { beat_at: beat }: Holder, now: number): boolean {
  const signs = beat ? [beat] : (db.prepare(SIGNS).pluck().all() as string[])
  const silence = beat ? SILENCE_MS : SILENCE_BEFORE_BEATS_MS
  // A time further ahead of the clock says nothing.
  return !signs.map(sign => Date.parse(sign)).some(sign => now - sign <= silence && sign - now < DAY_MS)
}

function busy(holder: Holder, asking: Asking): BusyError {
  const near = isNear(holder, asking)
  if (near && holder.pid === asking.pid) {
    return new BusyError(
      `This process holds the archive already, since ${holder.started_at} (threadkeep ${holder.command}).`,
      'Close it first: an archive has one writer at a time.',
    )
  }
  return new BusyError(
    `Another run holds the archive: process ${holder.pid}${near ? '' : whereIs(holder, asking)}, since ${holder.started_at} (threadkeep ${holder.command}).`,
    near
      ? 'Wait until it has finished, or let this command wait: --wait-lock 10m. Commands that only read (list, show, export) work in the meantime.'
      : `Wait until it has finished. If that process no longer runs, its lock ends ${holder.beat_at ? 'two minutes' : 'an hour'} after its last sign of life; or remove it: sqlite3 FILE 'DELETE FROM locks'`,
  )
}

const whereIs = ({ host }: Holder, asking: Asking): string =>
  host === asking.host ? ` on ${host}, in another container or before its last start` : ` on ${host}`
