import type { StoredPost } from '../../model/archive.js'
import type { Instant } from '../../model/discussion.js'
import type { TextVersion } from '../../model/reports/history.js'
import { happenedBy } from '../../model/time.js'
import { IN_LIST, type Statements } from '../database/statements.js'
import type { EventRow, RevisionRow } from '../schema/tables/history.js'
import type { PostRow } from '../schema/tables/posts.js'
import { MADE_AT } from '../schema/tables/runs.js'

/** An event of a post: `gone`, `back`, `moved`, or a kind that another version of threadkeep wrote. */
export interface PostEvent
  extends Pick<EventRow, 'at' | 'kind' | 'reason' | 'last_seen_at' | 'field' | 'before' | 'after' | 'group_id'> {
  missedAt: Instant | null
}

/** A version without its text, and with the row ids of its author and group, whose names depend on the time. */
export interface TimelineVersion extends Omit<TextVersion, 'heading' | 'html' | 'text' | 'author' | 'group'> {
  member: number | null
  groupRow: number | null
  /** Row id of its text in `revisions`; null: the present text, in `posts`. */
  revision: number | null
}

/** The known past of one post. */
export interface PostTimeline {
  firstSeenAt: Instant
  /** Oldest first; the last is the present one. */
  versions: TimelineVersion[]
  /** Oldest first. */
  events: PostEvent[]
  /** Set if the post is live but was not found where it was expected. */
  missedAt: Instant | null
  /** True if the present text is shortened. */
  isShortened: boolean
}

/** The version that was the present one at `then`. */
export const versionAt = ({ versions }: PostTimeline, then: Instant): TimelineVersion =>
  versions.find(({ until }) => until === null || !happenedBy(until, then)) as TimelineVersion

export const isMove =
  (wanted: 'group' | 'thread') =>
  ({ kind, field }: PostEvent): boolean =>
    kind === 'moved' && field === wanted

type VersionColumns = Pick<RevisionRow, 'member_id' | 'group_id' | 'posted_from' | 'posted_to' | 'text_capture_id'> & {
  parent: string | null
  seen_by: Instant | null
}

type PresentRow = VersionColumns &
  Pick<PostRow, 'id' | 'missed_at' | 'gone_at' | 'gone_reason'> &
  Pick<PostRow, 'last_seen_at' | 'first_seen_at' | 'text_seen_at' | 'truncated'> & { status: StoredPost['status'] }

type EarlierRow = VersionColumns &
  Pick<RevisionRow, 'id' | 'post_id' | 'replaced_at' | 'last_seen_at'> & { read_at: Instant | null }

/** An archive that is only read may be of before schema 4, in which all times of captures are exact. */
const hasBounds = (sql: Statements): boolean => sql.has('captures', 'time_is_bound')

const versionColumns = (sql: Statements, table: string) =>
  `${['member_id', 'group_id', 'posted_from', 'posted_to', 'text_capture_id'].map(name => `${table}.${name}`).join(', ')},
    (SELECT site_post_id FROM posts AS above WHERE above.id = ${table}.parent_id) AS parent,
    (SELECT captured_at FROM captures WHERE captures.id = ${table}.text_capture_id AND ${hasBounds(sql) ? 'time_is_bound = 1' : 'FALSE'}) AS seen_by`

/** The first sighting of a post (an SQL expression): an opening post may have been known from its replies before it was read. */
export const FIRST_SEEN_AT =
  'COALESCE((SELECT min(first_seen_at) FROM sightings WHERE post_id = posts.id), posts.first_seen_at)'

const presentRows = (
  sql: Statements,
) => `SELECT id, ${versionColumns(sql, 'posts')}, status, truncated, text_seen_at, missed_at, gone_at, gone_reason, last_seen_at,
    ${FIRST_SEEN_AT} AS first_seen_at
  FROM posts WHERE id ${IN_LIST}`

const earlierRows = (
  sql: Statements,
) => `SELECT id, post_id, ${versionColumns(sql, 'revisions')}, replaced_at, last_seen_at,
    (SELECT ${hasBounds(sql) ? MADE_AT('captures') : 'captured_at'} FROM captures WHERE captures.id = revisions.text_capture_id) AS read_at
  FROM revisions WHERE post_id ${IN_LIST} ORDER BY id`

const EVENTS = `SELECT post_id, at, kind, reason, last_seen_at, field, before, after, group_id
  FROM events WHERE post_id ${IN_LIST} ORDER BY id`

/** Timelines of the posts in these rows, by row id. */
export function postTimelines(sql: Statements, rows: readonly number[]): Map<number, PostTimeline> {
  const wanted = JSON.stringify(rows)
  const revisions = byPost(sql.rows<EarlierRow>(earlierRows(sql), wanted))
  const events = byPost(sql.rows<PostEvent & { post_id: number }>(EVENTS, wanted))
  const posts = sql.rows<PresentRow>(presentRows(sql), wanted)
  return new Map(posts.map(row => [row.id, timelineOf(row, revisions.get(row.id) ?? [], events.get(row.id) ?? [])]))
}

/** The posts with their timelines. A few hundred timelines at a time are in memory. */
export function* withTimelines<Post extends { id: number }>(
  sql: Statements,
  posts: readonly Post[],
): Generator<[Post, PostTimeline]> {
  for (let start = 0; start < posts.length; start += BATCH) {
    const batch = posts.slice(start, start + BATCH)
    const timelines = postTimelines(
      sql,
      batch.map(({ id }) => id),
    )
    for (const post of batch) yield [post, timelines.get(post.id) as PostTimeline]
  }
}

const BATCH = 300

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
    firstSeenAt: row.first_seen_at,
    versions: versionsOf(row, inTime(revisions, 'replaced_at')),
    events: eventsOf(row, inTime(events, 'at')),
    missedAt: row.status === 'live' ? row.missed_at : null,
    isShortened: row.truncated === 1,
  }
}

function versionsOf(row: PresentRow, revisions: readonly EarlierRow[]): TimelineVersion[] {
  const times = [
    ...revisions.map(one => ({
      one,
      revision: one.id,
      until: one.replaced_at,
      lastSeenAt: one.last_seen_at ?? one.read_at,
    })),
    { one: row, revision: null, until: null, lastSeenAt: row.text_seen_at },
  ]
  return times.map(({ one, revision, until, lastSeenAt }, at) => ({
    number: at + 1,
    ...{ revision, parent: one.parent, member: one.member_id, groupRow: one.group_id },
    when: { from: one.posted_from, to: one.posted_to },
    since: times[at - 1]?.until ?? row.first_seen_at,
    seenBy: one.seen_by,
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
export const inTime = <K extends string, T extends Record<K, Instant>>(rows: readonly T[], key: K): T[] =>
  [...rows].sort((a, b) => Date.parse(a[key]) - Date.parse(b[key]))
