import type { Instant } from '../../model/discussion.js'
import type { Registered } from '../../model/sync.js'
import { hasColumn } from '../database/capabilities.js'
import type { Statements } from '../database/statements.js'

interface TargetRow {
  id: number
  url: string
  options: string
  fullReadAt: Instant | null
  lastBegunAt: Instant | null
}

/** Before schema 4, `fullRead` is the end of the last pass, as in the migration to schema 4. */
const targets = (fullRead: 'full_read_at' | 'pass_finished_at') => `SELECT id, url, options, ${fullRead} AS fullReadAt,
  CASE WHEN pass_finished_at IS NULL THEN ${fullRead} ELSE pass_started_at END AS lastBegunAt FROM targets WHERE url = COALESCE(?, url) ORDER BY id`

/** Live threads in the groups that the last pass met. A target that is one thread has no such group, and counts 0. */
const THREADS = `SELECT count(*) FROM posts WHERE id = thread_id AND status = 'live'
  AND group_id IN (SELECT group_id FROM frontier WHERE target_id = ?)`

/** All targets, in the order in which they were added; or only the one with this URL. */
export const registeredTargets = (sql: Statements, url: string | null): Registered[] =>
  sql
    .rows<TargetRow>(targets(hasColumn(sql, 'targets', 'full_read_at') ? 'full_read_at' : 'pass_finished_at'), url)
    .map(({ id, options, ...row }) => ({
      ...row,
      options: JSON.parse(options) as Registered['options'],
      threads: sql.one<number>(THREADS, id) ?? 0,
    }))
