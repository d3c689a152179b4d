import type { StoredPost } from '../../model/archive.js'
import type { Instant } from '../../model/discussion.js'
import type { TextVersion } from '../../model/reports/history.js'
import type { Statements } from '../database/statements.js'

/** An event of a post: `gone`, `back`, or a kind that another version of threadkeep wrote. */
export interface StatusChange {
  at: Instant
  kind: string
  reason: string | null
  lastSeenAt: Instant | null
  missedAt: Instant | null
}

/** The known past of one post. */
export interface PostTimeline {
  row: number
  firstSeenAt: Instant
  /** Oldest first; the last is the present one. */
  versions: TextVersion[]
  /** Oldest first. */
  statusChanges: StatusChange[]
  /** Set if the post is live but was not found where it was expected. */
  missedAt: Instant | null
  /** Row ids of the group and of the author. */
  group: number | null
  member: number | null
}

interface PostRow {
  id: number
  heading: string | null
  html: string
  text: string
  status: StoredPost['status']
  text_capture_id: number | null
  text_seen_at: Instant | null
  missed_at: Instant | null
  gone_at: Instant | null
  gone_reason: string | null
  last_seen_at: Instant
  first_seen_at: Instant
  group_id: number | null
  member_id: number | null
}

interface RevisionRow {
  post_id: number
  heading: string | null
  html: string
  text: string
  replaced_at: Instant
  last_seen_at: Instant | null
  text_capture_id: number | null
  read_at: Instant | null
}

type EventRow = Omit<StatusChange, 'missedAt'> & { post_id: number }

/** `first_seen_at` is the first sighting: an opening post may have been known from its replies before it was read. */
const POSTS = `SELECT id, heading, html, text, status, text_capture_id, text_seen_at, missed_at, gone_at, gone_reason, last_seen_at,
    group_id, member_id,
    COALESCE((SELECT min(first_seen_at) FROM sightings WHERE post_id = posts.id), first_seen_at) AS first_seen_at
  FROM posts WHERE thread_id = ? AND status <> 'unread' ORDER BY id`

const IN_THREAD = 'IN (SELECT id FROM posts WHERE thread_id = ?)'

const REVISIONS = `SELECT post_id, heading, html, text, replaced_at, last_seen_at, text_capture_id,
    (SELECT captured_at FROM captures WHERE captures.id = revisions.text_capture_id) AS read_at
  FROM revisions WHERE post_id ${IN_THREAD} ORDER BY id`

const EVENTS = `SELECT post_id, at, kind, reason, last_seen_at AS lastSeenAt FROM events WHERE post_id ${IN_THREAD} ORDER BY id`

/** Timelines of the posts of a thread that were read, by row id. */
export function postTimelinesIn(sql: Statements, thread: number): Map<number, PostTimeline> {
  const revisions = byPost(sql.rows<RevisionRow>(REVISIONS, thread))
  const events = byPost(sql.rows<EventRow>(EVENTS, thread))
  return new Map(
    sql
      .rows<PostRow>(POSTS, thread)
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

function timelineOf(row: PostRow, revisions: RevisionRow[], events: EventRow[]): PostTimeline {
  return {
    row: row.id,
    firstSeenAt: row.first_seen_at,
    versions: versionsOf(row, inTime(revisions, 'replaced_at')),
    statusChanges: statusChangesOf(row, inTime(events, 'at')),
    missedAt: row.status === 'live' ? row.missed_at : null,
    group: row.group_id,
    member: row.member_id,
  }
}

function versionsOf(row: PostRow, revisions: readonly RevisionRow[]): TextVersion[] {
  const texts = [
    ...revisions.map(({ replaced_at, last_seen_at, read_at, ...text }) => ({
      ...text,
      until: replaced_at,
      lastSeenAt: last_seen_at ?? read_at,
    })),
    { ...row, until: null, lastSeenAt: row.text_seen_at },
  ]
  return texts.map(({ heading, html, text, until, lastSeenAt, text_capture_id }, at) => ({
    number: at + 1,
    heading,
    html,
    text,
    since: texts[at - 1]?.until ?? row.first_seen_at,
    until,
    lastSeenAt,
    capture: text_capture_id,
  }))
}

/** Events of the post. A post that was gone before schema 4 has no event: its own columns give one. */
function statusChangesOf(row: PostRow, events: readonly EventRow[]): StatusChange[] {
  const statusChanges: StatusChange[] = events.map(({ post_id: _, ...event }) => ({ ...event, missedAt: null }))
  const last = statusChanges.findLast(({ kind }) => kind === 'gone' || kind === 'back')
  if (row.status !== 'gone') return statusChanges
  if (last?.kind === 'gone') last.missedAt = row.missed_at
  else statusChanges.push(goneChange(row))
  return statusChanges
}

const goneChange = (row: PostRow): StatusChange => ({
  at: row.gone_at ?? row.missed_at ?? row.last_seen_at,
  kind: 'gone',
  reason: row.gone_reason,
  lastSeenAt: row.last_seen_at,
  missedAt: row.missed_at,
})

/** Sorts rows by time: after a merge, row ids are no longer in order of time. */
const inTime = <K extends string, T extends Record<K, Instant>>(rows: readonly T[], key: K): T[] =>
  [...rows].sort((a, b) => Date.parse(a[key]) - Date.parse(b[key]))
