import type { Instant } from '../model/discussion.js'
import type { Registered } from '../model/sync.js'
import type { Statements } from './statements.js'

interface Row {
  id: number
  url: string
  options: string
  fullReadAt: Instant | null
  lastBegunAt: Instant | null
}

const TARGETS = `SELECT id, url, options, full_read_at AS fullReadAt,
  CASE WHEN pass_finished_at IS NULL THEN full_read_at ELSE pass_started_at END AS lastBegunAt FROM targets ORDER BY id`

/** What its last reading met: the groups of its frontier. A thread that was named alone lies in none of them. */
const THREADS = `SELECT count(*) FROM posts WHERE id = thread_id AND status = 'live'
  AND group_id IN (SELECT group_id FROM frontier WHERE target_id = ?)`

/** All that was ever archived, in the order in which it was. */
export const registeredTargets = (sql: Statements): Registered[] =>
  sql.rows<Row>(TARGETS).map(({ id, options, ...row }) => ({
    ...row,
    options: JSON.parse(options) as Registered['options'],
    threads: sql.one<number>(THREADS, id) ?? 0,
  }))
