import type { Page, TopicRow } from '../../model/page.js'
import type { Statements } from '../database/statements.js'
import type { PageResult } from './page-result.js'
import type { PageScope } from './page-scope.js'
import type { WriteContext } from './reading.js'

interface KnownTopic {
  row: number
  id: string
  status: string
  /** Row id. */
  inGroup: number | null
  heading: string | null
  /** Null: it was never seen whole. */
  wholeViewAt: string | null
  claimed: number | null
  /** The number that its list showed before. */
  told: number | null
  live: number
}

const KNOWN = `SELECT root.id AS row, root.site_post_id AS id, root.status, root.group_id AS inGroup, root.heading, threads.whole_view_at AS wholeViewAt,
    threads.claimed, threads.told_replies AS told,
    (SELECT count(*) FROM posts WHERE thread_id = root.id AND status = 'live') AS live
  FROM posts AS root JOIN threads ON threads.id = root.id
  WHERE root.site_id = ? AND root.site_post_id IN (SELECT value FROM json_each(?))`

/**
 * Notes which topics a list shows, and with how many replies. Returns the ids of those that have to be read: they are not held whole, or
 * the list shows another number, a newer reply, or another title, or is that of another group. `group`: row id.
 */
export function noteTopics(
  sql: Statements,
  rows: readonly TopicRow[],
  group: number | null,
  context: WriteContext,
): Pick<PageResult, 'changedTopics' | 'heldTopics'> {
  const known = new Map(
    sql.rows<KnownTopic>(KNOWN, context.site, JSON.stringify(rows.map(({ id }) => id))).map(topic => [topic.id, topic]),
  )
  const changed = rows
    .filter(row => isChanged(sql, row, known.get(row.id), context) || isMoved(known.get(row.id), group))
    .map(({ id }) => id)
  for (const row of rows) {
    const topic = known.get(row.id)
    if (topic && topic.status === 'live') sawTopic(sql, topic, row, context)
  }
  const held = group === null ? undefined : sql.one<number>(LIVE, group)
  return { changedTopics: [...new Set(changed)], ...(held !== undefined && { heldTopics: held }) }
}

const LIVE = "SELECT count(*) FROM posts WHERE group_id = ? AND id = thread_id AND type = 'topic' AND status = 'live'"

function isChanged(sql: Statements, row: TopicRow, topic: KnownTopic | undefined, { site }: WriteContext): boolean {
  if (topic?.status !== 'live' || topic.wholeViewAt === null) return true
  if (row.count !== null && !isSameCount(row.count, topic)) return true
  if (row.title !== null && topic.heading !== null && row.title !== topic.heading) return true
  return (topic.claimed ?? 0) > topic.live || (row.last !== null && !holds(sql, site, `bbp:${row.last}`))
}

/** A topic that was moved to the forum of another group has another address, too. */
const isMoved = (topic: KnownTopic | undefined, group: number | null): boolean =>
  group !== null && topic !== undefined && topic.inGroup !== group

/** A list counts replies or posts, as the site sets it: the number that it showed before says which; the first time either will do. */
const isSameCount = (count: number, { told, live }: KnownTopic): boolean =>
  told === null ? count === live || count === live - 1 : count === told

const holds = (sql: Statements, site: number, id: string): boolean =>
  sql.row("SELECT 1 FROM posts WHERE site_id = ? AND site_post_id = ? AND status = 'live'", site, id) !== undefined

/** A list shows that the topic is there, not what it says. */
function sawTopic(sql: Statements, { row, told }: KnownTopic, { count }: TopicRow, context: WriteContext): void {
  const { at, run, capture, reader } = context
  sql.run(SAW, at, run, capture, row, at)
  sql.run(SIGHTING, row, reader, at, at)
  if (count !== null && count !== told && !context.isImported)
    sql.update('threads', row, { told_replies: count, told_capture_id: capture })
}

const SAW = `UPDATE posts SET last_seen_at = ?, last_run_id = ?, last_capture_id = ?, missed_at = NULL
  WHERE id = ? AND last_seen_at <= ?`

const SIGHTING = `INSERT INTO sightings (post_id, reader, first_seen_at, last_seen_at) VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET first_seen_at = min(first_seen_at, excluded.first_seen_at),
    last_seen_at = max(last_seen_at, excluded.last_seen_at)`

/**
 * A topic on several pages has been seen whole with the last of them, in whatever order they came. What the pages have shown less than their
 * pager counts is missing.
 */
export function noteTopicView(sql: Statements, page: Page, { known, context, pass }: PageScope): void {
  const [view] = page.threads
  const root = view && known.find(view.id)
  if (!root || view.whole || view.claimed === null) return
  // An older page that is imported later says nothing about the last view.
  if (context.isImported && context.at < (root.whole_view_at ?? '')) return
  const seen = sql.row<{ posts: number; since: string }>(SEEN_IN_PASS, root.id, pass.after)
  if (!seen || seen.posts === 0 || (page.more && seen.posts < view.claimed)) return
  sql.update('threads', root.id, {
    claimed: view.claimed,
    whole_view_at: seen.since,
    whole_view_in: 'stream',
    view_capture_id: context.capture,
  })
}

const SEEN_IN_PASS = `SELECT count(*) AS posts, COALESCE(min(last_seen_at), '') AS since FROM posts
  WHERE thread_id = ? AND status = 'live' AND last_capture_id > ?`
