import type { Instant } from '../../model/discussion.js'
import { sliced } from '../database/slices.js'
import type { Statements } from '../database/statements.js'
import { lastRunWindow, runWindowsAt, skewOf } from '../history/run-windows.js'
import type { TimeWindow } from '../history/time-window.js'

/** Where a post that was seen first in the span belongs in a digest. */
export const SECTION = { oldNotice: 0, notice: 1, thread: 2, reply: 3, earlier: 4, backlog: 5 } as const

export interface NewPostCount {
  /** Row id of the group; 0: outside all groups. */
  grp: number
  section: number
  opens: 0 | 1
  /** Notices only. */
  type: string | null
  posts: number
  from: Instant | null
  to: Instant | null
}

export interface NewPosts {
  counts: NewPostCount[]
  /** Row ids, in the order in which they are told. */
  of(group: number, section: number): number[]
}

/**
 * Posts that the archive has seen first in the span, sorted by what they are. `notices`: types of opening posts that are no
 * discussion.
 */
export function newPosts(sql: Statements, span: TimeWindow, notices: readonly string[]): NewPosts {
  const fresh = freshSql(span)
  const known = { notices: JSON.stringify(notices), looks: JSON.stringify(baselinesOf(sql, span)) }
  const values = [...span.where.values, { ...known, from: span.from, to: span.to }]
  const counts = sql.rows<NewPostCount>(`${fresh} ${COUNTS}`, ...values)
  const ids = sql.column<number>(`${fresh} ${IDS}`, ...values)
  const listed = counts.filter(({ section }) => LISTED.includes(section))
  const parts = sliced(
    ids,
    listed.map(count => ({ key: `${count.grp} ${count.section}`, size: count.posts })),
  )
  return { counts, of: (group, section) => parts.get(`${group} ${section}`) ?? [] }
}

const LISTED: readonly number[] = [SECTION.thread, SECTION.reply, SECTION.earlier]

/** A date that is an interval is later than the look if it may be. */
const isNews = (table: string) => `COALESCE(COALESCE(${table}.posted_to, ${table}.posted_from) > looks.at, 0)`
const isFresh = (table: string) =>
  `${table}.first_seen_at >= @from AND ${table}.first_seen_at < @to AND ${table}.status <> 'unread'`
const isNotice = (table: string) => `${table}.type IN (SELECT value FROM json_each(@notices))`

/** A reply that is news may stand in a thread that is none; what stands in a new thread is told with it, whatever its date. */
const freshSql = ({ where }: TimeWindow) => `
  WITH looks AS MATERIALIZED (SELECT value ->> 0 AS grp, value ->> 1 AS at, value ->> 2 AS held FROM json_each(@looks)),
  fresh AS (
    SELECT posts.id, posts.thread_id AS thread, COALESCE(threads.group_id, 0) AS grp, posts.type, posts.posted_from, posts.posted_to,
      posts.id = posts.thread_id AS opens,
      CASE WHEN posts.id = posts.thread_id AND ${isNotice('posts')} THEN ${isNews('posts')}
        WHEN ${isFresh('threads')} AND ${isNews('threads')} AND NOT ${isNotice('threads')} THEN ${SECTION.thread}
        WHEN posts.id <> posts.thread_id AND ${isNews('posts')} THEN ${SECTION.reply}
        WHEN looks.held THEN ${SECTION.earlier} ELSE ${SECTION.backlog} END AS section
    FROM posts JOIN posts AS threads ON threads.id = posts.thread_id
    LEFT JOIN looks ON looks.grp = COALESCE(threads.group_id, 0)
    WHERE ${isFresh('posts')} AND ${where.sql})`

const COUNTS = `SELECT grp, section, opens, CASE WHEN section = ${SECTION.notice} THEN type END AS type, count(*) AS posts,
    min(COALESCE(posted_from, posted_to)) AS "from", max(COALESCE(posted_to, posted_from)) AS "to"
  FROM fresh GROUP BY 1, 2, 3, 4 ORDER BY grp, section`

const IDS = `SELECT fresh.id FROM fresh JOIN posts AS threads ON threads.id = fresh.thread JOIN posts ON posts.id = fresh.id
  WHERE fresh.section IN (${LISTED.join(', ')})
  ORDER BY grp, section, COALESCE(threads.posted_from, threads.posted_to, '9999'), CAST(threads.activity_id AS INTEGER), fresh.thread,
    NOT opens, COALESCE(posts.posted_from, posts.posted_to, '9999'), CAST(posts.activity_id AS INTEGER), fresh.id`

/** Of each group with fresh posts: since when a post of it is news, and whether anything of it was held before. */
function baselinesOf(sql: Statements, span: TimeWindow): [number, Instant, 0 | 1][] {
  const { from, to, where } = span
  const groups = sql.rows<{ id: number | null; url: string | null; site: string }>(
    `SELECT groups.id, groups.url, sites.key AS site FROM (SELECT threads.group_id, min(threads.site_id) AS site_id FROM posts
        JOIN posts AS threads ON threads.id = posts.thread_id
        WHERE posts.first_seen_at >= ? AND posts.first_seen_at < ? AND ${where.sql} GROUP BY threads.group_id) AS fresh
      JOIN sites ON sites.id = fresh.site_id LEFT JOIN groups ON groups.id = fresh.group_id`,
    from,
    to,
    ...where.values,
  )
  const looks = runWindowsAt(sql, new Set(groups.flatMap(({ url }) => url ?? [])), from)
  const last = lastRunWindow(sql, from) ?? from
  return groups.map(({ id, url, site }) => {
    const held = isKnownBefore(sql, id, from)
    // Nobody has looked at it before: then the period itself tells what is new.
    const look = held ? (looks.get(url ?? '') ?? last) : from
    return [id ?? 0, inSiteTime(look, skewOf(sql, site, look)), held ? 1 : 0]
  })
}

/** The same moment by the site's clock. */
const inSiteTime = (at: Instant, skew: number): Instant => {
  const time = Date.parse(at.endsWith('Z') ? at : `${at}Z`) + skew
  return Math.abs(time) < 8.64e15 ? new Date(time).toISOString() : at
}

function isKnownBefore(sql: Statements, group: number | null, before: Instant): boolean {
  const query = "SELECT 1 FROM posts WHERE group_id IS ? AND first_seen_at < ? AND status <> 'unread' LIMIT 1"
  return sql.one<number>(query, group, before) === 1
}
