import type { Database } from 'better-sqlite3'
import { ArchiveError } from '../../model/errors.js'
import { onOneLine } from './fresh-schema.js'
import { TABLES } from './tables/index.js'
import { SEARCH } from './v1-views.js'

interface SchemaRow {
  type: string
  name: string
  sql: string
}

/** The index of the search as SQLite keeps its statement. */
const SEARCH_TABLE = onOneLine(/CREATE VIRTUAL TABLE [^;]+/.exec(SEARCH)?.[0] ?? '')

const NAMES: ReadonlySet<string> = new Set([
  ...TABLES.map(({ name }) => name),
  ...['', '_config', '_data', '_docsize', '_idx'].map(part => `posts_fts${part}`),
])

/**
 * A view in place of a table can answer for ever, and a computed column with any size, whatever a command asks for. Further tables and
 * views are not read, and may be anything.
 * @throws ArchiveError if a table of ours is something else.
 */
export function refuseReplaced(db: Database, file: string): void {
  const rows = db.prepare<[], SchemaRow>(
    "SELECT type, lower(name) AS name, sql FROM main.sqlite_schema WHERE type IN ('table', 'view')",
  )
  const replaced = rows.all().find(row => NAMES.has(row.name) && !isTable(row))
  if (replaced) throw refusal(file, `what should be its table ${replaced.name} is a view, or another kind of table`)
  const [computed] = computedColumns(db)
  if (computed !== undefined) throw refusal(file, `its column ${computed} is computed, and not stored`)
}

/** SQLite itself begins the statement of each table that stores its rows with these words. */
const isTable = ({ type, name, sql }: SchemaRow): boolean =>
  type === 'table' && (name === 'posts_fts' ? onOneLine(sql) === SEARCH_TABLE : sql.startsWith('CREATE TABLE '))

/** `hidden`: 2 and 3 are columns that are computed from others. */
const computedColumns = (db: Database): string[] =>
  db
    .prepare<[string], string>(
      `SELECT tables.value || '.' || columns.name FROM json_each(?) AS tables
      JOIN pragma_table_xinfo(tables.value, 'main') AS columns WHERE columns.hidden IN (2, 3) LIMIT 1`,
    )
    .pluck()
    .all(JSON.stringify(TABLES.map(({ name }) => name)))

const refusal = (file: string, what: string): ArchiveError =>
  new ArchiveError(
    `${file} was changed by another program: ${what}.`,
    'Use a copy from before that, or archive its URLs again into a new file: threadkeep archive URL --db NEW.db.',
  )
