import type { Instant } from '../../model/discussion.js'
import type { Registered } from '../../model/sync.js'
import type { Statements } from '../database/statements.js'
import { OPTIONS, storedJson } from '../schema/stored-json.js'

interface TargetRow {
  id: number
  url: string
  options: string
  fullReadAt: Instant | null
  lastBegunAt: Instant | null
}

const TARGETS = `SELECT id, url, options, full_read_at AS fullReadAt,
  CASE WHEN pass_finished_at IS NULL THEN full_read_at ELSE pass_started_at END AS lastBegunAt FROM targets WHERE url = COALESCE(?, url) ORDER BY id`

/** Live threads in the groups that the last pass met. A target that is one thread has no such group, and counts 0. */
const THREADS = `SELECT count(*) FROM posts WHERE id = thread_id AND status = 'live'
  AND group_id IN (SELECT group_id FROM frontier WHERE target_id = ?)`

/** All targets, in the order in which they were added; or only the one with this URL. */
export const registeredTargets = (sql: Statements, url: string | null): Registered[] =>
  sql.rows<TargetRow>(TARGETS, url).map(({ id, options, ...row }) => ({
    ...row,
    options: storedJson(OPTIONS, options, 'targets.options'),
    threads: sql.one<number>(THREADS, id) ?? 0,
  }))
