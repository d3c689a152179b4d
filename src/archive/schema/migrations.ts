import type { Database } from 'better-sqlite3'
import { ArchiveError } from '../../model/errors.js'
import { SCHEMA_1 } from './v1.js'
import { SCHEMA_2 } from './v2.js'
import { SCHEMA_3 } from './v3.js'
import { SCHEMA_4 } from './v4.js'

/** Step N (counted from 1) migrates schema N-1 to N. Append only: a released step never changes. */
export const MIGRATIONS: readonly string[] = [SCHEMA_1, SCHEMA_2, SCHEMA_3, SCHEMA_4]

/** "tkee": identifies a threadkeep archive (PRAGMA application_id). */
export const APPLICATION_ID = 0x746b6565

/** Schema of the file (PRAGMA user_version); 0: an empty file. */
export const versionOf = (db: Database): number => db.pragma('user_version', { simple: true }) as number

/** @throws ArchiveError if the file was made by a newer threadkeep. */
export function refuseNewer(db: Database, file: string): void {
  if (versionOf(db) <= MIGRATIONS.length) return
  throw new ArchiveError(
    `${file} was made by a newer threadkeep (schema ${versionOf(db)}; this version supports up to ${MIGRATIONS.length}).`,
    'Install the newest threadkeep and run the command again. The file is unchanged.',
  )
}

/** Runs each missing step and sets its number in one transaction: SQLite rolls back `user_version`, too. */
export function migrate(db: Database): void {
  for (let version = versionOf(db); version < MIGRATIONS.length; version++) {
    db.transaction(() => {
      // Two runs may open the same new file at once: the second one finds the step already done.
      if (versionOf(db) > version) return
      db.exec(MIGRATIONS[version] ?? '')
      db.pragma(`application_id = ${APPLICATION_ID}`)
      db.pragma(`user_version = ${version + 1}`)
    }).immediate()
  }
}

/** Columns that readers use and that schema 1 does not have. */
const LATER: Record<string, readonly string[]> = {
  posts: ['privacy', 'heading', 'topic', 'text_seen_at', 'forgotten'],
  revisions: ['heading', 'last_seen_at'],
}

/** Tables that readers use and that schema 1 does not have. */
const LATER_TABLES: Record<string, string> = {
  events: 'id, at, kind, post_id, group_id, member_id, field, before, after, reason, last_seen_at, run_id',
  sightings: 'post_id, reader, first_seen_at, last_seen_at',
}

/** Supplies missing columns (as NULL) and missing tables (empty) of an older archive, as temporary objects: the file is not changed. */
export function supplyColumns(db: Database): void {
  const columnsOf = (table: string) => (db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name)
  for (const [table, later] of Object.entries(LATER)) {
    const known = columnsOf(table)
    const missing = later.filter(name => !known.includes(name)).map(name => `NULL AS ${name}`)
    if (missing.length > 0) db.exec(`CREATE TEMP VIEW ${table} AS SELECT *, ${missing.join(', ')} FROM main.${table}`)
  }
  for (const [table, columns] of Object.entries(LATER_TABLES))
    if (columnsOf(table).length === 0) db.exec(`CREATE TEMP TABLE ${table} (${columns})`)
}
