import { statSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { distrust, refuseUnreadable } from '../database/connection.js'
import { Sqlite } from '../native/sqlite.js'

interface CompletionName {
  /** As the site has it: anything may be in it. */
  name: string
  title: string
}

/** How long to wait for a lock of another program, in milliseconds: a person waits for the shell. */
const BUSY_MS = 250

/** Most rows that are looked at, and most that are given: the time does not grow with the archive. */
const MOST_LOOKED_AT = 20_000
const MOST = 100

/** Groups whose slug, and threads whose id begins with `prefix`. Nothing in the file is changed. @throws if it can't be read */
export function completionNames(
  file: string,
  kinds: readonly ('groups' | 'threads')[],
  prefix: string,
): CompletionName[] {
  // A pipe would never answer.
  if (!statSync(file).isFile()) return []
  const db = new Sqlite(file, { fileMustExist: true, timeout: BUSY_MS })
  try {
    distrust(db)
    // Not `readonly`, which would leave the files of the journal behind.
    db.pragma('query_only = ON')
    refuseUnreadable(db, file)
    return kinds.flatMap(kind => (kind === 'groups' ? groups(db, prefix) : threads(db, prefix)))
  } finally {
    db.close()
  }
}

const AFTER_ALL = '\u{10ffff}'

const groups = (db: Database, prefix: string): CompletionName[] =>
  db
    .prepare<unknown[], CompletionName>(
      `SELECT DISTINCT slug AS name, COALESCE(name, '') AS title FROM (SELECT slug, name FROM groups LIMIT ${MOST_LOOKED_AT})
      WHERE slug >= ? AND slug < ? ORDER BY slug LIMIT ${MOST}`,
    )
    .all(prefix, prefix + AFTER_ALL)

/** Without a prefix, the newest threads; else those of the index of ids. `CROSS`: SQLite would otherwise walk through all posts. */
function threads(db: Database, prefix: string): CompletionName[] {
  const found =
    prefix === ''
      ? `SELECT id, id AS thread_id FROM (SELECT id FROM threads ORDER BY id DESC LIMIT ${MOST_LOOKED_AT})`
      : `SELECT posts.id, thread_id FROM sites CROSS JOIN posts ON posts.site_id = sites.id
        WHERE site_post_id >= @prefix AND site_post_id < @end LIMIT ${MOST_LOOKED_AT}`
  return db
    .prepare<unknown[], CompletionName>(
      `SELECT site_post_id AS name, COALESCE(NULLIF(title, ''), substr(text, 1, 200)) AS title
      FROM (${found}) AS found CROSS JOIN posts ON posts.id = found.id
      WHERE found.id = found.thread_id AND status <> 'unread' ORDER BY found.id DESC LIMIT ${MOST}`,
    )
    .all({ ...(prefix !== '' && { prefix, end: prefix + AFTER_ALL }) })
}
