import type { Statistics } from '../../model/reports/statistics.js'
import { figuresOf } from './stats.js'

const FIGURES: Readonly<Record<string, string>> = {
  posts:
    'Opening posts and replies of the selection whose date is certainly in the period, also those that are gone from the site.',
  threads: 'Opening posts among these posts: threads begun.',
  replies: 'Replies among these posts.',
  activeThreads: 'Threads with at least one of these posts.',
  people: 'Members who wrote at least one of these posts. Members who only read leave no trace.',
  gone: 'Posts that are no longer on the site.',
  edited: 'Posts that the site marks as edited, or of which the archive holds an earlier version.',
  shortened: 'Posts of which only a shortened text could be read.',
  attachments: 'Pictures, documents, audio and video of these posts.',
  links: 'Links in these posts, without mentions.',
  mentions: 'Links in these posts to a member who is named as @name.',
  'dates.exact': 'Posts whose date is known to the second.',
  'dates.interval': 'Posts of whose date only an interval, or one end of it, is known.',
  'dates.unknown': 'Posts of whose date nothing is known.',
  'dates.withoutMonth': 'Posts whose month is not known; they are in no month.',
  'dates.first': 'The earliest exact date of a post.',
  'dates.last': 'The latest exact date of a post.',
  'dates.unsure':
    'Posts that may be in the period or not; they are counted nowhere else. The number of posts is at most higher by this.',
  'people.withoutAuthor': 'Posts whose author is not known.',
  'people.gini':
    'Gini coefficient of the number of posts per person: the mean difference of two people, by twice the mean. 0: all wrote the same; towards 1: one wrote all. People without posts are not in it.',
  'people.topTenthShare': 'Share of the posts with an author that the most active tenth of people, rounded up, wrote.',
  'people.topPersonShare': 'Share of the posts with an author that the most active person wrote.',
  'people.reciprocity':
    'Of all ordered pairs of people where A replied to B: the share where B replied to A, too. Replies to oneself are left out.',
  'people.newcomers':
    'People whose first post in the selection, at any time, is certainly in the period. At the beginning of an archive all are new.',
  'people.newcomersUnsure': 'People whose first post may be in the period or not, as its date is an interval.',
  'depth.max': 'Greatest depth of a post: 0 for an opening post, 1 for a reply to it.',
  'depth.mean': 'Mean depth of the replies.',
  'threads.withoutReplies': 'Threads begun in the period without any reply, also later.',
  'threads.unanswered': 'Threads begun in the period without a reply, also later, by another person than who began it.',
  'threads.unansweredShare': 'The same by the number of threads begun.',
}

const LISTS: Readonly<Record<string, string>> = {
  'threads.replies': 'Replies per thread begun in the period, also later ones.',
  firstReply: 'Seconds from an opening post of the period to the first reply by another person.',
  reply: 'Seconds from a post to each reply of the period by another person.',
}

const OF_LISTS: Readonly<Record<string, string>> = {
  of: 'Number of values; of times, only of pairs whose two dates are exact.',
  q1: 'Lower quartile: the smallest value that at least a quarter of the values do not exceed.',
  median: 'Median: the middle value, of an even number the mean of the two in the middle.',
  q3: 'Upper quartile: the smallest value that at least three quarters of the values do not exceed.',
  p90: 'The smallest value that at least nine tenths of the values do not exceed.',
  max: 'The greatest value.',
  leftOut: 'Number of pairs that are left out: a date is not exact, or the reply is dated before the post.',
  'bounds.of':
    'Number of pairs of the bounds: also those with intervals, without those certainly dated before the post.',
}

const BOUNDS =
  'limit of this quantile over all pairs, with the dates of all posts at the ends of their intervals. It is exact, no estimate; empty: no limit.'

const GAPS: Readonly<Record<string, string>> = {
  'gaps.threads.complete': 'Selected threads of which all is held that the site showed.',
  'gaps.threads.short': 'Selected threads of which something is missing.',
  'gaps.threads.unknown': 'Selected threads that were never seen whole, so that something may be missing.',
  'gaps.missingPosts': 'Posts that the site claims for short threads and that are not held.',
  'gaps.closedGroups': 'Groups whose posts this reader may not see; of a selection 0.',
  'gaps.unfinishedTargets': 'Targets that were not read to their end; of a selection 0.',
  'gaps.failedRequests': 'Requests that had no usable answer; of a selection 0.',
}

const ROWS: Readonly<Record<string, string>> = {
  'months.newcomers': 'People whose first post in the selection, at any time, is certainly in the month.',
  'months.postsAtMost': 'Posts that may be in the month: those certainly in it, and those whose interval overlaps it.',
  'people.byPosts': 'People who wrote `from` to `to` posts of the period, and the number of these posts.',
  parts:
    'The same figures of each group, or of the posts of each month. A thread is in the month in which it began; newcomers of a group are new in it.',
}

/** The definition of a figure by its key. @throws Error for one that has none: a test asks for each. */
export function definitionOf(key: string): string {
  const own = FIGURES[key] ?? GAPS[key]
  if (own !== undefined) return own
  const list = Object.keys(LISTS).find(name => key.startsWith(`${name}.`)) ?? ''
  const rest = key.slice(list.length + 1)
  const end = /^bounds\.(?:q1|median|q3)\.(least|greatest)$/.exec(rest)?.[1]
  const words = end ? `${end === 'least' ? 'Lower' : 'Upper'} ${BOUNDS}` : OF_LISTS[rest]
  if (words === undefined) throw new Error(`The figure ${key} has no definition.`)
  return `${LISTS[list]} ${words}`
}

/** The definition of each figure. Nothing is estimated: no figure speaks of posts that are not held. */
export const definitionsOf = (figures: Statistics): Record<string, string> => ({
  ...Object.fromEntries([...figuresOf(figures)].map(([key]) => [key, definitionOf(key)])),
  ...ROWS,
  ...GAPS,
})
