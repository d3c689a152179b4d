import type { Database } from 'better-sqlite3'
import type { Finding } from '../../model/reports/verify.js'

/** What a check may look at. */
export interface CheckContext {
  db: Database
  /** Whether the process that holds the lock still runs; null: nobody can know from here. */
  isAlive(holder: { pid: number; host: string; startedAt: string }): boolean | null
  progress(done: number, total: number): void
}

/** One question to an archive. Asking changes nothing in the file. */
export interface Check {
  name: string
  what: string
  /** What it finds does no harm: it is told, and the archive is sound all the same. */
  harmless?: true
  /** It reads every body or word: `--quick` leaves it out. */
  slow?: true
  /** Tables, or columns as `table.column`, without which there is nothing to look at: older schemas lack some. */
  needs?: readonly string[]
  run(checked: CheckContext): Finding[]
  /** What helps where SQLite itself can't read what is looked at; absent: to save what can be read. */
  whenUnreadable?: string
  /** Repairs what can be repaired without loss, and says what it did; null: nothing. */
  mend?(db: Database): string | null
}

/** Rows that should not be there: the first column of each says where. */
export interface BadRows {
  what: string
  sql: string
  mend: string
  needs?: readonly string[]
}

export const MEND = 'threadkeep verify --mend'
export const REPARSE = 'threadkeep reparse'
export const BACKUP = 'Restore the file from a backup.'
/** FILE stands for the archive; whoever shows it puts the name in. */
export const RECOVER = 'sqlite3 FILE ".recover" | sqlite3 NEW.db'

const MAX_PLACES = 5

/** A finding of all places that are given, with memory for the first few. */
export function finding(what: string, mend: string, places: Iterable<string>): Finding[] {
  const where: string[] = []
  let count = 0
  for (const place of places) if (++count <= MAX_PLACES) where.push(place)
  return count === 0 ? [] : [{ what, count, where, mend }]
}

/** A check that is a list of queries. */
export const fromQueries = (name: string, what: string, queries: readonly BadRows[]): Check => ({
  name,
  what,
  run: ({ db }) =>
    queries
      .filter(({ needs }) => hasTables(db, needs))
      .flatMap(({ what: wrong, sql, mend }) =>
        finding(wrong, mend, db.prepare(sql).pluck().iterate() as Iterable<string>),
      ),
})

/** Whether an archive of this age has such tables and columns. */
export function hasTables(db: Database, names: readonly string[] = []): boolean {
  return names.every(name => {
    const [table = '', column] = name.split('.')
    const columns = db.prepare('SELECT name FROM pragma_table_xinfo(?, ?)').pluck().all(table, 'main') as string[]
    return column === undefined ? columns.length > 0 : columns.includes(column)
  })
}
