import type { Database } from 'better-sqlite3'
import { type BadRows, type Check, finding, fromQueries, MEND, REPARSE } from './check.js'

const POST = "'post ' || post.activity_id || ' (row ' || post.id || ')'"

const LOST_PARENT = `FROM main.posts AS post JOIN main.posts AS root ON root.id = post.thread_id AND root.thread_id = root.id
  LEFT JOIN main.posts AS parent ON parent.id = post.parent_id
  WHERE post.parent_id IS NOT NULL AND post.id <> post.thread_id
    AND (parent.id IS NULL OR parent.thread_id <> post.thread_id)`

const OPENING_WITH_PARENT = 'FROM main.posts AS post WHERE post.id = post.thread_id AND post.parent_id IS NOT NULL'

const QUERIES: readonly BadRows[] = [
  {
    what: 'A post belongs to a thread without an opening post.',
    sql: `SELECT ${POST} FROM main.posts AS post LEFT JOIN main.posts AS root ON root.id = post.thread_id
      WHERE root.id IS NULL OR root.thread_id <> root.id`,
    mend: REPARSE,
  },
  {
    what: "A reply's parent is missing or belongs to another thread.",
    sql: `SELECT ${POST} ${LOST_PARENT}`,
    mend: MEND,
  },
  { what: 'An opening post has a parent.', sql: `SELECT ${POST} ${OPENING_WITH_PARENT}`, mend: MEND },
]

const TREE = fromQueries('threads', 'each reply belongs to the tree of its thread', QUERIES)

const REACHED = `WITH RECURSIVE reached (id) AS (SELECT id FROM main.posts WHERE parent_id IS NULL
  UNION ALL SELECT post.id FROM main.posts AS post JOIN reached ON post.parent_id = reached.id)`

/** Row ids of posts on a circle of parents, or below one. Compares two counts first, which is fast for a sound archive. */
function* postsOnCircles(db: Database): Generator<number> {
  const count = (sql: string) => db.prepare(sql).pluck().get() as number
  if (count(`${REACHED} SELECT count(*) FROM reached`) === count('SELECT count(*) FROM main.posts')) return
  const sql = `${REACHED} SELECT id FROM main.posts WHERE id NOT IN (SELECT id FROM reached)`
  for (const id of db.prepare(sql).pluck().iterate() as Iterable<number>) if (!endsOutsideCircle(db, id)) yield id
}

/** Whether the chain of parents ends: a post below a missing parent is another finding. */
function endsOutsideCircle(db: Database, start: number): boolean {
  const seen = new Set<number>()
  for (let id: number | null = start; id !== null; id = parentOf(db, id)) {
    if (seen.has(id)) return false
    seen.add(id)
  }
  return true
}

const parentOf = (db: Database, id: number): number | null =>
  (db.prepare('SELECT parent_id FROM main.posts WHERE id = ?').pluck().get(id) as number | null | undefined) ?? null

/** The lowest row id on the circle that the chain of parents from `start` leads to. */
function circleAbove(db: Database, start: number): number {
  const seen = new Set<number>()
  let id = start
  while (!seen.has(id)) {
    seen.add(id)
    id = parentOf(db, id) ?? id
  }
  const circle = [id]
  for (let next = parentOf(db, id); next !== null && next !== id; next = parentOf(db, next)) circle.push(next)
  return Math.min(...circle)
}

const ATTACH_TO_OPENING_POST = 'UPDATE posts SET parent_id = thread_id, parent_named = 0 WHERE id = ?'

/** Loses nothing: the parents that it replaces were impossible. */
function reattach(db: Database): string | null {
  const detached = db.prepare(`SELECT post.id ${LOST_PARENT}`).pluck().all() as number[]
  const roots = db.prepare(`SELECT post.id ${OPENING_WITH_PARENT}`).pluck().all() as number[]
  for (const id of roots) db.prepare('UPDATE posts SET parent_id = NULL WHERE id = ?').run(id)
  for (const id of detached) db.prepare(ATTACH_TO_OPENING_POST).run(id)
  const opened = openCircles(db)
  const moved = detached.length + roots.length + opened
  return moved === 0 ? null : `Attached ${moved} ${moved === 1 ? 'post' : 'posts'} to the opening post of the thread.`
}

function openCircles(db: Database): number {
  let opened = 0
  for (let [id] = postsOnCircles(db); id !== undefined; [id] = postsOnCircles(db)) {
    db.prepare(ATTACH_TO_OPENING_POST).run(circleAbove(db, id))
    opened++
  }
  return opened
}

function* circleNames(db: Database): Generator<string> {
  for (const id of postsOnCircles(db))
    yield db.prepare(`SELECT ${POST} FROM main.posts AS post WHERE id = ?`).pluck().get(id) as string
}

export const THREADS: Check = {
  ...TREE,
  run: checked => [
    ...TREE.run(checked),
    ...finding('The parents of posts form a circle.', MEND, circleNames(checked.db)),
  ],
  mend: reattach,
}
