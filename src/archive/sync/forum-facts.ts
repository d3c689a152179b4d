import { IN_LIST, type Statements } from '../database/statements.js'
import type { Pass } from './frontier.js'
import { numberedThreadRows, OF_FORUM, type ThreadRow, threadRows } from './thread-refs.js'
import { MAY_HAVE_SEEN, type Viewpoint } from './tombstones.js'

/** What the plan of a sync needs to know of the topics of the forums that the pass has read. */
export interface TopicFacts {
  /** Topics that their list no longer shows. */
  missing: readonly ThreadRow[]
  /** Topics that were seen without a reply that they had. */
  absent: readonly ThreadRow[]
  /** Topics that were read longest ago: their list does not show edits. */
  turn: readonly (ThreadRow & { row: number })[]
}

/** Bounds on topics that are read again in one pass. */
const MAX_MISSED = 100
const TURN_SIZE = 10

/** Topics of the forums that this pass has read. A topic outside of groups may be in any forum of the site. */
const IN_READ_FORUM = `(root.group_id IN (SELECT group_id FROM frontier WHERE target_id = ? AND task ->> '$.kind' = 'forum')
  OR (root.group_id IS NULL AND EXISTS (SELECT 1 FROM frontier WHERE target_id = ? AND task ->> '$.kind' = 'forum' AND group_id IS NULL)))`

/** Lists of topics of the pass: how many there are, and how many were read to their end, by group. */
const LISTS = `SELECT COALESCE(group_id, 0) AS grp, count(DISTINCT task ->> '$.home') AS lists,
    count(DISTINCT CASE WHEN task ->> '$.ended' = 1 THEN task ->> '$.home' END) AS ended
  FROM frontier WHERE target_id = ? AND state <> 'past' AND task ->> '$.kind' = 'forum' GROUP BY 1`

export function topicFacts(sql: Statements, viewpoint: Viewpoint): TopicFacts {
  const { pass } = viewpoint
  return { missing: missing(sql, viewpoint), absent: absent(sql, viewpoint), turn: turn(sql, pass, viewpoint.reader) }
}

/** Live topics that the complete lists of the pass do not show. */
function missing(sql: Statements, { pass, reader }: Viewpoint): ThreadRow[] {
  const lists = sql.rows<{ grp: number; lists: number; ended: number }>(LISTS, pass.target)
  const complete = lists.filter(({ lists, ended }) => lists === ended).map(({ grp }) => grp)
  const condition = `WHERE ${OF_FORUM('root')} AND root.status = 'live' AND COALESCE(root.group_id, 0) ${IN_LIST}
    AND COALESCE(root.last_capture_id, 0) <= ? AND root.site_id IN (SELECT site_id FROM posts WHERE last_capture_id > ?) AND ${MAY_HAVE_SEEN('root')}
    ORDER BY root.id LIMIT ?`
  return threadRows(sql, condition, JSON.stringify(complete), pass.after, pass.after, reader, MAX_MISSED)
}

/** Topics that this pass has seen whole, but without a reply that they had. */
function absent(sql: Statements, { pass, reader }: Viewpoint): ThreadRow[] {
  const condition = `WHERE ${OF_FORUM('root')} AND root.status = 'live' AND threads.view_capture_id > ?
    AND EXISTS (SELECT 1 FROM posts AS post WHERE post.thread_id = root.id AND post.status = 'live' AND post.last_capture_id <= ?
      AND ${MAY_HAVE_SEEN('post')}) ORDER BY root.id LIMIT ?`
  return threadRows(sql, condition, pass.after, pass.after, reader, MAX_MISSED)
}

function turn(sql: Statements, pass: Pass, reader: string): TopicFacts['turn'] {
  const condition = `WHERE ${OF_FORUM('root')} AND root.status = 'live' AND ${IN_READ_FORUM} AND ${MAY_HAVE_SEEN('root')}
    AND COALESCE(threads.view_capture_id, 0) <= ?
    ORDER BY max(COALESCE(threads.checked_at, ''), COALESCE(threads.whole_view_at, '')), root.id LIMIT ?`
  return numberedThreadRows(sql, condition, pass.target, pass.target, reader, pass.after, TURN_SIZE)
}
