import type { Instant } from '../../model/discussion.js'
import type { Registered } from '../../model/sync.js'
import { hasColumn } from '../database/capabilities.js'
import type { Statements } from '../database/statements.js'

interface Row {
  id: number
  url: string
  options: string
  fullReadAt: Instant | null
  lastBegunAt: Instant | null
}

/** Before schema 4, `fullRead` is the end of the last reading, as its migration has it. */
const targets = (fullRead: 'full_read_at' | 'pass_finished_at') => `SELECT id, url, options, ${fullRead} AS fullReadAt,
  CASE WHEN pass_finished_at IS NULL THEN ${fullRead} ELSE pass_started_at END AS lastBegunAt FROM targets WHERE url = COALESCE(?, url) ORDER BY id`

/** What its last reading met: the groups of its frontier. A thread that was named alone lies in none of them. */
const THREADS = `SELECT count(*) FROM posts WHERE id = thread_id AND status = 'live'
  AND group_id IN (SELECT group_id FROM frontier WHERE target_id = ?)`

/** All that was ever archived, in the order in which it was; or the one with this address. */
export const registeredTargets = (sql: Statements, url: string | null): Registered[] =>
  sql
    .rows<Row>(targets(hasColumn(sql, 'targets', 'full_read_at') ? 'full_read_at' : 'pass_finished_at'), url)
    .map(({ id, options, ...row }) => ({
      ...row,
      options: JSON.parse(options) as Registered['options'],
      threads: sql.one<number>(THREADS, id) ?? 0,
    }))
