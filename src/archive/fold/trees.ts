import type { Statements } from '../database/statements.js'

/**
 * Replies whose place can't be: an opening post with a parent, a thread without an opening post or of another site, a parent that is
 * missing or in another thread, a circle of parents. Attaches each to the opening post of its thread; a post without such a thread becomes one. Loses nothing:
 * the places that it replaces were impossible. Always ends.
 */
export function settleTrees(sql: Statements): SettledTrees {
  const strays = sql.rows<{ id: number }>(STRAYS).map(({ id }) => id)
  // The replies below a thread that has become a part of another one keep their parents.
  for (const id of strays) sql.run('UPDATE posts SET thread_id = ? WHERE id = ?', threadOf(sql, id), id)
  const attached = [...sql.rows<{ id: number }>(LOST_PARENTS).map(({ id }) => id)]
  for (const id of attached) sql.run(ATTACH, id)
  const opening = sql.rows<{ id: number }>(OPENING_WITH_PARENT).map(({ id }) => id)
  for (const id of opening) sql.run('UPDATE posts SET parent_id = NULL WHERE id = ?', id)
  const circles = circlesIn(unreached(sql))
  for (const id of circles) sql.run(ATTACH, id)
  sql.run('INSERT INTO threads (id) SELECT id FROM posts WHERE id = thread_id ON CONFLICT DO NOTHING')
  sql.run(
    'DELETE FROM threads WHERE NOT EXISTS (SELECT 1 FROM posts WHERE posts.id = threads.id AND posts.thread_id = threads.id)',
  )
  const refused = [...new Set([...attached, ...opening, ...circles])]
  return { moved: [...new Set([...strays, ...refused])], refused }
}

/** Row ids of posts. */
interface SettledTrees {
  moved: number[]
  /** Those of them whose parents were impossible: the others have moved along with their parents. */
  refused: number[]
}

/** Puts the replies of a thread into the group of its opening post; null: those of each thread. */
export function regroup(sql: Statements, thread: number | null): void {
  if (thread === null) sql.run(REGROUP)
  else sql.run(`${REGROUP} AND root.id = ?`, thread)
}

const REGROUP = `UPDATE posts SET group_id = root.group_id, group_seen_at = root.group_seen_at FROM posts AS root
  WHERE posts.thread_id = root.id AND posts.id <> root.id AND posts.group_id IS NOT root.group_id
    AND (root.group_id IS NOT NULL OR root.group_seen_at IS NOT NULL)`

const STRAYS = `SELECT post.id FROM posts AS post LEFT JOIN posts AS root ON root.id = post.thread_id
  WHERE root.id IS NULL OR root.thread_id <> root.id OR root.site_id <> post.site_id ORDER BY post.id`

const LOST_PARENTS = `SELECT post.id FROM posts AS post LEFT JOIN posts AS parent ON parent.id = post.parent_id
  WHERE post.id <> post.thread_id AND post.parent_id IS NOT NULL AND (parent.id IS NULL OR parent.thread_id <> post.thread_id)`

const OPENING_WITH_PARENT = 'SELECT id FROM posts WHERE id = thread_id AND parent_id IS NOT NULL'

const ATTACH = 'UPDATE posts SET parent_id = thread_id, parent_named = 0 WHERE id = ?'

/** The opening post that the chain of threads from this post leads to; the post itself if it leads nowhere, into a circle, or to another site. */
function threadOf(sql: Statements, post: number): number {
  const seen = new Set<number>()
  const site = sql.one<number>('SELECT site_id FROM posts WHERE id = ?', post)
  for (let id = post; !seen.has(id); ) {
    seen.add(id)
    const next = sql.one<number>('SELECT thread_id FROM posts WHERE id = ? AND site_id = ?', id, site)
    if (next === undefined) return post
    if (next === id) return id
    id = next
  }
  return post
}

/** Posts that no chain of replies from an opening post reaches, with their parents. */
export function unreached(sql: Statements): Map<number, number> {
  const sqlText = `WITH RECURSIVE reached (id) AS (SELECT id FROM posts WHERE parent_id IS NULL
      UNION SELECT post.id FROM posts AS post JOIN reached ON post.parent_id = reached.id)
    SELECT id, parent_id FROM posts WHERE id NOT IN (SELECT id FROM reached) ORDER BY id`
  return new Map(sql.rows<{ id: number; parent_id: number }>(sqlText).map(row => [row.id, row.parent_id]))
}

/** The lowest row id on each circle of parents. `parents`: posts that no opening post reaches. */
export function circlesIn(parents: ReadonlyMap<number, number>): number[] {
  const lowest: number[] = []
  const done = new Set<number>()
  for (const start of parents.keys()) {
    const path = new Set<number>()
    let id: number | undefined = start
    while (id !== undefined && !path.has(id) && !done.has(id)) {
      path.add(id)
      id = parents.get(id)
    }
    if (id !== undefined && path.has(id)) lowest.push(Math.min(...circleFrom(id, parents)))
    for (const one of path) done.add(one)
  }
  return lowest
}

function* circleFrom(start: number, parents: ReadonlyMap<number, number>): Generator<number> {
  let id: number | undefined = start
  do {
    yield id
    id = parents.get(id)
  } while (id !== undefined && id !== start)
}
