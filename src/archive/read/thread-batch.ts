import type { PostJson, PostNode, StoredPost, StoredThread } from '../../model/archive.js'
import type { Statements } from '../database/statements.js'
import type { PlacedPost } from './post-cells.js'
import { inReplyOrder } from './reply-order.js'
import { type ThreadRow, threadSummary } from './rows.js'
import { type PostSource, presentPosts, withPost } from './thread-posts.js'

/** A batch of threads ends after so many posts or bytes. A thread with more is a batch alone, and its posts are read in parts. */
const MOST_POSTS = 400
const MOST_BYTES = 500_000

/** The threads of these rows with their posts: those of small threads are read together, because a statement for each would take most of the time. */
export function* storedThreads(sql: Statements, sources: Sources, rows: readonly ThreadRow[]): Generator<StoredThread> {
  for (const batch of batchesOf(rows)) {
    const ids = batch.map(({ id }) => id)
    const posts = new BatchedPosts(sql, sources.whole, ids)
    const json = new BatchedPosts(sql, sources.json, ids)
    for (const row of batch) {
      const matching = sources.whole.matching && { matching: sources.whole.matching.count(row.id) }
      yield { ...threadSummary(row), ...matching, posts: { ...posts.of(row), json: () => json.of(row) } }
    }
    posts.leave()
    json.leave()
  }
}

/** Two ways to read the same posts. */
interface Sources {
  whole: PostSource<StoredPost>
  json: PostSource<PostJson>
}

function* batchesOf(rows: readonly ThreadRow[]): Generator<ThreadRow[]> {
  let batch: ThreadRow[] = []
  let [posts, bytes] = [0, 0]
  for (const row of rows) {
    if (batch.length > 0 && (posts + row.posts > MOST_POSTS || bytes + row.bytes > MOST_BYTES)) {
      yield batch
      batch = []
      ;[posts, bytes] = [0, 0]
    }
    batch.push(row)
    posts += row.posts
    bytes += row.bytes
  }
  if (batch.length > 0) yield batch
}

/** The posts of some threads. They are read at once when those of the first are walked; once the walk of threads has left, each by itself. */
class BatchedPosts<Post> {
  private nodes: ReadonlyMap<number, PostNode<Post>[]> | null = null
  private isLeft: boolean

  constructor(
    private readonly sql: Statements,
    private readonly source: PostSource<Post>,
    /** Without their rows: whoever keeps a thread keeps this, too. */
    private readonly threads: readonly number[],
  ) {
    this.isLeft = threads.length === 1
  }

  of({ id: thread, posts: length }: ThreadRow): Iterable<PostNode<Post>> & { readonly length: number } {
    let own: Iterable<PostNode<Post>> | null = null
    const nodes = (): Iterable<PostNode<Post>> => {
      if (!this.isLeft) return this.read().get(thread) ?? []
      own ??= presentPosts(this.sql, this.source, thread)
      return own
    }
    return { length, [Symbol.iterator]: () => nodes()[Symbol.iterator]() }
  }

  /** Frees the posts: whoever keeps a thread may keep all of them. */
  leave(): void {
    this.isLeft = true
    this.nodes = null
  }

  private read(): ReadonlyMap<number, PostNode<Post>[]> {
    this.nodes ??= this.nodesOf(this.source.posts.ofThreads(this.threads))
    return this.nodes
  }

  private nodesOf(posts: readonly PlacedPost<Post>[]): Map<number, PostNode<Post>[]> {
    const byThread = new Map<number, PlacedPost<Post>[]>()
    for (const post of posts) {
      const known = byThread.get(post.thread)
      if (known) known.push(post)
      else byThread.set(post.thread, [post])
    }
    const ordered = ([thread, own]: [number, PlacedPost<Post>[]]) =>
      [thread, inReplyOrder(own, thread).map(node => withPost(node, node.post.post, this.source))] as const
    return new Map([...byThread].map(ordered))
  }
}
