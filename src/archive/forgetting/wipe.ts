import type { Database } from 'better-sqlite3'

/**
 * What was deleted still lies in the file: in free pages, in the index of the full-text search, in the log. Writes the file
 * anew, so it needs room for another one, and nobody else may have it open.
 */
export function wipe(db: Database): void {
  db.exec("INSERT INTO posts_fts (posts_fts) VALUES ('rebuild')")
  db.exec("INSERT INTO posts_fts (posts_fts) VALUES ('optimize')")
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.exec('VACUUM')
  db.pragma('wal_checkpoint(TRUNCATE)')
}
