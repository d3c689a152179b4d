import { statSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import type { Finding } from '../../model/reports/verify.js'
import { BACKUP, type Check, finding, MEND, RECOVER } from './check.js'

/** Messages of SQLite about an index, which can be rebuilt from its table. */
const OF_AN_INDEX = /missing from index|wrong # of entries in index|non-unique entry in index/
const OF_THE_SEARCH = /fts5/i

const complaints = (db: Database, pragma: string): string[] =>
  (db.pragma(`main.${pragma}(1000)`) as Record<string, string>[]).map(row => Object.values(row)[0] ?? '')

function fileFindings(db: Database, pragma: string): Finding[] {
  const wrong = complaints(db, pragma).filter(text => text !== 'ok')
  const indexes = wrong.filter(text => OF_AN_INDEX.test(text))
  const search = wrong.filter(text => OF_THE_SEARCH.test(text))
  const others = wrong.filter(text => !indexes.includes(text) && !search.includes(text))
  return [
    ...finding('The file is damaged.', `${BACKUP} Or save what can be read: ${RECOVER}`, others),
    ...finding('The file was cut off.', BACKUP, missingBytes(db)),
    ...finding('An index does not match its table.', MEND, indexes),
    ...finding('The full-text search is damaged.', MEND, search),
  ]
}

/** SQLite reads the missing bytes of the last page as zeros. Pages in the write-ahead log may not be in the file yet. */
function* missingBytes(db: Database): Generator<string> {
  const size = (statSync(db.name, { throwIfNoEntry: false }) ?? { size: 0 }).size
  const expected = Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }))
  const log = statSync(`${db.name}-wal`, { throwIfNoEntry: false })
  if (!db.memory && !log?.size && size < expected) yield `${size} of ${expected} bytes`
}

function reindex(db: Database): string | null {
  const wrong = complaints(db, 'quick_check').concat(complaints(db, 'integrity_check'))
  if (!wrong.some(text => OF_AN_INDEX.test(text))) return null
  db.exec('REINDEX')
  return 'Rebuilt all indexes.'
}

/** Checks every page of the file, and each index against its table. */
export const FILE: Check = {
  name: 'file',
  what: "SQLite's own check of the whole file",
  slow: true,
  run: ({ db }) => fileFindings(db, 'integrity_check'),
  mend: reindex,
}

/** Checks the file without its indexes. */
export const PAGES: Check = {
  name: 'pages',
  what: "SQLite's own quick check",
  fatal: true,
  run: ({ db }) => fileFindings(db, 'quick_check'),
}

export const REFERENCES: Check = {
  name: 'references',
  what: 'each row that refers to another row finds it',
  fatal: true,
  run: ({ db }) => {
    const rows = db
      .prepare('SELECT "table" AS name, rowid AS row, parent FROM pragma_foreign_key_check(NULL, ?)')
      .iterate('main') as Iterable<{ name: string; row: number; parent: string }>
    const mend = `${MEND} (for replies without a parent), else restore a backup.`
    return finding('A row refers to a row that does not exist.', mend, placesOf(rows))
  },
}

function* placesOf(rows: Iterable<{ name: string; row: number; parent: string }>): Generator<string> {
  for (const { name, row, parent } of rows) yield `${name} ${row}, to ${parent}`
}
