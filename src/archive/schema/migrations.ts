import type { Database } from 'better-sqlite3'
import { ArchiveError } from '../../model/errors.js'
import { SCHEMA_1 } from './v1.js'
import { SCHEMA_2 } from './v2.js'
import { SCHEMA_4 } from './v4-imports.js'
import { SCHEMA_5 } from './v5-forums.js'
import { SCHEMA_6 } from './v6-media.js'
import { SCHEMA_8 } from './v8-unspaced.js'

/**
 * What identifies the holder of a lock besides its process id, and its heartbeat. The id means something in one PID namespace since one
 * start of the machine only. A holder elsewhere cannot be asked; its heartbeat ends when it is killed.
 */
const SCHEMA_3 = `
ALTER TABLE locks ADD COLUMN place TEXT;
ALTER TABLE locks ADD COLUMN beat_at TEXT;
`

/** The time zone of a site, in which documents print dates. */
const SCHEMA_7 = 'ALTER TABLE sites ADD COLUMN timezone TEXT;'

/** Step N (counted from 1) migrates schema N-1 to N. Append only: a released step never changes. A short one stands here. */
export const MIGRATIONS: readonly string[] = [
  SCHEMA_1,
  SCHEMA_2,
  SCHEMA_3,
  SCHEMA_4,
  SCHEMA_5,
  SCHEMA_6,
  SCHEMA_7,
  SCHEMA_8,
]

/** "tkee": identifies a threadkeep archive (PRAGMA application_id). */
export const APPLICATION_ID = 0x746b6565

/** Schema of the file (PRAGMA user_version); 0: an empty file. */
export const versionOf = (db: Database): number => db.pragma('user_version', { simple: true }) as number

/** @throws ArchiveError if the file was made before the first release, or by a newer threadkeep. */
export function refuseOtherSchemas(db: Database, file: string): void {
  if (versionOf(db) > 0 && !isReleased(db))
    throw new ArchiveError(
      `${file} was made by a threadkeep from before its first release, whose archives cannot be read any more.`,
      'Archive its URLs again into a new file: threadkeep archive URL --db NEW.db. The old file is unchanged.',
    )
  if (versionOf(db) > MIGRATIONS.length)
    throw new ArchiveError(
      `${file} was made by a newer threadkeep (schema ${versionOf(db)}; this version supports up to ${MIGRATIONS.length}).`,
      'Install the newest threadkeep and run the command again. The file is unchanged.',
    )
}

/** Archives from before the first release have schema numbers, too, but not this column. */
const isReleased = (db: Database): boolean =>
  db.prepare("SELECT count(*) FROM pragma_table_info('posts', 'main') WHERE name = 'site_post_id'").pluck().get() === 1

/**
 * Runs the missing steps in one transaction, and sets their number: SQLite rolls back `user_version`, too. A migration that is stopped
 * leaves the schema that it found.
 */
export function migrate(db: Database): void {
  if (versionOf(db) >= MIGRATIONS.length) return
  db.transaction(() => {
    // Two runs may open the same new file at once: the second one finds the steps already done.
    for (let version = versionOf(db); version < MIGRATIONS.length; version++) {
      db.exec(MIGRATIONS[version] ?? '')
      db.pragma(`application_id = ${APPLICATION_ID}`)
      db.pragma(`user_version = ${version + 1}`)
    }
  }).immediate()
}
