import type { PartFigures, StatisticsCounts, StatisticsRequest } from '../../model/reports/statistics.js'
import { ThreadTally } from './depth-and-replies.js'
import { NewcomerTally } from './newcomers.js'
import { PeopleTally } from './people.js'
import type { CountedPost, CountedThread } from './threads.js'

/** The figures that make sense of a group or of a month as well as of the whole. */
export class PartTally {
  readonly people = new PeopleTally()
  readonly newcomers = new NewcomerTally()
  private readonly threads = new ThreadTally()
  private readonly counts: StatisticsCounts = {
    ...{ posts: 0, threads: 0, replies: 0, activeThreads: 0, people: 0 },
    ...{ gone: 0, edited: 0, shortened: 0, attachments: 0, links: 0, mentions: 0 },
  }
  /** The last thread with a post of the period. */
  private last: CountedThread | null = null

  constructor(private readonly period: Pick<StatisticsRequest, 'after' | 'before'>) {}

  /** A post of the period. */
  add(post: CountedPost, thread: CountedThread): void {
    const isOpening = post === thread.opening
    const parent = post.parent === null ? undefined : heldParent(thread.posts.get(post.parent))
    if (this.last !== thread) this.counts.activeThreads++
    this.last = thread
    this.count(post, isOpening)
    this.people.add(post, isOpening, parent)
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

  figures(): Omit<PartFigures, 'group' | 'month'> {
    const { byMonth: _, ...newcomers } = this.newcomers.figures(this.period)
    return {
      counts: { ...this.counts, people: this.people.count },
      people: { ...this.people.figures(), ...newcomers },
      ...this.threads.figures(),
    }
  }
}

const heldParent = (parent: CountedPost | undefined) => (parent?.status === 'unread' ? undefined : parent)
