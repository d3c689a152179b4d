import type { StoredAuthor, StoredPost } from '../../model/archive.js'
import type { Attachment, Instant, Link } from '../../model/discussion.js'
import type { PostPlace } from './reply-order.js'

/** Posts as `PostCells`; a condition follows. */
export const POSTS = `SELECT posts.id, posts.thread_id, posts.member_id, posts.parent_id, COALESCE(posts.position, 0),
    octet_length(posts.html) + octet_length(posts.text),
    posts.site_post_id, parent.site_post_id, posts.type, posts.posted_from, posts.posted_to, posts.html,
    posts.text, posts.url, posts.heading, posts.topic, posts.privacy, posts.status, posts.gone_at, posts.forgotten, posts.edited,
    posts.truncated, posts.first_seen_at, posts.last_seen_at,
    (SELECT count(*) FROM revisions WHERE revisions.post_id = posts.id),
    (SELECT max(replaced_at) FROM revisions WHERE revisions.post_id = posts.id), posts.gone_reason
  FROM posts LEFT JOIN posts AS parent ON parent.id = posts.parent_id`

/** A row of `POSTS`, cell by cell: objects of so many columns take better-sqlite3 twice the time. */
export type PostCells = readonly [
  ...[id: number, thread: number, member: number | null, parentRow: number | null, shownAt: number, size: number],
  ...[siteId: string, parent: string | null, type: string, from: Instant | null, to: Instant | null],
  ...[html: string, text: string, url: string, heading: string | null, topic: string | null, privacy: string | null],
  ...[status: StoredPost['status'], goneAt: Instant | null, forgotten: number | null, edited: number],
  ...[truncated: number, firstSeenAt: Instant, lastSeenAt: Instant, revisions: number, editedBy: Instant | null],
  goneReason: string | null,
]

/** A post, by row ids, with what places it in its thread. */
export interface PlacedPost extends PostPlace {
  /** Row id of the thread. */
  thread: number
  post: StoredPost
}

export interface PostDetails {
  attachments: Attachment[]
  links: Link[]
  /** Readers who saw the post; only in archives with merged inputs. */
  seenBy?: string[]
}

export function placedPost(
  cells: PostCells,
  author: StoredAuthor | null,
  details: PostDetails | undefined,
): PlacedPost {
  const [
    id,
    thread,
    ,
    parentId,
    shownAt,
    size,
    siteId,
    parent,
    type,
    from,
    end,
    html,
    text,
    url,
    heading,
    topic,
    privacy,
  ] = cells
  // One string for both ends of an exact date.
  const to = end === from ? from : end
  const post: StoredPost = {
    id: siteId,
    threadId: '',
    parentId: parent,
    type,
    author,
    when: { from, to },
    html,
    text,
    url,
    heading,
    topic,
    privacy,
    status: cells[17],
    goneAt: cells[18],
    goneReason: cells[26],
    edited: cells[20] === 1,
    revisions: cells[24],
    editedBy: cells[25],
    truncated: cells[21] === 1,
    attachments: details?.attachments ?? [],
    links: details?.links ?? [],
    firstSeenAt: cells[22],
    lastSeenAt: cells[23],
  }
  if (cells[19] === 1) post.forgotten = true
  if (details?.seenBy) post.seenBy = details.seenBy
  return { id, thread, parentId, siteId, shownAt, size, from, to, post }
}
