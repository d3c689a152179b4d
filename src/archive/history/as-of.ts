import type { PostStatus, StoredGroup, StoredPost, StoredThread, ThreadSummary } from '../../model/archive.js'
import type { Instant } from '../../model/discussion.js'
import type { TextVersion } from '../../model/reports/history.js'
import { happenedBy } from '../../model/time.js'
import { inReplyOrder, type PostPlace } from '../read/reply-order.js'
import { fallbackTitle } from '../read/rows.js'
import { type ThreadPlace, ThreadPosts } from '../read/thread-posts.js'
import { titleOf } from '../text/content-hash.js'
import { PastTexts } from './past-texts.js'
import { isMove, type PostTimeline, postTimelines, versionAt, withTimelines } from './post-timelines.js'
import type { ThreadPast } from './thread-past.js'
import { withVersion } from './timeline-entries.js'

/** The thread as it is now, or the thread that has taken it in, and its past. */
export interface PresentThread {
  summary: ThreadSummary
  wholeViewAt: Instant | null
  groupRow: number | null
  past: ThreadPast
}

/** A post at an instant, without its text. */
interface PostThen extends PostPlace<string> {
  row: number
  /** Bytes of the texts. */
  size: number
  isGone: boolean
  /** True if its text was whole. */
  isHeld: boolean
}

/** The thread as the archive knew it at `then`; null: it knew no post of the thread yet. */
export function threadAt(present: PresentThread, then: Instant): StoredThread | null {
  const { past } = present
  const posts: PostThen[] = []
  let isUnchanged = present.wholeViewAt === null || happenedBy(present.wholeViewAt, then)
  for (const [one, timeline] of withTimelines(past.sql, past.posts)) {
    isUnchanged &&= wasUnchanged(timeline, then)
    if (happenedBy(timeline.firstSeenAt, then) && past.holdsAt(one, then)) posts.push(postThen(one, timeline, then))
  }
  if (posts.length === 0) return null
  // Only without changes is the present claim the claim of that time: earlier claims are not stored.
  return { ...summaryAt(present, posts, isUnchanged, then), asOf: then, posts: postsThen(past, posts, then) }
}

/** The place of the post by the parent and date of then, which the site's own ids name. */
function postThen({ id, siteId, shownAt, size }: ThreadPlace, timeline: PostTimeline, then: Instant): PostThen {
  const { parent: parentId, when, until } = versionAt(timeline, then)
  const { from, to } = when
  const isHeld = !timeline.isShortened || until !== null
  return { row: id, id: siteId, parentId, siteId, shownAt, size, from, to, isGone: isGone(timeline, then), isHeld }
}

function postsThen(past: ThreadPast, posts: readonly PostThen[], then: Instant): ThreadPosts {
  const ordered = inReplyOrder(posts, past.id ?? '').map(node => ({
    ...node,
    post: { id: node.post.row, size: node.post.size },
  }))
  // Without the places of `past`, which only the order needs.
  const { sql, names } = past
  return new ThreadPosts(ordered, rows => postsAt({ sql, names }, rows, then))
}

/** The posts in these rows as they were. */
function postsAt(past: Pick<ThreadPast, 'sql' | 'names'>, rows: readonly number[], then: Instant): StoredPost[] {
  const texts = new PastTexts(past, rows)
  return rows.map(row => postAt(texts.post(row), texts.versionAt(row, then), texts.timeline(row), then))
}

function postAt(post: StoredPost, version: TextVersion, timeline: PostTimeline, then: Instant): StoredPost {
  const isPresent = version.until === null
  return {
    ...withVersion(post, version),
    status: statusAt(timeline, then),
    goneAt: goneBy(timeline, then)?.at ?? null,
    goneReason: goneBy(timeline, then)?.reason ?? null,
    revisions: version.number - 1,
    editedBy: version.number > 1 ? version.since : null,
    // The marks "edited" and "shortened" were seen on the present text and say nothing about an earlier one.
    edited: post.edited && isPresent,
    truncated: post.truncated && isPresent,
    ...(isPresent
      ? {}
      : { attachments: urlsIn(version.html, post, 'attachments'), links: urlsIn(version.html, post, 'links') }),
    lastSeenAt: lastSeenBy(post, timeline, then),
  }
}

const statusAt = (timeline: PostTimeline, then: Instant): PostStatus => (isGone(timeline, then) ? 'gone' : 'live')

const isGone = (timeline: PostTimeline, then: Instant): boolean => goneBy(timeline, then) !== null

/** Its last disappearance, if it was not back by then. */
function goneBy({ events }: PostTimeline, then: Instant) {
  const last = events.findLast(({ kind, at }) => (kind === 'gone' || kind === 'back') && happenedBy(at, then))
  return last?.kind === 'gone' ? last : null
}

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

function summaryAt(
  present: PresentThread,
  posts: readonly PostThen[],
  isUnchanged: boolean,
  then: Instant,
): ThreadSummary {
  const { summary, past } = present
  const place = posts.find(({ row }) => row === past.thread)
  const opening = place && postsAt(past, [place.row], then)[0]
  return {
    ...summary,
    ...(opening && openingKeys(opening)),
    group: groupAt(present, place, then),
    title: titleThen(summary, opening),
    author: opening?.author ?? null,
    status: opening?.status ?? 'live',
    lastPostAt: latest(posts.flatMap(({ from }) => from ?? [])),
    replies: posts.length - (opening ? 1 : 0),
    gonePosts: posts.filter(one => one.isGone).length,
    readAt: summary.readAt !== null && happenedBy(summary.readAt, then) ? summary.readAt : then,
    completeness: isUnchanged
      ? summary.completeness
      : { state: 'unknown', held: posts.filter(({ isHeld }) => isHeld).length, claimed: null },
  }
}

const latest = (dates: readonly Instant[]): Instant | null => [...dates].sort().at(-1) ?? null

const openingKeys = ({ id, url, type, when }: StoredPost) => ({ id, url, type, when })

/** A thread moves with an event, which holds the group that it left. */
function groupAt({ groupRow, past }: PresentThread, opening: PostThen | undefined, then: Instant): StoredGroup | null {
  const events = opening ? (postTimelines(past.sql, [opening.row]).get(opening.row)?.events ?? []) : []
  const move = events.find(event => isMove('group')(event) && !happenedBy(event.at, then))
  return past.names.group(move ? move.group_id : groupRow, then)
}

const titleThen = (summary: ThreadSummary, opening: StoredPost | undefined): string =>
  opening === undefined
    ? fallbackTitle(summary.type, null)
    : titleOf(opening) || fallbackTitle(summary.type, opening.author?.name ?? null)

/** True if nothing was seen of the post after `then`. */
const wasUnchanged = ({ firstSeenAt, versions, events }: PostTimeline, then: Instant): boolean =>
  [firstSeenAt, ...versions.map(({ since }) => since), ...events.map(({ at }) => at)].every(at => happenedBy(at, then))
