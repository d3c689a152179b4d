import { isForumId, isMirror } from '../../model/forum/posts.js'
import type { Statements } from '../database/statements.js'
import { PAIRS_OF } from '../query/mirrors.js'
import type { KnownPosts } from './known-posts.js'

/**
 * Gives posts of a forum the exact date of the activity item that repeats them: forums print the clock of the site without its zone. Only
 * a date within the interval that the forum printed is taken. Call it after the posts of a page are written.
 */
export function takeMirroredDates(
  sql: Statements,
  ids: readonly { id: string; type: string }[],
  known: KnownPosts,
): void {
  const rows = ids
    .filter(({ id, type }) => isForumId(id) || isMirror(type))
    .flatMap(({ id }) => known.find(id)?.id ?? [])
  if (rows.length === 0) return
  const list = JSON.stringify(rows)
  for (const { mirror, original } of sql.rows<{ mirror: number; original: number }>(PAIRS_OF, list, list, list, list))
    sql.run(TAKE_DATE, mirror, original)
}

const TAKE_DATE = `UPDATE posts SET posted_at = mirror.posted_at, posted_from = mirror.posted_at, posted_to = mirror.posted_at
  FROM posts AS mirror WHERE mirror.id = ? AND posts.id = ? AND posts.posted_at IS NULL AND mirror.posted_at IS NOT NULL
    AND mirror.posted_at >= COALESCE(posts.posted_from, '') AND mirror.posted_at <= COALESCE(posts.posted_to, '9999')`
