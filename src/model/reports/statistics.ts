import type { Selection, StoredAuthor, StoredGroup } from '../archive.js'
import type { Instant } from '../discussion.js'

/** Posts that statistics cover: those in threads of any of the selections, by the period below. */
export interface StatisticsRequest {
  selections: readonly Omit<Selection, 'after' | 'before'>[]
  /** Posts written in [after, before). */
  after?: Instant
  before?: Instant
  /** Number of people to name. */
  top: number
  /** The same figures for each group, or for each month. */
  by?: 'group' | 'month'
}

/**
 * Statistics of a site or a selection. Posts that are gone from the site count, too. Days and hours are in UTC, durations in seconds.
 * A figure without values is null.
 */
export interface Statistics {
  counts: StatisticsCounts
  dates: DateFigures
  people: PeopleFigures
  depth: DepthFigures
  threads: ThreadFigures
  responses: ResponseFigures
  months: MonthFigures[]
  /** Numbers of posts with known dates: Monday to Sunday; hours 0 to 23. */
  weekdays: number[]
  hours: number[]
  /** Only of a request with `by`: groups by their names, months by their order. */
  parts?: PartFigures[]
}

/** Figures of a group, or of a month (UTC). Without a group: threads in no group. */
export interface PartFigures {
  group?: StoredGroup | null
  month?: string
  counts: StatisticsCounts
  people: Omit<PeopleFigures, 'top'>
  threads: ThreadFigures
  responses: ResponseFigures
}

export interface StatisticsCounts {
  /** Opening posts and replies. */
  posts: number
  /** Opening posts: threads started. */
  threads: number
  replies: number
  /** Threads with at least one of these posts. */
  activeThreads: number
  /** Authors of these posts. */
  people: number
  /** Posts that are gone from the site. */
  gone: number
  /** Posts that the site marks as edited, or that have revisions. */
  edited: number
  /** Posts of which the site gave only a shortened text. */
  shortened: number
  attachments: number
  links: number
  mentions: number
}

export interface DateFigures {
  /** Posts whose date is known to the second. */
  exact: number
  /** Posts of which only an interval, or one end of it, is known. */
  interval: number
  unknown: number
  /** Posts that may have been written in the period or outside; they do not count anywhere. */
  unsure: number
  /** Posts whose month is not known: they are in no row of `months`. */
  withoutMonth: number
  /** First and last of the known dates. */
  first: Instant | null
  last: Instant | null
}

export interface PeopleFigures {
  /** Posts without a known author. */
  withoutAuthor: number
  /** Gini coefficient of posts per person; 0: all wrote the same number, towards 1: one wrote all. */
  gini: number | null
  /** Share of the posts with an author that the most active tenth of people (rounded up), and the most active person, wrote. */
  topTenthShare: number | null
  topPersonShare: number | null
  /** Among the pairs "A replied to B", the share where B also replied to A. */
  reciprocity: number | null
  /** People whose first post in the archive, of the selection, was certainly written in the period. */
  newcomers: number
  /** People with posts in the period whose first post may be in it or before. */
  newcomersUnsure: number
  /** People by how many posts they wrote. */
  byPosts: ParticipationFigures[]
  /** The most active people: by posts, then by replies received. */
  top: PersonFigures[]
}

/** People who wrote `from` to `to` posts, and the number of their posts. */
export interface ParticipationFigures {
  from: number
  /** Null: any number. */
  to: number | null
  people: number
  posts: number
}

export interface PersonFigures extends StoredAuthor {
  site: string
  posts: number
  /** Threads started. */
  threads: number
  /** Replies written. */
  replies: number
  /** Replies by others to posts of this person. */
  received: number
}

export interface DepthFigures {
  max: number | null
  /** Mean depth of replies: a direct reply to an opening post has depth 1. */
  mean: number | null
  /** Number of posts at depth 0 (opening posts), 1, 2, …; the sum is the number of posts. */
  posts: number[]
}

/** Median (of an even number of values, the mean of the middle two), quartiles and 90th percentile (nearest rank), and maximum. */
export interface Quantiles {
  /** Number of values. */
  of: number
  q1: number | null
  median: number | null
  q3: number | null
  p90: number | null
  max: number | null
}

/** Figures of the threads started in the period, with all their replies, including later ones. */
export interface ThreadFigures {
  /** Replies per thread. */
  replies: Quantiles
  withoutReplies: number
  /** Threads without a reply by another person than the author. */
  unanswered: number
  /** The same as a share of the threads. */
  unansweredShare: number | null
}

/** Response times, without replies to oneself. Only pairs with two known dates count; `leftOut` is the number of other pairs. */
export interface ResponseFigures {
  /** From the opening post to the first reply by another person. */
  firstReply: ResponseQuantiles
  /** From a post to each reply by another person. */
  reply: ResponseQuantiles
}

export interface ResponseQuantiles extends Quantiles {
  leftOut: number
  /** What the quartiles can be if pairs whose dates are intervals count, too. */
  bounds: ResponseBounds
}

/** Least and greatest possible value: with the dates of all posts at those ends of their intervals. Null: no limit is known. */
export interface ResponseBounds {
  /** Number of pairs, without those whose reply is certainly dated before the post. */
  of: number
  q1: Range
  median: Range
  q3: Range
}

export type Range = readonly [least: number | null, greatest: number | null]

export interface MonthFigures {
  /** `2024-05`. */
  month: string
  posts: number
  /** Threads started. */
  threads: number
  people: number
  /** People whose first post in the archive, of the selection, is in the month. */
  newcomers: number
  /** Posts that may have been written in the month: those above, and those whose interval overlaps it. */
  postsAtMost: number
}
