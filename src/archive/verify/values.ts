import type { Database } from 'better-sqlite3'
import { FIELDS, isStored, MARKS, PLAN, PURPOSE, REPORT, TARGET_REPORTS } from '../schema/stored-json.js'
import { type Check, finding } from './check.js'

/** Values that have the right type, and mean nothing: times, addresses, and JSON of another shape. */
export const VALUES: Check = {
  name: 'values',
  what: 'times, addresses and stored JSON can be read',
  fatal: true,
  run: ({ db }) => [
    ...finding('A time is none.', BY_HAND, wrongTimes(db)),
    ...finding('The address of a site is none.', BY_HAND, wrongAddresses(db)),
    ...finding('A value is not the JSON that threadkeep stores there.', BY_HAND, wrongJson(db)),
  ],
}

const BY_HAND = 'The file was changed by another program: restore a backup.'

/** Columns of times that every command reads, by table. */
const TIMES = {
  posts: ['posted_at', 'posted_from', 'posted_to', 'first_seen_at', 'last_seen_at', 'gone_at', 'missed_at'],
  revisions: ['replaced_at'],
  captures: ['captured_at'],
  runs: ['started_at', 'finished_at'],
  events: ['at'],
}

const isNoTime = (column: string) => `(${column} IS NOT NULL AND julianday(${column}) IS NULL)`

function* wrongTimes(db: Database): Generator<string> {
  for (const [table, columns] of Object.entries(TIMES)) {
    const sql = `SELECT id FROM main.${table} WHERE ${columns.map(isNoTime).join(' OR ')}`
    for (const id of db.prepare(sql).pluck().iterate()) yield `${table} row ${id}`
  }
}

function* wrongAddresses(db: Database): Generator<string> {
  const sql = "SELECT id FROM main.sites WHERE key = '' OR address_key(url) IS NULL"
  for (const id of db.prepare(sql).pluck().iterate()) yield `sites row ${id}`
}

/** Columns of JSON and what they hold, except those that the check of the frontier reads. Empty values are checked by the table. */
const JSON_COLUMNS: readonly { table: string; column: string; isRight(json: string): boolean }[] = [
  { table: 'captures', column: 'headers', isRight: json => isStored(FIELDS, json) },
  { table: 'captures', column: 'form', isRight: json => isStored(FIELDS, json) },
  { table: 'captures', column: 'purpose', isRight: json => isStored(PURPOSE, json) },
  { table: 'targets', column: 'pass_plan', isRight: json => isStored(PLAN, json) },
  { table: 'runs', column: 'report', isRight: isReport },
  { table: 'members', column: 'forgotten_marks', isRight: json => isStored(MARKS, json) },
]

function isReport(json: string): boolean {
  if (!isStored(REPORT, json)) return false
  const { targets = [] } = JSON.parse(json) as { targets?: unknown }
  return isStored(TARGET_REPORTS, JSON.stringify(targets))
}

function* wrongJson(db: Database): Generator<string> {
  for (const { table, column, isRight } of JSON_COLUMNS) {
    const rows = db.prepare(`SELECT id, ${column} AS json FROM main.${table} WHERE ${column} IS NOT NULL`).iterate()
    for (const { id, json } of rows as Iterable<{ id: number; json: string }>)
      if (!isRight(json)) yield `${column} of ${table} row ${id}`
  }
}
