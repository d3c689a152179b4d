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
    .map(row => ({ row: row.id, post: storedPost(row, parts.get(row.id)), shownAt: row.position ?? 0 }))
}

function detailsIn(sql: Statements, thread: number): Map<number, PostDetails> {
  const details = new Map<number, PostDetails>()
  const of = (id: number): PostDetails => {
    const found = details.get(id) ?? { attachments: [], links: [] }
    details.set(id, found)
    return found
  }
  for (const { post_id, ...attachment } of sql.rows<OfPost<Attachment>>(ATTACHMENTS, thread))
    of(post_id).attachments.push(attachment)
  for (const { post_id, ...link } of sql.rows<OfPost<Link>>(LINKS, thread)) of(post_id).links.push(link)
  const sightings = wasMerged(sql) ? sql.rows<OfPost<{ reader: string }>>(SIGHTINGS, thread) : []
  for (const { post_id, reader } of sightings) {
    const post = of(post_id)
    post.seenBy = [...(post.seenBy ?? []), reader]
  }
  return details
}

type OfPost<Detail> = Detail & { post_id: number }

const IN_THREAD = 'WHERE post_id IN (SELECT id FROM posts WHERE thread_id = ?) ORDER BY id'

const ATTACHMENTS = `SELECT post_id, kind, url, name FROM attachments ${IN_THREAD}`

const LINKS = `SELECT post_id, kind, url, text FROM links ${IN_THREAD}`

const SIGHTINGS = `SELECT sightings.post_id, sightings.reader FROM posts CROSS JOIN sightings ON sightings.post_id = posts.id
  WHERE posts.thread_id = ? ORDER BY sightings.post_id, sightings.reader`

/** Readers are shown after a merge only: other archives usually have one reader. */
const wasMerged = (sql: Statements): boolean => sql.one<number>('SELECT count(*) FROM archives') !== 0
