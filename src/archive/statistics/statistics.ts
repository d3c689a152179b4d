import type { Statistics, StatisticsCounts, StatisticsRequest } from '../../model/reports/statistics.js'
import type { Statements } from '../database/statements.js'
import { CalendarTally } from './calendar.js'
import { DepthTally, ThreadTally } from './depth-and-replies.js'
import { PeopleTally } from './people.js'
import { type CountedPost, type CountedThread, countedThreads, depthsOf, inPeriod } from './threads.js'

/** Computes statistics in one pass over the posts, with one thread in memory at a time. */
export class StatisticsReader {
  constructor(private readonly sql: Statements) {}

  /** Reads one snapshot of the archive, also while another process writes. */
  of(request: StatisticsRequest): Statistics {
    const work = () => {
      const tally = new Tally(request)
      for (const thread of countedThreads(this.sql, request.selections)) tally.add(thread)
      return tally.figures(this.sql)
    }
    return this.sql.db.transaction(work)()
  }
}

class Tally {
  private readonly counts: StatisticsCounts = {
    ...{ posts: 0, threads: 0, replies: 0, activeThreads: 0, people: 0 },
    ...{ gone: 0, edited: 0, shortened: 0, attachments: 0, links: 0, mentions: 0 },
  }
  private unsure = 0
  private readonly people = new PeopleTally()
  private readonly depth = new DepthTally()
  private readonly threads = new ThreadTally()
  private readonly calendar = new CalendarTally()

  constructor(private readonly request: StatisticsRequest) {}

  add(thread: CountedThread): void {
    const depths = depthsOf(thread)
    const before = this.counts.posts
    for (const post of thread.posts.values()) {
      // Known only from its replies.
      if (post.status === 'unread') continue
      const result = inPeriod(post, this.request)
      if (result === 'unsure') this.unsure++
      if (result === 'in') this.addPost(post, thread, depths.get(post.id) ?? 0)
    }
    if (this.counts.posts > before) this.counts.activeThreads++
  }

  private addPost(post: CountedPost, thread: CountedThread, depth: number): void {
    const isOpening = post === thread.opening
    const parent = post.parent === null ? undefined : heldParent(thread.posts.get(post.parent))
    this.count(post, isOpening)
    this.people.add(post, isOpening, parent)
    this.calendar.add(post, isOpening)
    this.depth.add(depth)
    if (isOpening) this.threads.addThread(post, thread)
    else this.threads.addReply(post, parent)
  }

  private count(post: CountedPost, isOpening: boolean): void {
    const { counts } = this
    counts.posts++
    if (isOpening) counts.threads++
    else counts.replies++
    if (post.status === 'gone') counts.gone++
    counts.edited += post.edited
    counts.shortened += post.truncated
    counts.attachments += post.attachments
    counts.links += post.links
    counts.mentions += post.mentions
  }

  figures(sql: Statements): Statistics {
    const { dates, ...calendar } = this.calendar.figures()
    return {
      counts: { ...this.counts, people: this.people.count },
      dates: { ...dates, unsure: this.unsure },
      people: this.people.figures(this.request.top, sql),
      depth: this.depth.figures(),
      ...this.threads.figures(),
      ...calendar,
    }
  }
}

const heldParent = (parent: CountedPost | undefined) => (parent?.status === 'unread' ? undefined : parent)
