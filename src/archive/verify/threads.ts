import type { Database } from 'better-sqlite3'
import { Statements } from '../database/statements.js'
import { circlesIn, settleTrees, unreached } from '../fold/trees.js'
import { type BadRows, type Check, finding, fromQueries, MEND } from './check.js'

const POST = "'post ' || post.site_post_id || ' (row ' || post.id || ')'"

const LOST_PARENT = `FROM main.posts AS post JOIN main.posts AS root ON root.id = post.thread_id AND root.thread_id = root.id
  LEFT JOIN main.posts AS parent ON parent.id = post.parent_id
  WHERE post.parent_id IS NOT NULL AND post.id <> post.thread_id
    AND (parent.id IS NULL OR parent.thread_id <> post.thread_id)`

const OPENING_WITH_PARENT = 'FROM main.posts AS post WHERE post.id = post.thread_id AND post.parent_id IS NOT NULL'

const QUERIES: readonly BadRows[] = [
  {
    what: 'A post belongs to a thread without an opening post, or to one of another site.',
    sql: `SELECT ${POST} FROM main.posts AS post LEFT JOIN main.posts AS root ON root.id = post.thread_id
      WHERE root.id IS NULL OR root.thread_id <> root.id OR root.site_id <> post.site_id`,
    mend: MEND,
  },
  {
    what: "A reply's parent is missing or belongs to another thread.",
    sql: `SELECT ${POST} ${LOST_PARENT}`,
    mend: MEND,
  },
  {
    what: 'An opening post has no row in threads, or a row in threads has no opening post.',
    sql: `SELECT 'row ' || id FROM (SELECT id FROM main.posts WHERE id = thread_id EXCEPT SELECT id FROM main.threads)
      UNION ALL SELECT 'row ' || id FROM (SELECT id FROM main.threads EXCEPT SELECT id FROM main.posts WHERE id = thread_id)`,
    mend: MEND,
  },
  { what: 'An opening post has a parent.', sql: `SELECT ${POST} ${OPENING_WITH_PARENT}`, mend: MEND },
]

const TREE = fromQueries('threads', 'each reply belongs to the tree of its thread', QUERIES)

function reattach(db: Database): string | null {
  const moved = settleTrees(new Statements(db)).moved.length
  return moved === 0 ? null : `Attached ${moved} ${moved === 1 ? 'post' : 'posts'} to the opening post of the thread.`
}

function* circleNames(db: Database): Generator<string> {
  for (const id of circlesIn(unreached(new Statements(db))))
    yield db.prepare(`SELECT ${POST} FROM main.posts AS post WHERE id = ?`).pluck().get(id) as string
}

export const THREADS: Check = {
  ...TREE,
  fatal: true,
  run: checked => [
    ...TREE.run(checked),
    ...finding('The parents of posts form a circle.', MEND, circleNames(checked.db)),
  ],
  mend: reattach,
}
