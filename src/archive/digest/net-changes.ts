import type { StoredAuthor } from '../../model/archive.js'
import type { Wording } from '../../model/reports/changes.js'
import type { NewName } from '../../model/reports/digest.js'
import { sliced } from '../database/slices.js'
import type { Statements } from '../database/statements.js'
import { anyOfThese, type TimeWindow } from '../history/time-window.js'
import { groupOf } from '../read/rows.js'

/** What a span has changed of what was held before, first state against last: for digests. */

const IN_THREAD = 'JOIN posts AS threads ON threads.id = posts.thread_id'

/** In order of groups, then as threads are listed. */
const ORDER = `ORDER BY COALESCE(threads.group_id, 0), COALESCE(threads.posted_from, threads.posted_to, '9999'), threads.id,
  COALESCE(posts.posted_from, posts.posted_to, '9999'), posts.id`

/**
 * What was seen first in the span is told as new, in its last text. But of a group that was read for the first time in it, what is
 * older is told by its number alone, so that its changes are told, too.
 */
const KNOWN_BEFORE = `(posts.first_seen_at < ? OR (COALESCE(posts.posted_to, posts.posted_from, '') < ? AND NOT EXISTS
  (SELECT 1 FROM posts AS before WHERE before.group_id IS threads.group_id AND before.first_seen_at < ? AND before.status <> 'unread')))`

export type ByGroup = ReadonlyMap<string, number[]>

/** Row ids of edited posts by group (0: none). */
export const editedPosts = (sql: Statements, span: TimeWindow): ByGroup =>
  byGroup(
    sql,
    `FROM posts ${IN_THREAD}
      WHERE posts.id IN (SELECT post_id FROM revisions WHERE replaced_at >= ? AND replaced_at < ?)`,
    [span.from, span.to],
    span,
  )

/** Row ids of posts that were there before and are not after, or the other way round. What went and came back is neither. */
export const netGoneOrBack = (sql: Statements, span: TimeWindow, kind: 'gone' | 'back'): ByGroup =>
  byGroup(sql, NET_GONE_OR_BACK, [span.from, span.to, kind, kind], span)

/** Of the posts that are gone those that went by themselves: not with their thread. */
export const goneByThemselves = (sql: Statements, span: TimeWindow): ByGroup =>
  byGroup(
    sql,
    `${NET_GONE_OR_BACK} AND NOT (last.reason IS '${WITH_ITS_THREAD}' AND posts.thread_id IN (SELECT post_id FROM events WHERE kind = 'gone'))`,
    [span.from, span.to, 'gone', 'gone'],
    span,
  )

const WITH_ITS_THREAD = 'its thread is gone'

const FIRST_AND_LAST = `SELECT post_id, min(id) AS first, max(id) AS last FROM events
  WHERE at >= ? AND at < ? AND kind IN ('gone', 'back') GROUP BY post_id`

const NET_GONE_OR_BACK = `FROM (${FIRST_AND_LAST}) AS turns JOIN events AS first ON first.id = turns.first JOIN events AS last ON last.id = turns.last
  JOIN posts ON posts.id = turns.post_id ${IN_THREAD} WHERE first.kind = ? AND last.kind = ?`

function byGroup(sql: Statements, source: string, values: readonly unknown[], { from, where }: TimeWindow): ByGroup {
  const chosen = `${source} AND ${KNOWN_BEFORE} AND ${where.sql}`
  const all = [...values, from, from, from, ...where.values]
  const counts = sql.rows<{ grp: number; size: number }>(
    `SELECT COALESCE(threads.group_id, 0) AS grp, count(*) AS size ${chosen} GROUP BY 1 ORDER BY 1`,
    ...all,
  )
  const ids = sql.column<number>(`SELECT posts.id ${chosen} ${ORDER}`, ...all)
  return sliced(
    ids,
    counts.map(({ grp, size }) => ({ key: `${grp}`, size })),
  )
}

export interface NetEdit {
  times: number
  before: Wording
  after: Wording
}

/** The text at the beginning of the span and the one at its end. */
export function netEdit(sql: Statements, post: number, { from, to }: TimeWindow): NetEdit {
  const edits = sql.row<{ times: number; first: number; last: number }>(
    'SELECT count(*) AS times, min(id) AS first, max(id) AS last FROM revisions WHERE post_id = ? AND replaced_at >= ? AND replaced_at < ?',
    post,
    from,
    to,
  )
  const before = sql.row<Wording>('SELECT heading, text FROM revisions WHERE id = ?', edits?.first)
  const after =
    sql.row<Wording>(
      'SELECT heading, text FROM revisions WHERE post_id = ? AND id > ? ORDER BY id LIMIT 1',
      post,
      edits?.last,
    ) ?? sql.row<Wording>('SELECT heading, text FROM posts WHERE id = ?', post)
  return { times: edits?.times ?? 0, before: before ?? NO_TEXT, after: after ?? NO_TEXT }
}

const NO_TEXT: Wording = { heading: null, text: '' }

/** Why it is gone, and how many replies went with it. */
export function departureOf(
  sql: Statements,
  post: number,
  { from, to }: TimeWindow,
): { reason: string | null; withReplies: number } {
  const reason = sql.one<string | null>(
    "SELECT reason FROM events WHERE post_id = ? AND kind = 'gone' AND at >= ? AND at < ? ORDER BY id DESC LIMIT 1",
    post,
    from,
    to,
  )
  const withReplies = sql.one<number>(
    `SELECT count(DISTINCT events.post_id) FROM posts JOIN events ON events.post_id = posts.id
      WHERE posts.thread_id = ? AND events.kind = 'gone' AND events.reason = '${WITH_ITS_THREAD}' AND events.at >= ? AND events.at < ?`,
    post,
    from,
    to,
  )
  return { reason: reason ?? null, withReplies: withReplies ?? 0 }
}

interface NameRow {
  grp: number | null
  site: string
  field: string
  before: string
  after: string
  member: string | null
  native: string | null
  slug: string | null
  name: string | null
  url: string | null
}

const NET_NAMES = (span: TimeWindow) => `WITH turns AS (
    SELECT min(id) AS first, max(id) AS last FROM events WHERE at >= ? AND at < ? AND kind = 'renamed' AND ${anyOfThese(span)}
    GROUP BY group_id, member_id, field)
  SELECT groups.id AS grp, sites.url AS site, last.field, first.before, last.after,
    CASE WHEN members.id IS NOT NULL THEN json_object('id', members.member_id, 'slug', members.slug, 'name', members.name, 'url', members.url) END AS member,
    groups.group_id AS native, groups.slug, groups.name, groups.url
  FROM turns JOIN events AS first ON first.id = turns.first JOIN events AS last ON last.id = turns.last
  LEFT JOIN members ON members.id = last.member_id LEFT JOIN groups ON groups.id = last.group_id
  JOIN sites ON sites.id = COALESCE(members.site_id, groups.site_id)
  WHERE first.before <> last.after ORDER BY last.id`

/** New names of groups, by row id, and of members. */
export function netNames(
  sql: Statements,
  span: TimeWindow,
): { groups: ReadonlyMap<number, NewName[]>; members: NewName[] } {
  const { from, to, where } = span
  const groups = new Map<number, NewName[]>()
  const members: NewName[] = []
  for (const row of sql.rows<NameRow>(NET_NAMES(span), from, to, ...where.values, ...where.values)) {
    if (row.grp === null) members.push(nameOf(row))
    else groups.set(row.grp, [...(groups.get(row.grp) ?? []), nameOf(row)])
  }
  return { groups, members }
}

const nameOf = ({ site, field, before, after, member, native, slug, name, url }: NameRow): NewName => ({
  site,
  member: member === null ? null : (JSON.parse(member) as StoredAuthor),
  group: slug === null ? null : groupOf(native, slug, name, url ?? ''),
  field,
  before,
  after,
})
