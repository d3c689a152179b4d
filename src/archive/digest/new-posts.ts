import type { Instant } from '../../model/discussion.js'
import { sliced } from '../database/slices.js'
import type { Statements } from '../database/statements.js'
import { clockSkew, lastReadTimes, lastRunStart } from '../history/run-windows.js'
import type { TimeWindow } from '../history/time-window.js'
import { HELD_MIRRORS } from '../query/mirrors.js'

/** Section of a digest in which a new post is listed (thread, reply, earlier) or only counted (notice, backlog). */
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
  /** Row ids of one section of a group, in the order of the digest. */
  of(group: number, section: number): Float64Array
}

/**
 * Posts that the archive first saw in the window, by group and section. `notices`: types of opening posts that are not
 * discussions.
 */
export function findNewPosts(sql: Statements, window: TimeWindow, notices: readonly string[]): NewPosts {
  const cte = newPostsCte(window)
  const parameters = { notices: JSON.stringify(notices), baselines: JSON.stringify(baselinesOf(sql, window)) }
  const values = [...window.where.values, { ...parameters, from: window.from, to: window.to }]
  const counts = sql.rows<NewPostCount>(`${cte} ${COUNTS}`, ...values)
  const ids = sql.ids(`${cte} ${IDS}`, ...values)
  const listed = counts.filter(({ section }) => LISTED.includes(section))
  const parts = sliced(
    ids,
    listed.map(count => ({ key: `${count.grp} ${count.section}`, size: count.posts })),
  )
  return { counts, of: (group, section) => parts.get(`${group} ${section}`) ?? NONE }
}

const NONE = new Float64Array()

const LISTED: readonly number[] = [SECTION.thread, SECTION.reply, SECTION.earlier]

/** A post is news if it was written after the group's baseline. Of an interval, its end counts. */
const isNews = (table: string) => `COALESCE(COALESCE(${table}.posted_to, ${table}.posted_from) > baselines.at, 0)`
const isNew = (table: string) =>
  `${table}.first_seen_at >= @from AND ${table}.first_seen_at < @to AND ${table}.status <> 'unread'`
const isNotice = (table: string) => `${table}.type IN (SELECT value FROM json_each(@notices))`

/** Items that repeat a post of a forum are left out. A new reply may belong to a thread that is not new. All replies of a new thread are listed with it, whatever their dates. */
const newPostsCte = ({ where }: TimeWindow) => `
  WITH baselines AS MATERIALIZED (SELECT value ->> 0 AS grp, value ->> 1 AS at, value ->> 2 AS known FROM json_each(@baselines)),
  new_posts AS (
    SELECT posts.id, posts.thread_id AS thread, COALESCE(threads.group_id, 0) AS grp, posts.type, posts.posted_from, posts.posted_to,
      posts.id = posts.thread_id AS opens,
      CASE WHEN posts.id = posts.thread_id AND ${isNotice('posts')} THEN ${isNews('posts')}
        WHEN ${isNew('threads')} AND ${isNews('threads')} AND NOT ${isNotice('threads')} THEN ${SECTION.thread}
        WHEN posts.id <> posts.thread_id AND ${isNews('posts')} THEN ${SECTION.reply}
        WHEN baselines.known THEN ${SECTION.earlier} ELSE ${SECTION.backlog} END AS section
    FROM posts JOIN posts AS threads ON threads.id = posts.thread_id
    LEFT JOIN baselines ON baselines.grp = COALESCE(threads.group_id, 0)
    WHERE ${isNew('posts')} AND posts.id NOT IN (${HELD_MIRRORS}) AND ${where.sql})`

const COUNTS = `SELECT grp, section, opens, CASE WHEN section = ${SECTION.notice} THEN type END AS type, count(*) AS posts,
    min(COALESCE(posted_from, posted_to)) AS "from", max(COALESCE(posted_to, posted_from)) AS "to"
  FROM new_posts GROUP BY 1, 2, 3, 4 ORDER BY grp, section`

const IDS = `SELECT new_posts.id FROM new_posts JOIN posts AS threads ON threads.id = new_posts.thread JOIN posts ON posts.id = new_posts.id
  WHERE new_posts.section IN (${LISTED.join(', ')})
  ORDER BY grp, section, COALESCE(threads.posted_from, threads.posted_to, '9999'), CAST(threads.site_post_id AS INTEGER), new_posts.thread,
    NOT opens, COALESCE(posts.posted_from, posts.posted_to, '9999'), CAST(posts.site_post_id AS INTEGER), new_posts.id`

/**
 * For each group with new posts: its baseline, after which a post of it is news, and whether the archive had posts of it before.
 * The baseline is the start of the last run that read the group before the window; without one, the start of the window.
 */
function baselinesOf(sql: Statements, window: TimeWindow): [number, Instant, 0 | 1][] {
  const { from, to, where } = window
  const groups = sql.rows<{ id: number | null; url: string | null; site: string }>(
    `SELECT groups.id, groups.url, sites.key AS site FROM (SELECT threads.group_id, min(threads.site_id) AS site_id FROM posts
        JOIN posts AS threads ON threads.id = posts.thread_id
        WHERE posts.first_seen_at >= ? AND posts.first_seen_at < ? AND ${where.sql} GROUP BY threads.group_id) AS new_posts
      JOIN sites ON sites.id = new_posts.site_id LEFT JOIN groups ON groups.id = new_posts.group_id`,
    from,
    to,
    ...where.values,
  )
  const baselines = lastReadTimes(sql, new Set(groups.flatMap(({ url }) => url ?? [])), from)
  const last = lastRunStart(sql, from) ?? from
  return groups.map(({ id, url, site }) => {
    const known = isKnownBefore(sql, id, from)

    const baseline = known ? (baselines.get(url ?? '') ?? last) : from
    return [id ?? 0, inSiteTime(baseline, clockSkew(sql, site, baseline)), known ? 1 : 0]
  })
}

/** The same instant by the site's clock. `skew` is in milliseconds. */
const inSiteTime = (at: Instant, skew: number): Instant => {
  const time = Date.parse(at.endsWith('Z') ? at : `${at}Z`) + skew
  return Math.abs(time) < 8.64e15 ? new Date(time).toISOString() : at
}

function isKnownBefore(sql: Statements, group: number | null, before: Instant): boolean {
  const query = "SELECT 1 FROM posts WHERE group_id IS ? AND first_seen_at < ? AND status <> 'unread' LIMIT 1"
  return sql.one<number>(query, group, before) === 1
}
