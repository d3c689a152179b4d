import type { Database } from 'better-sqlite3'

/**
 * What was deleted still lies in the file: in free pages, in the index of the full-text search, in the log. Writes the file
 * anew, so it needs room for another one. False: somebody else reads the file, and so still sees it as it was.
 */
export function vacuum(db: Database): boolean {
  db.exec("INSERT INTO posts_fts (posts_fts) VALUES ('rebuild')")
  db.exec("INSERT INTO posts_fts (posts_fts) VALUES ('optimize')")
  if (!isLogEmptied(db)) return false
  db.exec('VACUUM')
  return isLogEmptied(db)
}

const isLogEmptied = (db: Database): boolean =>
  (db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]).every(({ busy }) => busy === 0)
