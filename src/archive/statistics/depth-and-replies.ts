import { NumberList } from '../../model/reports/number-list.js'
import { quantilesOf, rounded } from '../../model/reports/quantiles.js'
import type { DepthFigures, ResponseFigures, ThreadFigures } from '../../model/reports/statistics.js'
import { type Delay, Delays, delayBetween } from './delays.js'
import type { CountedPost, CountedThread } from './threads.js'

/** Counts posts by depth in their thread; opening posts have depth 0. */
export class DepthTally {
  private readonly posts: number[] = []

  add(depth: number): void {
    while (this.posts.length <= depth) this.posts.push(0)
    this.posts[depth] = (this.posts[depth] ?? 0) + 1
  }

  figures(): DepthFigures {
    const { posts } = this
    const replies = posts.slice(1).reduce((sum, count) => sum + count, 0)
    const levels = posts.reduce((sum, count, depth) => sum + count * depth, 0)
    return {
      max: posts.length === 0 ? null : posts.length - 1,
      mean: replies === 0 ? null : rounded(levels / replies),
      posts,
    }
  }
}

/** Measures the replies of threads and the delay of replies, in seconds. */
export class ThreadTally {
  private readonly sizes = new NumberList()
  private withoutReplies = 0
  private unanswered = 0
  private readonly firsts = new Delays()
  private readonly replies = new Delays()

  /** Adds a thread whose opening post is in the archive. */
  addThread(opening: CountedPost, { posts }: CountedThread): void {
    let replies = 0
    const others: CountedPost[] = []
    for (const post of posts.values()) {
      if (post === opening) continue
      replies++
      if (!isOwn(post, opening)) others.push(post)
    }
    this.sizes.push(replies)
    if (replies === 0) this.withoutReplies++
    if (others.length === 0) this.unanswered++
    else this.firsts.add(between(secondsOf(opening), firstOf(others)), earliest(opening, others))
  }

  addReply(reply: CountedPost, parent: CountedPost | undefined): void {
    if (parent && isOwn(reply, parent)) return
    this.replies.add(
      between(parent ? secondsOf(parent) : null, secondsOf(reply)),
      parent ? delayBetween(parent, reply) : null,
    )
  }

  figures(): { threads: ThreadFigures; responses: ResponseFigures } {
    const { withoutReplies, unanswered } = this
    const replies = quantilesOf(this.sizes.sorted())
    const unansweredShare = replies.of === 0 ? null : rounded(unanswered / replies.of)
    return {
      threads: { replies, withoutReplies, unanswered, unansweredShare },
      responses: { firstReply: this.firsts.figures(), reply: this.replies.figures() },
    }
  }
}

/** Null: a date is not known, or the reply is dated before the post, which is a clock error. */
const between = (postAt: number | null, replyAt: number | null): number | null =>
  postAt === null || replyAt === null || replyAt < postAt ? null : replyAt - postAt

/** What the time to the first of the replies can be. */
function earliest(opening: CountedPost, others: readonly CountedPost[]): Delay | null {
  let first: Delay | null = null
  for (const reply of others) {
    const delay = delayBetween(opening, reply)
    if (delay && first) {
      first.least = Math.min(first.least, delay.least)
      first.greatest = Math.min(first.greatest, delay.greatest)
    } else first ??= delay
  }
  return first
}

/** An unknown author counts as a different person. */
const isOwn = (reply: CountedPost, parent: CountedPost): boolean =>
  reply.member !== null && reply.member === parent.member

function secondsOf({ from, to }: CountedPost): number | null {
  const milliseconds = from !== null && from === to ? Date.parse(from) : Number.NaN
  return Number.isNaN(milliseconds) ? null : milliseconds / 1000
}

/** Time of the first reply in seconds; null if a reply with an inexact date may be earlier. */
function firstOf(others: readonly CountedPost[]): number | null {
  let first: CountedPost | null = null
  for (const reply of others) {
    if (secondsOf(reply) !== null && (first === null || (reply.from ?? '') < (first.from ?? ''))) first = reply
  }
  const mayBeEarlier = (reply: CountedPost) =>
    secondsOf(reply) === null && (reply.from === null || reply.from < (first?.from ?? ''))
  return first === null || others.some(mayBeEarlier) ? null : secondsOf(first)
}
