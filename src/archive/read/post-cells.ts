import type { StoredAuthor, StoredPost } from '../../model/archive.js'
import { byLabel, type PostLabel } from '../../model/columns/post-labels.js'
import type { Attachment, Instant, Link } from '../../model/discussion.js'
import type { Statements } from '../database/statements.js'
import type { PostPlace } from './reply-order.js'

/** The first cells of each row: what places a post in its thread, and the row of its author. */
type PlaceColumns = readonly [
  ...[id: number, thread: number, member: number | null, parentRow: number | null, shownAt: number],
  ...[siteId: string, parent: string | null, from: Instant | null, to: Instant | null],
]

export type PlaceCells = readonly [...PlaceColumns, ...unknown[]]

/** The expressions of the labels. */
export type LabelSql = Readonly<Record<PostLabel, string>>

/** What is read of posts: the columns that follow those of the place, and what becomes of a row. */
export interface PostShape<Post, Cells extends readonly unknown[] = readonly unknown[]> {
  columns(labels: LabelSql): string
  postOf(row: readonly [...PlaceColumns, ...Cells], author: StoredAuthor | null, details: PostDetails): Post
}

/** A statement that reads posts of this shape; a condition follows. */
export const postsQuery = (
  sql: Statements,
  { columns }: PostShape<unknown>,
): string => `SELECT posts.id, posts.thread_id, posts.member_id, posts.parent_id,
    COALESCE(posts.position, 0), posts.site_post_id, parent.site_post_id, posts.posted_from, posts.posted_to, ${columns(byLabel(name => sql.columnOrNull('posts', name)))}
  FROM posts LEFT JOIN posts AS parent ON parent.id = posts.parent_id`

/** A post, by row ids, with what places it in its thread. */
export interface PlacedPost<Post> extends PostPlace {
  /** Row id of the thread. */
  thread: number
  post: Post
}

/** What other tables say of a post. */
export interface PostDetails {
  attachments: Attachment[]
  links: Link[]
  revisions: number
  editedBy: Instant | null
  /** Readers who saw the post; only in archives with merged inputs. */
  seenBy?: string[]
}

export const NO_DETAILS: PostDetails = { attachments: [], links: [], revisions: 0, editedBy: null }

type WholeCells = readonly [
  ...[type: string, html: string, text: string, url: string, heading: string | null],
  ...[status: StoredPost['status'], goneAt: Instant | null, goneReason: string | null],
  ...[forgotten: number | null, edited: number, truncated: number, firstSeenAt: Instant, lastSeenAt: Instant],
  ...labels: (string | null)[],
]

/** Posts with all that the archive holds of them. Cell by cell: objects of so many columns take better-sqlite3 twice the time. */
export const WHOLE_POSTS: PostShape<StoredPost, WholeCells> = {
  columns:
    labels => `posts.type, posts.html, posts.text, posts.url, posts.heading, posts.status, posts.gone_at, posts.gone_reason,
    posts.forgotten, posts.edited, posts.truncated, posts.first_seen_at, posts.last_seen_at, ${Object.values(labels).join(', ')}`,
  postOf(row, author, { attachments, links, revisions, editedBy, seenBy }) {
    const [, , , , , id, parentId, from, end, type, html, text, url, heading, status, goneAt, goneReason, ...rest] = row
    const [forgotten, edited, truncated, firstSeenAt, lastSeenAt, ...labels] = rest
    const post: StoredPost = {
      id,
      threadId: '',
      parentId,
      type,
      author,
      when: { from, to: end === from ? from : end },
      html,
      text,
      url,
      heading,
      ...byLabel((_name, at) => labels[at] ?? null),
      status,
      goneAt,
      goneReason,
      edited: edited === 1,
      revisions,
      editedBy,
      truncated: truncated === 1,
      attachments,
      links,
      firstSeenAt,
      lastSeenAt,
    }
    if (forgotten === 1) post.forgotten = true
    if (seenBy) post.seenBy = seenBy
    return post
  },
}
