import type { PostNode, StoredGroup, StoredPost, StoredThread, ThreadSummary } from '../../model/archive.js'
import type { Instant } from '../../model/discussion.js'
import { happenedBy } from '../../model/time.js'
import { fallbackTitle } from '../read/rows.js'
import { inReplyOrder, type PostPlace } from '../read/thread-posts.js'
import { titleOf } from '../text/content-hash.js'
import { isMove, type PostTimeline } from './post-timelines.js'
import type { PastPost, ThreadPast } from './thread-past.js'
import { withVersion } from './timeline-entries.js'

/** The thread as it is now, or the thread that has taken it in, and its past. */
export interface PresentThread {
  summary: ThreadSummary
  wholeViewAt: Instant | null
  groupRow: number | null
  past: ThreadPast
}

/** The thread as the archive knew it at `then`; null: it knew no post of the thread yet. */
export function threadAt(present: PresentThread, then: Instant): StoredThread | null {
  const { past } = present
  const posts = past.posts
    .filter(one => happenedBy(one.timeline.firstSeenAt, then) && past.holdsAt(one, then))
    .map(one => ({ ...one, post: postAt(one, past, then) }))
  if (posts.length === 0) return null
  return { ...summaryAt(present, posts, then), asOf: then, posts: inOrderOfThen(posts, past) }
}

/** By the parents and dates of then, which the site's own ids name. */
function inOrderOfThen(posts: readonly PastPost[], { id }: ThreadPast): PostNode[] {
  const places = posts.map(one => ({ ...one, id: one.post.id, parentId: one.post.parentId, ...one.post.when }))
  return inReplyOrder<PostPlace<string> & { post: StoredPost }>(places, id ?? '').map(node => ({
    ...node,
    post: node.post.post,
  }))
}

function postAt(one: PastPost, past: ThreadPast, then: Instant): StoredPost {
  const { post, timeline } = one
  const version = past.versionAt(one, then)
  const isPresent = version.until === null
  return {
    ...withVersion(post, version),
    status: isGone(timeline, then) ? 'gone' : 'live',
    revisions: version.number - 1,
    // The marks "edited" and "shortened" were seen on the present text and say nothing about an earlier one.
    edited: post.edited && isPresent,
    truncated: post.truncated && isPresent,
    ...(isPresent
      ? {}
      : { attachments: urlsIn(version.html, post, 'attachments'), links: urlsIn(version.html, post, 'links') }),
    lastSeenAt: lastSeenBy(post, timeline, then),
  }
}

const isGone = ({ events }: PostTimeline, then: Instant): boolean =>
  events.findLast(({ kind, at }) => (kind === 'gone' || kind === 'back') && happenedBy(at, then))?.kind === 'gone'

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
    ...timeline.events.flatMap(({ kind, at, last_seen_at }) => [last_seen_at, kind === 'back' ? at : null]),
  ]
  const known = times
    .filter(at => at !== null && happenedBy(at, then))
    .sort((a, b) => Date.parse(b ?? '') - Date.parse(a ?? ''))
  return known[0] ?? timeline.firstSeenAt
}

function summaryAt(present: PresentThread, posts: readonly PastPost[], then: Instant): ThreadSummary {
  const { summary, past } = present
  const opening = posts.find(({ id }) => id === past.thread)
  const kept = posts.map(({ post }) => post)
  const dates = kept.flatMap(({ when }) => when.from ?? []).sort()
  return {
    ...summary,
    ...(opening && openingKeys(opening.post)),
    group: groupAt(present, opening, then),
    title: titleThen(summary, opening?.post),
    author: opening?.post.author ?? null,
    status: opening?.post.status ?? 'live',
    lastPostAt: dates.at(-1) ?? null,
    replies: posts.length - (opening ? 1 : 0),
    gonePosts: kept.filter(({ status }) => status === 'gone').length,
    completeness: isUnchanged(present, then)
      ? summary.completeness
      : { state: 'unknown', held: kept.filter(({ truncated }) => !truncated).length, claimed: null },
  }
}

const openingKeys = ({ id, url, type, when }: StoredPost) => ({ id, url, type, when })

/** A thread moves with an event, which holds the group that it left. */
function groupAt({ groupRow, past }: PresentThread, opening: PastPost | undefined, then: Instant): StoredGroup | null {
  const move = opening?.timeline.events.find(event => isMove('group')(event) && !happenedBy(event.at, then))
  return past.names.group(move ? move.group_id : groupRow, then)
}

const titleThen = (summary: ThreadSummary, opening: StoredPost | undefined): string =>
  opening === undefined
    ? fallbackTitle(summary.type, null)
    : titleOf(opening) || fallbackTitle(summary.type, opening.author?.name ?? null)

/** True if nothing was seen after `then`. Only then is the present claim the claim of that time: earlier claims are not stored. */
const isUnchanged = ({ wholeViewAt, past }: PresentThread, then: Instant): boolean =>
  (wholeViewAt === null || happenedBy(wholeViewAt, then)) &&
  past.posts.every(({ timeline: { firstSeenAt, versions, events } }) =>
    [firstSeenAt, ...versions.map(({ since }) => since), ...events.map(({ at }) => at)].every(at =>
      happenedBy(at, then),
    ),
  )
