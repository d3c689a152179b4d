import { isForumId } from '../../model/forum/posts.js'
import type { RequestExplanation, SyncExplanation } from '../../model/sync.js'
import type { Task } from '../../model/task.js'
import { TASK_REASONS, type TaskReason } from '../../model/task-reasons.js'
import type { Statements } from '../database/statements.js'
import { storedJson, TASK } from '../schema/stored-json.js'
import type { Pass } from './frontier.js'

interface ExplainedRow {
  id: string
  url: string
  status: string
  goneReason: string | null
  isRead: 0 | 1
  readAt: string | null
  task: string | null
}

const THREADS = `SELECT root.site_post_id AS id, root.url, root.status, root.gone_reason AS goneReason,
    root.last_capture_id > ? AS isRead, threads.whole_view_at AS readAt,
    (SELECT task FROM frontier WHERE capture_id = root.last_capture_id AND target_id = ?) AS task
  FROM threads JOIN posts AS root USING (id) WHERE root.status <> 'unread'
    AND (root.gone_at IS NULL OR root.gone_at >= ?)
    AND root.group_id IN (SELECT group_id FROM frontier WHERE target_id = ?)
  ORDER BY COALESCE(root.posted_from, root.posted_to, '9999') DESC, root.id DESC`

/** For each thread in the groups of the pass: whether the pass has read it, and why. Newest first. */
export const explainSync = (sql: Statements, pass: Pass): SyncExplanation[] =>
  sql
    .rows<ExplainedRow>(THREADS, pass.after, pass.target, pass.startedAt, pass.target)
    .map(({ id, url, isRead, ...row }) => ({ id, url, read: isRead === 1, why: whyOf(id, isRead === 1, row, pass) }))

function whyOf(
  id: string,
  isRead: boolean,
  { status, goneReason, readAt, task }: Omit<ExplainedRow, 'id' | 'url' | 'isRead'>,
  pass: Pass,
) {
  if (status === 'gone') return `gone: ${goneReason}`
  if (isRead) return readWhy(task === null ? null : storedJson(TASK, task, 'frontier.task'), pass)
  const before = readAt === null ? 'never read whole' : `last read ${readAt}`
  if (isForumId(id)) return `behind the part of its forum's list that has changed; ${before}`
  return pass.plan.kind === 'part'
    ? `older than the look-back, and not its turn; ${before}`
    : `not in the list; ${before}`
}

function readWhy(task: Task | null, { plan }: Pass): string {
  if (task?.kind === 'forum') return 'unchanged in the list of its forum'
  if (task?.reason === 'changed-topic') return 'changed in the list of its forum'
  if (task?.reason === 'turn') return 'its turn to be read again'
  if (task?.reason === 'new-replies') return 'new replies since the last sync'
  if (task?.reason === 'missed') return 'missing from its list, so requested by itself'
  if (task?.reason === 'off-list') return 'on no list, so requested by itself'
  if (task?.reason === 'absent') return 'a reply was absent, so requested by itself'
  return plan.kind === 'whole' ? 'all is read' : `in the list since ${plan.since.slice(0, 10)}`
}

/** Why the requests of a pass were made: those that had a response, and those that failed. */
export const explainRequests = (sql: Statements, pass: Pass): RequestExplanation[] =>
  sql
    .rows<{ reason: TaskReason; requests: number }>(
      `SELECT task ->> '$.reason' AS reason, count(*) AS requests FROM frontier
        WHERE target_id = ? AND state NOT IN ('pending', 'past') GROUP BY task ->> '$.reason' ORDER BY min(id)`,
      pass.target,
    )
    .map(({ reason, requests }) => ({ why: TASK_REASONS[reason], requests }))
