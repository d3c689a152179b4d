import type { PostNode, StoredPost } from '../../model/archive.js'
import type { Statements } from '../database/statements.js'
import type { MatchingPosts } from './matching-posts.js'
import type { PostReader } from './post-reader.js'
import { inReplyOrder, type PostPlace } from './reply-order.js'

const PLACES = `SELECT id, parent_id AS parentId, site_post_id AS siteId, posted_from AS "from", posted_to AS "to",
    COALESCE(position, 0) AS shownAt, octet_length(html) + octet_length(text) AS size, thread_id AS thread
  FROM posts WHERE thread_id = ? AND status <> 'unread' ORDER BY id`

/** The place of a post by row ids. */
export interface ThreadPlace extends PostPlace {
  /** Row id of the thread. */
  thread: number
  /** Bytes of the texts. */
  size: number
}

/** Places of the posts of a thread that were read, in order of row ids. */
export function threadPlaces(sql: Statements, thread: number): ThreadPlace[] {
  const places: ThreadPlace[] = []
  // One string for both ends of an exact date.
  for (const { id, parentId, siteId, shownAt, size, from, to, thread: row } of sql.each<ThreadPlace>(PLACES, thread))
    places.push({ id, parentId, siteId, shownAt, size, from, to: to === from ? from : to, thread: row })
  return places
}

/** A batch ends after this many posts or, because a text may be long, bytes. */
const BATCH = 50
const BATCH_BYTES = 1_000_000

/** Index after the last item of the batch that begins at `start`. */
export function endOfBatch<Item>(items: readonly Item[], start: number, sizeOf: (item: Item) => number): number {
  let end = start
  for (let bytes = 0; end < items.length && end < start + BATCH && bytes < BATCH_BYTES; end++)
    bytes += sizeOf(items[end] as Item)
  return end
}

type Sized = Pick<ThreadPlace, 'id' | 'size'>

/** Where posts are read from. `matching`: null, or those that were asked for. */
export interface PostSource<Post> {
  posts: PostReader<Post>
  matching: MatchingPosts | null
}

/** The post at the place of its row. */
export const withPost = <Post>(
  { post: { id }, depth, position, replies, isLast }: PostNode<Pick<PostPlace, 'id'>>,
  post: Post,
  { matching }: Pick<PostSource<Post>, 'matching'>,
): PostNode<Post> =>
  matching === null || matching.has(id)
    ? { post, depth, position, replies, isLast }
    : { post, depth, position, replies, isLast, isLeftOut: true }

/** Posts of a thread. Only their places are in memory; the posts are read in batches while they are walked. */
export class ThreadPosts<Post = StoredPost> implements Iterable<PostNode<Post>> {
  /** Who replies to whom, without texts. */
  readonly places: readonly PostNode<Sized>[]
  /** The last batch is kept: most threads have only one, and the opening post is read twice. */
  private batch: PostNode<Post>[] = []

  constructor(
    ordered: readonly PostNode<Sized>[],
    /** Reads the posts in these rows, in this order. */
    private readonly read: (rows: number[]) => Post[],
    readonly matching: MatchingPosts | null = null,
  ) {
    // Without dates and the like, which only the order needs: a thread may have 100,000 posts.
    this.places = ordered.map(({ post: { id, size }, depth, position, replies, isLast }) => ({
      post: { id, size },
      depth,
      position,
      replies,
      isLast,
    }))
  }

  get length(): number {
    return this.places.length
  }

  *[Symbol.iterator](): Generator<PostNode<Post>> {
    for (let at = 0; at < this.length; ) {
      const batch = this.batchFrom(at)
      at += batch.length
      yield* batch
    }
  }

  /** Some posts at any place of the thread. */
  slice(from: number, to: number): PostNode<Post>[] {
    return this.nodesOf(this.places.slice(from, to))
  }

  private batchFrom(start: number): PostNode<Post>[] {
    if (this.batch[0]?.position === start) return this.batch
    // The last batch must be free before the next one is read.
    this.batch = []
    const nodes = this.places.slice(
      start,
      endOfBatch(this.places, start, ({ post }) => post.size),
    )
    this.batch = this.nodesOf(nodes)
    return this.batch
  }

  private nodesOf(nodes: readonly PostNode<Sized>[]): PostNode<Post>[] {
    const posts = this.read(nodes.map(({ post }) => post.id))
    return nodes.map((node, at) => withPost(node, posts[at] as Post, this))
  }
}

/** The posts of a thread that were read, as they are now. */
export const presentPosts = <Post>(
  sql: Statements,
  { posts, matching }: PostSource<Post>,
  thread: number,
): ThreadPosts<Post> =>
  new ThreadPosts(inReplyOrder(threadPlaces(sql, thread), thread), rows => posts.inRows(rows), matching)
