import type { Instant } from '../../model/discussion.js'
import type { Task } from '../../model/task.js'
import type { Statements } from '../database/statements.js'
import { storedJson, TASK } from '../schema/stored-json.js'

/** What is needed here of a pass. */
interface Pass {
  target: number
  startedAt: Instant
}

/** A request without a usable response, and why. Its task holds since when. */
interface FailedTask {
  task: Task
  reason: string
}

/** The task without what the archive has noted in it: a task that follows from it is made of its fields. */
export const plainTask = (task: Task): Task =>
  Object.fromEntries(
    Object.entries(task).filter(([name]) => !['failedSince', 'ended', 'counted'].includes(name)),
  ) as unknown as Task

/**
 * Requests that failed. In its own pass the state of such a task is `pending` until the next run retries it, then `failed`. The next
 * pass keeps it as `past` until it makes the same request again, so that a gap is known with the time since when it exists.
 */
export class GapStore {
  constructor(private readonly sql: Statements) {}

  /** Removes all tasks of the last pass of a target, except for those that failed. */
  keep(target: number): void {
    this.sql.run("DELETE FROM frontier WHERE target_id = ? AND state NOT IN ('failed', 'past')", target)
    this.sql.run("UPDATE frontier SET state = 'past' WHERE target_id = ?", target)
  }

  /** Removes the request from the gaps of earlier passes. Returns since when it has failed; undefined: it is not among them. */
  take({ target }: Pass, key: string): Instant | undefined {
    const row = this.sql.row<{ id: number; since: Instant | null }>(
      "SELECT id, task ->> '$.failedSince' AS since FROM frontier WHERE target_id = ? AND key = ? AND state = 'past'",
      target,
      key,
    )
    if (row) this.sql.run('DELETE FROM frontier WHERE id = ?', row.id)
    return row?.since ?? undefined
  }

  /** Records that a task failed: for this pass (`failed`), or until the next run retries it (`pending`). */
  failed(task: number, state: 'failed' | 'pending', reason: string, group: number | null, at: Instant): void {
    this.sql.run(
      `UPDATE frontier SET state = ?, reason = ?, group_id = COALESCE(?, group_id),
        task = json_set(task, '$.failedSince', COALESCE(task ->> '$.failedSince', ?)) WHERE id = ?`,
      state,
      reason,
      group,
      at,
      task,
    )
  }

  /** Notes how many threads the site counts in a list that did not show all of them: its group is not whole. */
  notShown(task: number, counted: number): void {
    this.sql.run("UPDATE frontier SET task = json_set(task, '$.counted', ?) WHERE id = ?", counted, task)
  }

  /** Failed tasks of this pass with their reasons, oldest first. */
  failures(pass: Pass): FailedTask[] {
    return this.inState(pass, 'failed')
  }

  /** Gaps of earlier passes that this pass has not requested again, those first that were requested longest ago. */
  past(pass: Pass): FailedTask[] {
    return this.inState(pass, 'past')
  }

  private inState(pass: Pass, state: 'failed' | 'past'): FailedTask[] {
    return this.sql
      .rows<{ task: string; reason: string }>(
        'SELECT task, reason FROM frontier WHERE target_id = ? AND state = ? ORDER BY id',
        pass.target,
        state,
      )
      .map(({ task, reason }) => ({ task: storedJson(TASK, task, 'frontier.task'), reason }))
  }

  /**
   * True if a list of the pass has a gap that no earlier pass had. An old gap must not make each sync read everything again. The
   * target itself is no part of a list: without it nothing was read.
   */
  hasNewInLists(pass: Pass): boolean {
    return this.failures(pass).some(
      ({ task: { kind, failedSince = pass.startedAt } }) =>
        kind === 'target' || (kind !== 'text' && kind !== 'members' && failedSince >= pass.startedAt),
    )
  }

  dropPast({ target }: Pass): void {
    this.sql.run("DELETE FROM frontier WHERE target_id = ? AND state = 'past'", target)
  }

  /** Notes that a list was read to its end, for that of a group: except for pages that could not be read. */
  markEnded(task: number): void {
    this.sql.run("UPDATE frontier SET task = json_set(task, '$.ended', json('true')) WHERE id = ?", task)
  }

  /**
   * True if the list of the group was read to its end, and no page of it is left that could not be read. Nobody knows to which group
   * the page of a group belongs that gave no response.
   */
  isWholeAtLast({ target }: Pass, group: number): boolean {
    // Each page of a list asks: almost all of them have a next page, which is among the few open requests.
    if (this.sql.row(OPEN_LIST, target, group) !== undefined) return false
    return this.sql.row(ENDED_LIST, target, group) !== undefined
  }
}

const OF_LIST = "task ->> '$.kind' IN ('stream', 'group', 'target')"

const OPEN_LIST = `SELECT 1 FROM frontier WHERE target_id = ? AND state IN ('pending', 'failed') AND (group_id = ? OR group_id IS NULL)
  AND ${OF_LIST} LIMIT 1`

const ENDED_LIST = `SELECT 1 FROM frontier WHERE target_id = ? AND state = 'done' AND group_id = ?
  AND ${OF_LIST} AND task ->> '$.ended' = 1 LIMIT 1`
