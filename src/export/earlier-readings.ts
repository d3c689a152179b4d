import { createHash } from 'node:crypto'
import type { PostNode, StoredThread } from '../model/archive.js'
import type { Instant } from '../model/discussion.js'
import { threadKey } from './exporter.js'

/** When a thread and its posts were read. */
interface Reading {
  /** Hash of all that is held of the thread, but for these times. */
  content: string
  readAt: Instant | null
  /** When the posts were last seen, in their order: the number of posts beside each time. */
  seen: [posts: number, at: Instant][]
}

/** What exports into one folder note of threads, by `threadKey`: each of the exports before, that of the same selection first, and this one. */
export interface Readings {
  earlier: readonly ReadonlyMap<string, Reading>[]
  present: Map<string, Reading>
}

/**
 * The same threads. One of which nothing has changed since an export before, but that it was read again, has the times of then: they are
 * still true, and a folder under version control shows nothing where there is no news.
 */
export function* asEarlierRead(threads: Iterable<StoredThread>, readings: Readings): Generator<StoredThread> {
  const { earlier } = readings
  for (const thread of threads) {
    const reading = noted(thread, readings)
    const isEarlier = earlier.some(known => known.get(threadKey(thread)) === reading)
    yield isEarlier ? withTimes(thread, reading) : thread
  }
}

function noted(thread: StoredThread, { earlier, present }: Readings): Reading {
  const key = threadKey(thread)
  const known = present.get(key)
  if (known) return known
  const now = readingOf(thread)
  const before = earlier.map(readings => readings.get(key))
  const reading = before.find(one => one?.content === now.content) ?? now
  present.set(key, reading)
  return reading
}

function readingOf(thread: StoredThread): Reading {
  const { posts, readAt, ...head } = thread
  const hash = createHash('sha256').update(JSON.stringify(head))
  const seen: Reading['seen'] = []
  for (const { post, depth } of posts) {
    const { lastSeenAt, ...content } = post
    hash.update(JSON.stringify([depth, content]))
    const last = seen.at(-1)
    if (last?.[1] === lastSeenAt) last[0]++
    // One text for a time that all posts have.
    else seen.push([1, lastSeenAt === readAt ? readAt : lastSeenAt])
  }
  return { content: hash.digest().toString('hex', 0, BYTES), readAt, seen }
}

/** 128 bits: nobody gains from two threads with the same hash. */
const BYTES = 16

function withTimes(thread: StoredThread, reading: Reading): StoredThread {
  const { posts } = thread
  const seen = { length: posts.length, [Symbol.iterator]: () => postsSeen(posts, reading) }
  return { ...thread, readAt: reading.readAt, posts: seen }
}

function* postsSeen(posts: Iterable<PostNode>, { seen }: Reading): Generator<PostNode> {
  let [run, left] = [0, seen[0]?.[0] ?? 0]
  for (const node of posts) {
    while (left === 0 && run < seen.length) left = seen[++run]?.[0] ?? 0
    left--
    const lastSeenAt = seen[run]?.[1] ?? node.post.lastSeenAt
    yield lastSeenAt === node.post.lastSeenAt ? node : { ...node, post: { ...node.post, lastSeenAt } }
  }
}
