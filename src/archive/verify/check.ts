import type { Database } from 'better-sqlite3'
import type { Finding } from '../../model/reports/verify.js'
import type { Holder } from '../database/lock.js'
import { versionOf } from '../schema/migrations.js'

/** What a check works on. */
export interface CheckContext {
  db: Database
  /** Whether the process that holds a lock still runs; null: it runs on another machine or in another container. */
  isRunning(holder: Holder): boolean | null
}

/** Work of a check that takes long: yields how much of it is done. */
export type Counted<Result> = Generator<{ done: number; total: number }, Result>

/** One check of an archive. `run` changes nothing in the file. */
export interface Check {
  name: string
  what: string
  /** Its findings are reported, but do not make the archive count as damaged. */
  harmless?: true
  /** What it finds can make any code fail: an unexpected error may come from it, and need not be a bug. */
  fatal?: true
  /** It reads every body or word: `--quick` skips it. */
  slow?: true
  run(checked: CheckContext): Finding[] | Counted<Finding[]>
  /** The advice if SQLite cannot read the tables; absent: to recover what can be read. */
  whenUnreadable?: string
  /** Repairs what can be repaired without loss. Returns a sentence about what it did; null: nothing. */
  mend?(db: Database): string | null
}

/** A query for rows that should not exist. Its first column names the row. */
export interface BadRows {
  what: string
  sql: string
  /** The query for an archive of before schema 4, whose captures have no bounds of time and no doors; absent: the same. */
  before4?: string
  mend: string
}

export const MEND = 'threadkeep verify --mend'
export const REPARSE = 'threadkeep reparse'
export const BACKUP = 'Restore the file from a backup.'
/** `FILE` is a placeholder for the archive's path, which `Verifier` fills in. */
export const RECOVER = 'sqlite3 FILE ".recover" | sqlite3 NEW.db'

const MAX_PLACES = 5

/** One finding that counts all places and lists the first few; none without places. */
export function finding(what: string, mend: string, places: Iterable<string>): Finding[] {
  const where: string[] = []
  let count = 0
  for (const place of places) if (++count <= MAX_PLACES) where.push(place)
  return count === 0 ? [] : [{ what, count, where, mend }]
}

/** A check made of queries. */
export const fromQueries = (
  name: string,
  what: string,
  queries: readonly BadRows[],
): Omit<Check, 'run'> & { run(checked: CheckContext): Finding[] } => ({
  name,
  what,
  run: ({ db }) => {
    const isOld = versionOf(db) < 4
    return queries.flatMap(({ what: wrong, sql, before4, mend }) =>
      finding(
        wrong,
        mend,
        db
          .prepare((isOld && before4) || sql)
          .pluck()
          .iterate() as Iterable<string>,
      ),
    )
  },
})
