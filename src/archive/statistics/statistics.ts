import type { Statistics, StatisticsRequest } from '../../model/reports/statistics.js'
import type { Statements } from '../database/statements.js'
import { CalendarTally } from './calendar.js'
import { DepthTally } from './depth-and-replies.js'
import { PartTally } from './part-tally.js'
import { Parts } from './parts.js'
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
  private unsure = 0
  private readonly whole: PartTally
  private readonly parts: Parts | null
  private readonly depth = new DepthTally()
  private readonly calendar = new CalendarTally()

  constructor(private readonly request: StatisticsRequest) {
    this.whole = new PartTally(request)
    this.parts = request.by ? new Parts(request.by, request) : null
  }

  add(thread: CountedThread): void {
    const depths = depthsOf(thread)
    for (const post of thread.posts.values()) {
      // Known only from its replies.
      if (post.status === 'unread') continue
      this.whole.newcomers.see(post)
      this.parts?.see(post)
      const result = inPeriod(post, this.request)
      if (result === 'unsure') this.unsure++
      if (result === 'in') this.addPost(post, thread, depths.get(post.id) ?? 0)
    }
  }

  private addPost(post: CountedPost, thread: CountedThread, depth: number): void {
    this.whole.add(post, thread)
    this.parts?.add(post, thread)
    this.calendar.add(post, post === thread.opening)
    this.depth.add(depth)
  }

  figures(sql: Statements): Statistics {
    const { byMonth } = this.whole.newcomers.figures(this.request)
    const { dates, ...calendar } = this.calendar.figures(byMonth)
    const { people, ...figures } = this.whole.figures()
    return {
      ...figures,
      dates: { ...dates, unsure: this.unsure },
      people: { ...people, top: this.whole.people.top(this.request.top, sql) },
      depth: this.depth.figures(),
      ...calendar,
      ...(this.parts && { parts: this.parts.figures(sql, byMonth) }),
    }
  }
}
