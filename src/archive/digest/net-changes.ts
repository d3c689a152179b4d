import type { Wording } from '../../model/reports/changes.js'
import type { NewName } from '../../model/reports/digest.js'
import type { Move } from '../../model/reports/history.js'
import { sliced } from '../database/slices.js'
import type { Statements } from '../database/statements.js'
import { RENAME_COLUMNS, RENAME_JOINS, type RenameRow, renameOf, wording } from '../history/change-feed.js'
import { renameCondition, type TimeWindow } from '../history/time-window.js'

/** Net changes in a time window: the state at its start compared with the state at its end. */

const IN_THREAD = 'JOIN posts AS threads ON threads.id = posts.thread_id'

/** By group, then in the order in which threads are listed. */
const ORDER = `ORDER BY COALESCE(threads.group_id, 0), COALESCE(threads.posted_from, threads.posted_to, '9999'), threads.id,
  COALESCE(posts.posted_from, posts.posted_to, '9999'), posts.id`

/**
 * Posts whose changes a digest lists. A post that was first seen in the window is listed as new, with its last text; but if its
 * group was first read in the window, older posts are only counted, so their changes are listed.
 */
const KNOWN_BEFORE = `(posts.first_seen_at < ? OR (COALESCE(posts.posted_to, posts.posted_from, '') < ? AND NOT EXISTS
  (SELECT 1 FROM posts AS before WHERE before.group_id IS threads.group_id AND before.first_seen_at < ? AND before.status <> 'unread')))`

export type ByGroup = ReadonlyMap<string, Float64Array>

/** Row ids of edited posts by group (0: none). */
export const editedPosts = (sql: Statements, window: TimeWindow): ByGroup =>
  byGroup(
    sql,
    `FROM posts ${IN_THREAD}
      WHERE posts.id IN (SELECT post_id FROM revisions WHERE replaced_at >= ? AND replaced_at < ?)`,
    [window.from, window.to],
    window,
  )

/** Row ids of posts that are gone at the end of the window and were not at its start, or the reverse. */
export const netGoneOrBack = (sql: Statements, window: TimeWindow, kind: 'gone' | 'back'): ByGroup =>
  byGroup(sql, NET_GONE_OR_BACK, [window.from, window.to, kind, kind], window)

/** Row ids of posts that are gone, without those that went together with their thread. */
export const goneByThemselves = (sql: Statements, window: TimeWindow): ByGroup =>
  byGroup(
    sql,
    `${NET_GONE_OR_BACK} AND NOT (last.reason IS '${WITH_ITS_THREAD}' AND posts.thread_id IN (SELECT post_id FROM events WHERE kind = 'gone'))`,
    [window.from, window.to, 'gone', 'gone'],
    window,
  )

/** Row ids of posts that are in another group or thread at the end of the window than at its start. */
export const movedPosts = (sql: Statements, window: TimeWindow): ByGroup =>
  byGroup(
    sql,
    `FROM posts ${IN_THREAD} WHERE posts.id IN (SELECT post_id FROM (${NET_MOVES}))`,
    [window.from, window.to],
    window,
  )

const NET_MOVES = `SELECT first.post_id, first.field, first.before, last.after
  FROM (SELECT min(id) AS first, max(id) AS last FROM events WHERE at >= ? AND at < ? AND kind = 'moved' GROUP BY post_id, field) AS ends
    JOIN events AS first ON first.id = ends.first JOIN events AS last ON last.id = ends.last
  WHERE first.before IS NOT last.after`

/** From where a post has moved to where. */
export const netMoves = (sql: Statements, post: number, { from, to }: TimeWindow): Move[] =>
  sql.rows<Move>(`SELECT field, before, after FROM (${NET_MOVES}) WHERE post_id = ? ORDER BY field`, from, to, post)

const WITH_ITS_THREAD = 'its thread is gone'

const FIRST_AND_LAST = `SELECT post_id, min(id) AS first, max(id) AS last FROM events
  WHERE at >= ? AND at < ? AND kind IN ('gone', 'back') GROUP BY post_id`

const NET_GONE_OR_BACK = `FROM (${FIRST_AND_LAST}) AS ends JOIN events AS first ON first.id = ends.first JOIN events AS last ON last.id = ends.last
  JOIN posts ON posts.id = ends.post_id ${IN_THREAD} WHERE first.kind = ? AND last.kind = ?`

function byGroup(sql: Statements, source: string, values: readonly unknown[], { from, where }: TimeWindow): ByGroup {
  const chosen = `${source} AND ${KNOWN_BEFORE} AND ${where.sql}`
  const bindings = [...values, from, from, from, ...where.values]
  const counts = sql.rows<{ grp: number; size: number }>(
    `SELECT COALESCE(threads.group_id, 0) AS grp, count(*) AS size ${chosen} GROUP BY 1 ORDER BY 1`,
    ...bindings,
  )
  const ids = sql.ids(`SELECT posts.id ${chosen} ${ORDER}`, ...bindings)
  return sliced(
    ids,
    counts.map(({ grp, size }) => ({ key: `${grp}`, size })),
  )
}

interface NetEdit {
  times: number
  before: Wording
  after: Wording
}

/** The text at the start of the window and the text at its end. */
export function netEdit(sql: Statements, post: number, { from, to }: TimeWindow): NetEdit {
  const edits = sql.row<{ times: number; first: number; last: number }>(
    'SELECT count(*) AS times, min(id) AS first, max(id) AS last FROM revisions WHERE post_id = ? AND replaced_at >= ? AND replaced_at < ?',
    post,
    from,
    to,
  )
  const read = (from: string, ...values: unknown[]) => sql.one<string>(`SELECT ${from}`, ...values)
  const before = read(`${wording('revisions')} FROM revisions WHERE id = ?`, edits?.first)
  const after =
    read(
      `${wording('revisions')} FROM revisions WHERE post_id = ? AND id > ? ORDER BY id LIMIT 1`,
      post,
      edits?.last,
    ) ?? read(`${wording('posts')} FROM posts WHERE id = ?`, post)
  return { times: edits?.times ?? 0, before: wordingOf(before), after: wordingOf(after) }
}

const wordingOf = (json: string | undefined): Wording => (json ? (JSON.parse(json) as Wording) : NO_WORDING)

const NO_WORDING: Wording = { heading: null, text: '', author: null, when: { from: null, to: null } }

/** Why a post is gone, and how many replies went with it. */
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

const NET_NAMES = (window: TimeWindow) => `WITH renames AS (
    SELECT min(id) AS first, max(id) AS last FROM events WHERE at >= ? AND at < ? AND kind = 'renamed' AND ${renameCondition(window)}
    GROUP BY group_id, member_id, field)
  SELECT groups.id AS grp, first.before, events.after, ${RENAME_COLUMNS}
  FROM renames JOIN events AS first ON first.id = renames.first JOIN events ON events.id = renames.last ${RENAME_JOINS}
  WHERE first.before <> events.after ORDER BY events.id`

/** New names of groups, by row id, and of members. */
export function netNames(
  sql: Statements,
  window: TimeWindow,
): { groups: ReadonlyMap<number, NewName[]>; members: NewName[] } {
  const { from, to, where } = window
  const groups = new Map<number, NewName[]>()
  const members: NewName[] = []
  const bindings = [from, to, ...where.values, ...where.values]
  for (const row of sql.rows<RenameRow & { grp: number | null }>(NET_NAMES(window), ...bindings)) {
    if (row.grp === null) members.push(renameOf(row))
    else groups.set(row.grp, [...(groups.get(row.grp) ?? []), renameOf(row)])
  }
  return { groups, members }
}
