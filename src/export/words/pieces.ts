import type { PostNode, StoredThread } from '../../model/archive.js'

/** One of the documents that a selection fills together: the second of five, say. */
export interface DocumentPart {
  number: number
  of: number
}

/** Where a document of several begins: with this post. */
export interface Cut {
  /** Index of the thread. */
  thread: number
  /** Position of the post in its thread. */
  position: number
  /** Positions of the posts above it, the opening post first. */
  above: readonly number[]
}

/** A run of the posts of a thread that several documents share. Each post keeps its number and its depth. */
interface ThreadPiece extends StoredThread {
  piece: {
    /** The first posts of the whole thread, of which the opening post is the first. */
    first: Iterable<PostNode>
    /** Positions: of the first post, and behind the last one. */
    from: number
    to: number
    /** Number of posts of the whole thread. */
    of: number
    above: readonly number[]
  }
}

/** What a thread is a piece of; null: it is whole. */
export const pieceOf = (thread: StoredThread): ThreadPiece['piece'] | null =>
  'piece' in thread ? (thread as ThreadPiece).piece : null

/** The posts of the thread from one position to another. */
function pieceBetween(thread: StoredThread, { position: from, above }: Omit<Cut, 'thread'>, end: number) {
  const { posts } = thread
  const to = Math.min(end, posts.length)
  if (from === 0 && to === posts.length) return thread
  const own = {
    length: to - from,
    *[Symbol.iterator](): Generator<PostNode> {
      for (const node of posts) {
        if (node.position >= to) return
        if (node.position >= from) yield node
      }
    },
  }
  return { ...thread, posts: own, piece: { first: posts, from, to, of: posts.length, above } } satisfies ThreadPiece
}

/** The threads from one cut to the next, the first and the last perhaps in part. */
export function* threadsBetween(
  threads: Iterable<StoredThread>,
  from: Cut,
  to: Cut | undefined,
): Generator<StoredThread> {
  let at = -1
  for (const thread of threads) {
    at++
    if (to && (at > to.thread || (at === to.thread && to.position === 0))) return
    if (at < from.thread) continue
    yield pieceBetween(
      thread,
      at === from.thread ? from : { position: 0, above: [] },
      at === to?.thread ? to.position : Infinity,
    )
  }
}

/** ` (part 2 of 5)`; empty for a document that is alone. */
export const partSuffix = (part: DocumentPart | undefined): string =>
  part ? ` (part ${part.number} of ${part.of})` : ''

/** `#1031 to #2060 of the 5001 posts of the thread`; nothing of a whole thread. */
export function pieceWords(thread: StoredThread): string[] {
  const piece = pieceOf(thread)
  if (!piece) return []
  const { from, to, of } = piece
  return [`#${from + 1}${to - from === 1 ? '' : ` to #${to}`} of the ${of} posts of the thread`]
}

/** The number of the post below which a piece goes on in the middle of its replies; null: it begins with one to the opening post. */
export function continuedFrom(thread: StoredThread): number | null {
  const above = pieceOf(thread)?.above ?? []
  const last = above.at(-1)
  return last === undefined || above.length < 2 ? null : last + 1
}
