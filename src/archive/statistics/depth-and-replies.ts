import { quantilesOf, rounded } from '../../model/quantiles.js'
import type { DepthFigures, ResponseFigures, ResponseQuantiles, ThreadFigures } from '../../model/reports/statistics.js'
import { NumberList } from '../database/float64-list.js'
import type { CountedPost, CountedThread } from './threads.js'

/** How deep the posts stand. */
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

/** How long threads get, and how long an answer takes. */
export class ThreadTally {
  private readonly sizes = new NumberList()
  private withoutReplies = 0
  private unanswered = 0
  private readonly firsts = new Delays()
  private readonly replies = new Delays()

  /** A thread whose opening post is held. */
  addThread(opening: CountedPost, { posts }: CountedThread): void {
    let replies = 0
    const answers: CountedPost[] = []
    for (const post of posts.values()) {
      if (post === opening) continue
      replies++
      if (!isOwn(post, opening)) answers.push(post)
    }
    this.sizes.push(replies)
    if (replies === 0) this.withoutReplies++
    if (answers.length === 0) this.unanswered++
    else this.firsts.add(secondsOf(opening), firstOf(answers))
  }

  addReply(reply: CountedPost, parent: CountedPost | undefined): void {
    if (parent && isOwn(reply, parent)) return
    this.replies.add(parent ? secondsOf(parent) : null, secondsOf(reply))
  }

  figures(): { threads: ThreadFigures; responses: ResponseFigures } {
    const { withoutReplies, unanswered } = this
    return {
      threads: { replies: quantilesOf(this.sizes.sorted()), withoutReplies, unanswered },
      responses: { firstReply: this.firsts.figures(), reply: this.replies.figures() },
    }
  }
}

class Delays {
  private readonly seconds = new NumberList()
  private leftOut = 0

  /** Null is a date that is not known. An answer from before the question is an error of some clock. */
  add(asked: number | null, answered: number | null): void {
    if (asked === null || answered === null || answered < asked) this.leftOut++
    else this.seconds.push(answered - asked)
  }

  figures(): ResponseQuantiles {
    return { ...quantilesOf(this.seconds.sorted()), leftOut: this.leftOut }
  }
}

/** An author who is not known is taken for another. */
const isOwn = (reply: CountedPost, parent: CountedPost): boolean =>
  reply.member !== null && reply.member === parent.member

function secondsOf({ from, to }: CountedPost): number | null {
  const milliseconds = from !== null && from === to ? Date.parse(from) : Number.NaN
  return Number.isNaN(milliseconds) ? null : milliseconds / 1000
}

/** Date of the first of these; null where one that is not known to the second may have come before it. */
function firstOf(answers: readonly CountedPost[]): number | null {
  let first: CountedPost | null = null
  for (const answer of answers) {
    if (secondsOf(answer) !== null && (first === null || (answer.from ?? '') < (first.from ?? ''))) first = answer
  }
  const mayBeEarlier = (answer: CountedPost) =>
    secondsOf(answer) === null && (answer.from === null || answer.from < (first?.from ?? ''))
  return first === null || answers.some(mayBeEarlier) ? null : secondsOf(first)
}
