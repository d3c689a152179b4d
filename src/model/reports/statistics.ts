import type { Selection, StoredAuthor } from '../archive.js'
import type { Instant } from '../discussion.js'

/** What statistics are asked for: posts of any of these selections, whose own dates do not count here. */
export interface StatisticsRequest {
  selections: readonly Omit<Selection, 'after' | 'before'>[]
  /** Posts written in [after, before). */
  after?: Instant
  before?: Instant
  /** How many people to name. */
  top: number
}

/**
 * Figures of a community. A post counts wherever it was said, also when it is gone from the site by now. All days and hours are
 * UTC, all lengths of time seconds. Figures of nothing are null.
 */
export interface Statistics {
  counts: StatisticsCounts
  dates: DateFigures
  people: PeopleFigures
  depth: DepthFigures
  threads: ThreadFigures
  responses: ResponseFigures
  months: MonthFigures[]
  /** Posts of known dates: Monday to Sunday; hour 0 to 23. */
  weekdays: number[]
  hours: number[]
}

export interface StatisticsCounts {
  /** Opening posts and replies. */
  posts: number
  /** Opening posts: the threads that were begun. */
  threads: number
  replies: number
  /** Threads with any of these posts. */
  activeThreads: number
  /** Members who wrote any of these posts. */
  people: number
  /** Of the posts: those that are gone from the site. */
  gone: number
  /** Marked as edited by the site, or held in an earlier text, too. */
  edited: number
  /** The site shortened the text, and the rest could not be had. */
  shortened: number
  attachments: number
  links: number
  mentions: number
}

export interface DateFigures {
  /** Posts whose date is known to the second. */
  exact: number
  /** Only an interval is known, or an end of one. */
  interval: number
  unknown: number
  /** Posts that may have been written in the period or not, and count nowhere. */
  unsure: number
  /** Posts whose month is not known: they are in no row of `months`. */
  withoutMonth: number
  /** Of the known dates. */
  first: Instant | null
  last: Instant | null
}

export interface PeopleFigures {
  /** Posts whose author no page told. */
  withoutAuthor: number
  /** Of the posts a person; 0: all wrote the same number, towards 1: one wrote all. */
  gini: number | null
  /** Share of all posts with an author that the most active tenth (rounded up) wrote, and the most active person. */
  topTenthShare: number | null
  topPersonShare: number | null
  /** Of those ties "A has answered B", the share where B has answered A, too. */
  reciprocity: number | null
  /** The most active: by posts, then replies received. */
  top: PersonFigures[]
}

export interface PersonFigures extends StoredAuthor {
  site: string
  posts: number
  /** Threads begun. */
  threads: number
  /** Replies given. */
  replies: number
  /** Replies of others to posts of this person. */
  received: number
}

export interface DepthFigures {
  max: number | null
  /** Of the replies: a direct answer to an opening post has depth 1. */
  mean: number | null
  /** Number of posts at depth 0 (opening posts), 1, 2, …; sums up to all posts. */
  posts: number[]
}

/** The middle one (the mean of the two middle ones), the least that at least 90 % do not exceed, and the greatest. */
export interface Quantiles {
  /** How many values there are. */
  of: number
  median: number | null
  p90: number | null
  max: number | null
}

/** Of the threads that were begun in the period, with all of their replies, also later ones. */
export interface ThreadFigures {
  /** Replies a thread. */
  replies: Quantiles
  withoutReplies: number
  /** Nobody but the one who began it has replied. */
  unanswered: number
}

/** Answers to oneself are none. Only where both dates are known: `leftOut` tells of how many others. */
export interface ResponseFigures {
  /** From the opening post to the first reply by another person. */
  firstReply: ResponseQuantiles
  /** From a post to each reply that another person gave to it. */
  reply: ResponseQuantiles
}

export interface ResponseQuantiles extends Quantiles {
  leftOut: number
}

export interface MonthFigures {
  /** `2024-05`. */
  month: string
  posts: number
  /** Threads begun. */
  threads: number
  people: number
}
