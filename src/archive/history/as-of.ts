import type { StoredPost, StoredThread, ThreadSummary } from '../../model/archive.js'
import type { Instant } from '../../model/discussion.js'
import type { TextVersion } from '../../model/reports/history.js'
import { happenedBy } from '../../model/time.js'
import { fallbackTitle } from '../read/rows.js'
import { inReplyOrder, type ThreadPost } from '../read/thread-posts.js'
import { titleOf } from '../text/content-hash.js'
import type { NameHistory } from './name-history.js'
import type { PostTimeline } from './post-timelines.js'
import { authorThen } from './timeline-entries.js'

/** The thread as it is now, with the timelines of its posts and earlier names. */
export interface PresentThread {
  row: number
  summary: ThreadSummary
  wholeViewAt: Instant | null
  posts: readonly ThreadPost[]
  timelines: ReadonlyMap<number, PostTimeline>
  names: NameHistory
  groupRow: number | null
}

/** The thread as the archive knew it at `then`; null: it knew no post of the thread yet. */
export function threadAt(present: PresentThread, then: Instant): StoredThread | null {
  const posts = present.posts.flatMap(one => {
    const timeline = present.timelines.get(one.id)
    return timeline && happenedBy(timeline.firstSeenAt, then)
      ? [{ ...one, post: postAt(one.post, timeline, present.names, then) }]
      : []
  })
  if (posts.length === 0) return null
  const kept = posts.map(({ post }) => post)
  const nodes = inReplyOrder(posts, present.row).map(node => ({ ...node, post: node.post.post }))
  return { ...summaryAt(present, kept, then), asOf: then, posts: nodes }
}

function postAt(post: StoredPost, timeline: PostTimeline, names: NameHistory, then: Instant): StoredPost {
  const version = timeline.versions.find(({ until }) => until === null || !happenedBy(until, then)) as TextVersion
  const isPresent = version.until === null
  const { heading, html, text } = version
  return {
    ...post,
    heading,
    html,
    text,
    author: authorThen(post, timeline, names, then),
    status: isGone(timeline, then) ? 'gone' : 'live',
    revisions: version.number - 1,
    // The marks "edited" and "shortened" were seen on the present text and say nothing about an earlier one.
    edited: post.edited && isPresent,
    truncated: post.truncated && isPresent,
    ...(isPresent ? {} : { attachments: urlsIn(html, post, 'attachments'), links: urlsIn(html, post, 'links') }),
    lastSeenAt: lastSeenBy(post, timeline, then),
  }
}

const isGone = ({ statusChanges }: PostTimeline, then: Instant): boolean =>
  statusChanges.findLast(({ kind, at }) => (kind === 'gone' || kind === 'back') && happenedBy(at, then))?.kind ===
  'gone'

/**
 * Attachments or links of an earlier text. Revisions do not store these lists, so this keeps the URLs that the earlier HTML contains,
 * and those that even the present HTML does not contain.
 */
const urlsIn = <K extends 'attachments' | 'links'>(html: string, post: StoredPost, which: K): StoredPost[K] =>
  (post[which] as { url: string }[]).filter(
    ({ url }) => contains(html, url) || !contains(post.html, url),
  ) as StoredPost[K]

const contains = (html: string, url: string): boolean =>
  html.includes(url) || html.includes(url.replaceAll('&', '&amp;'))

/** The latest time at or before `then` at which the post is known to have been seen. */
function lastSeenBy(post: StoredPost, timeline: PostTimeline, then: Instant): Instant {
  const times = [
    post.lastSeenAt,
    ...timeline.versions.flatMap(({ since, lastSeenAt }) => [since, lastSeenAt]),
    ...timeline.statusChanges.flatMap(({ kind, at, lastSeenAt }) => [lastSeenAt, kind === 'back' ? at : null]),
  ]
  const known = times
    .filter(at => at !== null && happenedBy(at, then))
    .sort((a, b) => Date.parse(b ?? '') - Date.parse(a ?? ''))
  return known[0] ?? timeline.firstSeenAt
}

function summaryAt(present: PresentThread, posts: readonly StoredPost[], then: Instant): ThreadSummary {
  const { summary, names, groupRow } = present
  const opening = posts.find(({ id }) => id === summary.id)
  const dates = posts.flatMap(({ when }) => when.from ?? []).sort()
  return {
    ...summary,
    group: summary.group && names.at({ member: null, group: groupRow }, summary.group, then),
    title: titleThen(summary, opening),
    author: opening ? opening.author : null,
    lastPostAt: dates.at(-1) ?? null,
    replies: posts.length - (opening ? 1 : 0),
    status: opening?.status ?? 'live',
    gonePosts: posts.filter(({ status }) => status === 'gone').length,
    completeness: isUnchanged(present, then)
      ? summary.completeness
      : { state: 'unknown', held: posts.filter(({ truncated }) => !truncated).length, claimed: null },
  }
}

const titleThen = (summary: ThreadSummary, opening: StoredPost | undefined): string =>
  opening === undefined
    ? fallbackTitle(summary.type, null)
    : titleOf(opening) || fallbackTitle(summary.type, opening.author?.name ?? null)

/** True if nothing was seen after `then`. Only then is the present claim the claim of that time: earlier claims are not stored. */
const isUnchanged = ({ wholeViewAt, posts, timelines }: PresentThread, then: Instant): boolean =>
  (wholeViewAt === null || happenedBy(wholeViewAt, then)) &&
  posts.every(({ id }) => isUnchangedSince(timelines.get(id), then))

const isUnchangedSince = (timeline: PostTimeline | undefined, then: Instant): boolean =>
  timeline === undefined ||
  [
    timeline.firstSeenAt,
    ...timeline.versions.map(({ since }) => since),
    ...timeline.statusChanges.map(({ at }) => at),
  ].every(at => happenedBy(at, then))
