import type { StoredPost } from '../../model/archive.js'
import type { Attachment, Link } from '../../model/discussion.js'
import type { Statements } from '../database/statements.js'
import { POSTS, type PostDetails, type PostRow, storedPost } from './rows.js'

export interface ThreadPost {
  row: number
  post: StoredPost
  /** Position in the last view that showed the post. */
  shownAt: number
}

/** The posts of a thread that were read, with attachments, links and readers, in order of row ids. */
export function threadPosts(sql: Statements, thread: number): ThreadPost[] {
  const parts = detailsIn(sql, thread)
  return sql
    .rows<PostRow>(POSTS, thread)
    .map(row => ({ row: row.id, post: storedPost(row, parts.get(row.id)), shownAt: row.shown_at ?? 0 }))
}

function detailsIn(sql: Statements, thread: number): Map<number, PostDetails> {
  const parts = new Map<number, PostDetails>()
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

const SIGHTINGS = `SELECT sightings.post_id, sightings.reader FROM posts CROSS JOIN sightings ON sightings.post_id = posts.id
  WHERE posts.thread_id = ? ORDER BY sightings.post_id, sightings.reader`

/** Adds the readers of each post. Only after a merge: other archives usually have one reader. */
function addReaders(sql: Statements, thread: number, parts: Map<number, PostDetails>): void {
  if (!wasMerged(sql)) return
  for (const { post_id, reader } of sql.rows<{ post_id: number; reader: string }>(SIGHTINGS, thread)) {
    const part = parts.get(post_id) ?? { attachments: [], links: [] }
    part.seenBy = [...(part.seenBy ?? []), reader]
    parts.set(post_id, part)
  }
}

function wasMerged(sql: Statements): boolean {
  const exists = sql.one<number>("SELECT count(*) FROM sqlite_schema WHERE name = 'archives'") === 1
  return exists && sql.one<number>('SELECT count(*) FROM archives') !== 0
}
