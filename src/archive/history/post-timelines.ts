import type { StoredPost } from '../../model/archive.js'
import type { Instant } from '../../model/discussion.js'
import type { TextVersion } from '../../model/reports/history.js'
import { happenedBy } from '../../model/time.js'
import type { Statements } from '../database/statements.js'
import type { EventRow, RevisionRow } from '../schema/tables/history.js'
import type { PostRow } from '../schema/tables/posts.js'

/** An event of a post: `gone`, `back`, `moved`, or a kind that another version of threadkeep wrote. */
export interface PostEvent
  extends Pick<EventRow, 'at' | 'kind' | 'reason' | 'last_seen_at' | 'field' | 'before' | 'after' | 'group_id'> {
  missedAt: Instant | null
}

/** A version with the row ids of its author and group, whose names depend on the time. */
export interface Version extends Omit<TextVersion, 'author' | 'group'> {
  member: number | null
  groupRow: number | null
}

/** The known past of one post. */
export interface PostTimeline {
  row: number
  /** Row ids of its present thread and parent. */
  thread: number
  parent: number | null
  firstSeenAt: Instant
  /** Oldest first; the last is the present one. */
  versions: Version[]
  /** Oldest first. */
  events: PostEvent[]
  /** Set if the post is live but was not found where it was expected. */
  missedAt: Instant | null
}

/** The version that was the present one at `then`. */
export const versionAt = ({ versions }: PostTimeline, then: Instant): Version =>
  versions.find(({ until }) => until === null || !happenedBy(until, then)) as Version

export const isMove =
  (wanted: 'group' | 'thread') =>
  ({ kind, field }: PostEvent): boolean =>
    kind === 'moved' && field === wanted

type VersionColumns = Pick<
  RevisionRow,
  'heading' | 'html' | 'text' | 'member_id' | 'group_id' | 'posted_from' | 'posted_to' | 'text_capture_id'
> & { parent: string | null }

type PresentRow = VersionColumns &
  Pick<PostRow, 'id' | 'thread_id' | 'parent_id' | 'missed_at' | 'gone_at' | 'gone_reason'> &
  Pick<PostRow, 'last_seen_at' | 'first_seen_at' | 'text_seen_at'> & { status: StoredPost['status'] }

type EarlierRow = VersionColumns &
  Pick<RevisionRow, 'post_id' | 'replaced_at' | 'last_seen_at'> & { read_at: Instant | null }

const versionColumns = (table: string) =>
  `${['heading', 'html', 'text', 'member_id', 'group_id', 'posted_from', 'posted_to', 'text_capture_id'].map(name => `${table}.${name}`).join(', ')},
    (SELECT site_post_id FROM posts AS above WHERE above.id = ${table}.parent_id) AS parent`

/** `first_seen_at` is the first sighting: an opening post may have been known from its replies before it was read. */
const POSTS = `SELECT id, thread_id, parent_id, ${versionColumns('posts')}, status, text_seen_at, missed_at, gone_at, gone_reason, last_seen_at,
    COALESCE((SELECT min(first_seen_at) FROM sightings WHERE post_id = posts.id), first_seen_at) AS first_seen_at
  FROM posts WHERE thread_id IN (SELECT value FROM json_each(?)) AND status <> 'unread' ORDER BY id`

const OF_POSTS = 'WHERE post_id IN (SELECT id FROM posts WHERE thread_id IN (SELECT value FROM json_each(?)))'

const REVISIONS = `SELECT post_id, ${versionColumns('revisions')}, replaced_at, last_seen_at,
    (SELECT captured_at FROM captures WHERE captures.id = revisions.text_capture_id) AS read_at
  FROM revisions ${OF_POSTS} ORDER BY id`

const EVENTS = `SELECT post_id, at, kind, reason, last_seen_at, field, before, after, group_id FROM events ${OF_POSTS} ORDER BY id`

/** Timelines of the posts of these threads that were read, by row id. */
export function postTimelinesIn(sql: Statements, threads: readonly number[]): Map<number, PostTimeline> {
  const wanted = JSON.stringify(threads)
  const revisions = byPost(sql.rows<EarlierRow>(REVISIONS, wanted))
  const events = byPost(sql.rows<PostEvent & { post_id: number }>(EVENTS, wanted))
  return new Map(
    sql
      .rows<PresentRow>(POSTS, wanted)
      .map(row => [row.id, timelineOf(row, revisions.get(row.id) ?? [], events.get(row.id) ?? [])]),
  )
}

function byPost<T extends { post_id: number }>(rows: readonly T[]): Map<number, T[]> {
  const groups = new Map<number, T[]>()
  for (const row of rows) {
    const group = groups.get(row.post_id)
    if (group) group.push(row)
    else groups.set(row.post_id, [row])
  }
  return groups
}

function timelineOf(row: PresentRow, revisions: EarlierRow[], events: PostEvent[]): PostTimeline {
  return {
    ...{ row: row.id, thread: row.thread_id, parent: row.parent_id, firstSeenAt: row.first_seen_at },
    versions: versionsOf(row, inTime(revisions, 'replaced_at')),
    events: eventsOf(row, inTime(events, 'at')),
    missedAt: row.status === 'live' ? row.missed_at : null,
  }
}

function versionsOf(row: PresentRow, revisions: readonly EarlierRow[]): Version[] {
  const times = [
    ...revisions.map(one => ({ one, until: one.replaced_at, lastSeenAt: one.last_seen_at ?? one.read_at })),
    { one: row, until: null, lastSeenAt: row.text_seen_at },
  ]
  return times.map(({ one: { heading, html, text, ...one }, until, lastSeenAt }, at) => ({
    number: at + 1,
    ...{ heading, html, text, parent: one.parent, member: one.member_id, groupRow: one.group_id },
    when: { from: one.posted_from, to: one.posted_to },
    since: times[at - 1]?.until ?? row.first_seen_at,
    ...{ until, lastSeenAt, capture: one.text_capture_id },
  }))
}

/** Events of the post. A post that is gone without an event, as merges leave it, gets one from its own columns. */
function eventsOf(row: PresentRow, rows: readonly PostEvent[]): PostEvent[] {
  const events = rows.map(event => ({ ...event, missedAt: null as Instant | null }))
  if (row.status !== 'gone') return events
  const last = events.findLast(({ kind }) => kind === 'gone' || kind === 'back')
  if (last?.kind === 'gone') last.missedAt = row.missed_at
  else events.push(goneEvent(row))
  return events
}

const goneEvent = (row: PresentRow) => ({
  at: row.gone_at ?? row.missed_at ?? row.last_seen_at,
  kind: 'gone',
  reason: row.gone_reason,
  last_seen_at: row.last_seen_at,
  missedAt: row.missed_at,
  ...{ field: null, before: null, after: null, group_id: null },
})

/** Sorts rows by time: after a merge, row ids are no longer in order of time. */
const inTime = <K extends string, T extends Record<K, Instant>>(rows: readonly T[], key: K): T[] =>
  [...rows].sort((a, b) => Date.parse(a[key]) - Date.parse(b[key]))
