import type { Database } from 'better-sqlite3'
import type { Finding } from '../../model/reports/verify.js'
import { nextKey } from '../database/key-order.js'
import { type Check, type CheckContext, type Counted, finding, MEND } from './check.js'

/** FTS5's own integrity check needs write access. These checks index the posts again in a temporary table, and compare. */

const differenceOf = (one: string, other: string, columns: string) =>
  `SELECT * FROM (SELECT ${columns} FROM ${one} EXCEPT SELECT ${columns} FROM ${other})
   UNION ALL SELECT * FROM (SELECT ${columns} FROM ${other} EXCEPT SELECT ${columns} FROM ${one})`

const iterate = (db: Database, sql: string) => db.prepare(sql).pluck().iterate() as Iterable<string>

export const SEARCH: Check = {
  name: 'search',
  what: 'the full-text index has every post, and nothing else',
  whenUnreadable: MEND,
  run: ({ db }) => {
    const sql = `SELECT 'post row ' || id FROM (${differenceOf('main.posts_fts_docsize', 'main.posts', 'id')})`
    return finding('The full-text index does not have exactly the posts of the archive.', MEND, iterate(db, sql))
  },
  mend: rebuildIndex,
}

export const WORDS: Check = {
  name: 'words',
  what: 'the full-text index has the words of the posts',
  slow: true,
  whenUnreadable: MEND,
  run: checked => withTemporary(checked.db, () => wordFindings(checked)),
  mend: rebuildIndex,
}

function rebuildIndex(db: Database): string {
  db.exec("INSERT INTO posts_fts (posts_fts) VALUES ('rebuild')")
  return 'Rebuilt the full-text index.'
}

/** Lets a read-only connection create temporary tables while `work` runs, and drops them afterwards. */
function* withTemporary<Result>(db: Database, work: () => Counted<Result>): Counted<Result> {
  const before = db.pragma('query_only', { simple: true })
  db.pragma('query_only = OFF')
  // A command that only reads is in a transaction already.
  db.exec('SAVEPOINT temporary')
  try {
    return yield* work()
  } finally {
    // The temporary tables were created since the savepoint.
    if (db.inTransaction) db.exec('ROLLBACK TO temporary; RELEASE temporary')
    db.pragma(`query_only = ${before}`)
  }
}

function* wordFindings(checked: CheckContext): Counted<Finding[]> {
  const { db } = checked
  makeTables(db)
  yield* fillIndex(checked)
  const lengths = `SELECT DISTINCT 'post row ' || id FROM (${differenceOf('main.posts_fts_docsize', 'temp.verify_fts_docsize', 'id, sz')})`
  const terms = `SELECT DISTINCT 'the word ' || term FROM (${differenceOf('temp.verify_kept', 'temp.verify_true', 'term, col, doc, cnt')})`
  const what = 'The words in the full-text index differ from those of the posts.'
  const found = finding(what, MEND, iterate(db, lengths))
  return found.length > 0 ? found : finding(what, MEND, iterate(db, terms))
}

function makeTables(db: Database): void {
  const made = db.prepare("SELECT sql FROM main.sqlite_schema WHERE name = 'posts_fts'").pluck().get() as string
  const tokenize = /tokenize\s*=\s*("[^"]*"|'[^']*')/.exec(made)?.[0] ?? ''
  const options = [COLUMNS, "content=''", ...(tokenize ? [tokenize] : [])]
  db.exec(`CREATE VIRTUAL TABLE temp.verify_fts USING fts5(${options.join(', ')});
    CREATE VIRTUAL TABLE temp.verify_kept USING fts5vocab(main, posts_fts, col);
    CREATE VIRTUAL TABLE temp.verify_true USING fts5vocab(temp, verify_fts, col);`)
}

const COLUMNS = 'heading, text'

const STEP = 2000

function* fillIndex({ db }: CheckContext): Counted<void> {
  const total = db.prepare('SELECT count(*) FROM main.posts').pluck().get() as number
  const page = db.prepare('SELECT max(id) FROM (SELECT id FROM main.posts WHERE id > ? ORDER BY id LIMIT ?)').pluck()
  const copy = db.prepare(
    `INSERT INTO temp.verify_fts (rowid, ${COLUMNS}) SELECT id, ${COLUMNS} FROM main.posts WHERE id > ? AND id <= ?`,
  )
  let done = 0
  for (let from = -1; ; done += STEP) {
    const to = page.get(from, STEP) as number | null
    if (to === null) return
    copy.run(from, to)
    yield { done: Math.min(total, done + STEP), total }
    from = nextKey(from, to)
  }
}
