import type { PostNode, StoredPost } from '../../model/archive.js'
import type { When } from '../../model/discussion.js'
import { isExact } from '../../model/time.js'
import { replyOrder } from '../../model/tree.js'
import type { Statements } from '../database/statements.js'
import { storedPosts } from './posts-by-row.js'

/** What places a post in its thread. `id` and `parentId` are row ids, or the site's own ids. */
export interface PostPlace<Id extends string | number = number> extends When {
  id: Id
  parentId: Id | null
  siteId: string
  /** Position in the last view that showed the post. */
  shownAt: number
  /** Bytes of the texts. */
  size: number
}

const PLACES = `SELECT id, parent_id AS parentId, site_post_id AS siteId, posted_from AS "from", posted_to AS "to",
    COALESCE(position, 0) AS shownAt, octet_length(html) + octet_length(text) AS size
  FROM posts WHERE thread_id = ? AND status <> 'unread' ORDER BY id`

export interface ThreadPost extends PostPlace {
  post: StoredPost
}

/** The posts of a thread that were read, in order of row ids. Holds all of them in memory. */
export function threadPosts(sql: Statements, thread: number): ThreadPost[] {
  const places = sql.rows<PostPlace>(PLACES, thread)
  const posts = storedPosts(
    sql,
    places.map(({ id }) => id),
  )
  return places.map((place, at) => Object.assign(place, { post: posts[at] as StoredPost }))
}

type AnyPlace = PostPlace<string | number>

/** These posts of a thread in pre-order. */
export const inReplyOrder = <Place extends AnyPlace>(
  places: readonly Place[],
  thread: Place['id'],
): PostNode<Place>[] => replyOrder(places, siblingOrder(places), thread)

/**
 * Sort order of siblings: by date, then id, as the site's software intends (its SQL leaves the order of equal dates undefined). If any
 * date in the thread is an interval, siblings keep the order in which the site showed them. One rule applies to the whole thread, so
 * that the order is consistent.
 */
function siblingOrder(posts: readonly AnyPlace[]): (a: AnyPlace, b: AnyPlace) => number {
  if (posts.every(isExact)) return (a, b) => byText(a.from ?? '', b.from ?? '') || byId(a, b)
  return (a, b) => a.shownAt - b.shownAt || byId(a, b)
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Compares ids as numbers; ids that are not numbers compare as text. */
const byId = (a: AnyPlace, b: AnyPlace): number => Number(a.siteId) - Number(b.siteId) || byText(a.siteId, b.siteId)

/** A batch ends after this many posts or, because a text may be long, bytes. */
const BATCH = 50
const BATCH_BYTES = 1_000_000

/** The posts of a thread that were read. Only their places are in memory; the posts are read in batches while they are walked. */
export class ThreadPosts implements Iterable<PostNode> {
  private readonly nodes: readonly PostNode<{ id: number; size: number }>[]
  /** The last batch is kept: most threads have only one, and the opening post is read twice. */
  private batch: PostNode[] = []

  constructor(
    private readonly sql: Statements,
    thread: number,
  ) {
    const ordered = inReplyOrder(sql.rows<PostPlace>(PLACES, thread), thread)
    // Without dates and the like, which only the order needs: a thread may have 100,000 posts.
    this.nodes = ordered.map(({ post: { id, size }, depth, position, replies, isLast }) => ({
      post: { id, size },
      depth,
      position,
      replies,
      isLast,
    }))
  }

  get length(): number {
    return this.nodes.length
  }

  *[Symbol.iterator](): Generator<PostNode> {
    for (let at = 0; at < this.length; ) {
      const batch = this.batchFrom(at)
      at += batch.length
      yield* batch
    }
  }

  private batchFrom(start: number): PostNode[] {
    if (this.batch[0]?.position === start) return this.batch
    // The last batch must be free before the next one is read.
    this.batch = []
    const nodes = this.nodes.slice(start, this.endOfBatch(start))
    const posts = storedPosts(
      this.sql,
      nodes.map(({ post }) => post.id),
    )
    this.batch = nodes.map((node, at) => ({ ...node, post: posts[at] as StoredPost }))
    return this.batch
  }

  private endOfBatch(start: number): number {
    let end = start
    for (let bytes = 0; end < this.length && end < start + BATCH && bytes < BATCH_BYTES; end++)
      bytes += this.nodes[end]?.post.size ?? 0
    return end
  }
}
