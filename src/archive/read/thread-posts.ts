import type { StoredPost } from '../../model/archive.js'
import type { Attachment, Link } from '../../model/discussion.js'
import type { Statements } from '../database/statements.js'
import { addReaders } from './readers-of-posts.js'
import { POSTS, type PostParts, type PostRow, storedPost } from './rows.js'

export interface ThreadPost {
  row: number
  post: StoredPost
  /** Place in the last view that showed it. */
  shownAt: number
}

/** The posts of a thread that were read, with all that belongs to them. */
export function postsIn(sql: Statements, thread: number): ThreadPost[] {
  const parts = partsIn(sql, thread)
  return sql
    .rows<PostRow>(POSTS, thread)
    .map(row => ({ row: row.id, post: storedPost(row, parts.get(row.id)), shownAt: row.shown_at ?? 0 }))
}

function partsIn(sql: Statements, thread: number): Map<number, PostParts> {
  const parts = new Map<number, PostParts>()
  const of = (id: number) => parts.get(id) ?? parts.set(id, { attachments: [], links: [] }).get(id)
  const inThread = 'WHERE post_id IN (SELECT id FROM posts WHERE thread_id = ?) ORDER BY id'
  for (const { post_id, ...part } of sql.rows<Attachment & { post_id: number }>(
    `SELECT post_id, kind, url, name FROM attachments ${inThread}`,
    thread,
  )) {
    of(post_id)?.attachments.push(part)
  }
  for (const { post_id, ...part } of sql.rows<Link & { post_id: number }>(
    `SELECT post_id, kind, url, text FROM links ${inThread}`,
    thread,
  )) {
    of(post_id)?.links.push(part)
  }
  addReaders(sql, thread, parts)
  return parts
}
