import { requestKey } from '../model/capture.js'
import type { Instant } from '../model/discussion.js'
import type { Task } from '../model/task.js'
import type { Statements } from './statements.js'

export interface Pass {
  target: number
  startedAt: Instant
  /** It goes on where an earlier run stopped. */
  resumed: boolean
  /** Its last answer; null: none yet. */
  lastAnswerAt: Instant | null
}

export interface PendingTask {
  id: number
  task: Task
  /** Row id of the group that it belongs to. */
  group: number | null
  /** An earlier run asked, and got no answer that could be used. */
  failedBefore: boolean
}

/** What is still to be asked for a target. It lies in the archive, so that a killed run loses nothing. */
export class FrontierStore {
  constructor(private readonly sql: Statements) {}

  /**
   * Goes on with the pass that was interrupted, or starts a new one: also where it is another reader, who may see more or less
   * than the one before.
   */
  begin(url: string, options: { reader: string }, first: Task, at: Instant): Pass {
    const before = this.sql.one<string>(
      "SELECT COALESCE(options ->> 'reader', 'visitor') FROM targets WHERE url = ?",
      url,
    )
    this.sql.run(
      'INSERT INTO targets (url, options, registered_at) VALUES (?, ?, ?) ON CONFLICT (url) DO UPDATE SET options = excluded.options',
      url,
      JSON.stringify(options),
      at,
    )
    const target = this.sql.row<{ id: number; pass_started_at: Instant | null }>(
      'SELECT id, pass_started_at FROM targets WHERE url = ?',
      url,
    )
    const id = target?.id ?? 0
    const pending = this.sql.one<number>("SELECT count(*) FROM frontier WHERE target_id = ? AND state = 'pending'", id)
    if (pending && target?.pass_started_at && before === options.reader)
      return { target: id, startedAt: target.pass_started_at, resumed: true, lastAnswerAt: this.lastAnswer(id) }
    this.sql.run('DELETE FROM frontier WHERE target_id = ?', id)
    this.sql.run('UPDATE targets SET pass_started_at = ?, pass_finished_at = NULL WHERE id = ?', at, id)
    const pass = { target: id, startedAt: at, resumed: false, lastAnswerAt: null }
    this.add(pass, [first], null)
    return pass
  }

  private lastAnswer(target: number): Instant | null {
    const sql = `SELECT max(captured_at) FROM captures JOIN frontier ON captures.id = frontier.capture_id
      WHERE frontier.target_id = ?`
    return this.sql.one<Instant | null>(sql, target) ?? null
  }

  /** The oldest that waits, but for those set aside in this run. */
  next(pass: Pass, aside: ReadonlySet<number>): PendingTask | null {
    const rows = this.sql.rows<{ id: number; task: string; group_id: number | null; reason: string | null }>(
      "SELECT id, task, group_id, reason FROM frontier WHERE target_id = ? AND state = 'pending' ORDER BY id LIMIT ?",
      pass.target,
      aside.size + 1,
    )
    const row = rows.find(candidate => !aside.has(candidate.id))
    if (!row) return null
    const task = JSON.parse(row.task) as Task
    return { id: row.id, task, group: row.group_id, failedBefore: row.reason !== null }
  }

  /** The youngest task: what is asked for later in this run has a higher number. */
  newest(pass: Pass): number {
    return this.sql.one<number>('SELECT max(id) FROM frontier WHERE target_id = ?', pass.target) ?? 0
  }

  /** What was asked in this pass is not asked again. */
  add(pass: Pass, tasks: readonly Task[], group: number | null): void {
    for (const task of tasks) {
      const key = requestKey(task.request) + againOf(task)
      this.sql.run(
        'INSERT INTO frontier (target_id, key, task, group_id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
        pass.target,
        key,
        JSON.stringify(task),
        group,
      )
    }
  }

  done(task: number, capture: number | null, group: number | null): void {
    this.sql.run(
      "UPDATE frontier SET state = 'done', reason = NULL, capture_id = ?, group_id = COALESCE(?, group_id) WHERE id = ?",
      capture,
      group,
      task,
    )
  }

  failed(task: number, reason: string, group: number | null): void {
    this.sql.run(
      "UPDATE frontier SET state = 'failed', reason = ?, group_id = COALESCE(?, group_id) WHERE id = ?",
      reason,
      group,
      task,
    )
  }

  /** What this pass has given up so far. */
  failures(pass: Pass): { task: Task; reason: string }[] {
    return this.sql
      .rows<{ task: string; reason: string }>(
        "SELECT task, reason FROM frontier WHERE target_id = ? AND state = 'failed' ORDER BY id",
        pass.target,
      )
      .map(({ task, reason }) => ({ task: JSON.parse(task) as Task, reason }))
  }

  /** It stays pending: the next run asks again. */
  postponed(task: number, reason: string, group: number | null): void {
    this.sql.run('UPDATE frontier SET reason = ?, group_id = COALESCE(?, group_id) WHERE id = ?', reason, group, task)
  }

  /**
   * What was asked in this pass when this capture came; null if it came in no answer of this pass, or by another route: where
   * REST has failed half-way, the pages begin anew.
   */
  askedFor(pass: Pass, capture: number | null, byRest: boolean): Task['kind'] | null {
    const route = "COALESCE(json_extract(task, '$.route'), '') = 'rest'"
    const sql = `SELECT json_extract(task, '$.kind') FROM frontier WHERE capture_id = ? AND target_id = ? AND (${route}) = ?`
    return this.sql.one<Task['kind']>(sql, capture, pass.target, Number(byRest)) ?? null
  }

  readSince(url: string, reader: string, since: Instant): (Pass & { finishedAt: Instant }) | null {
    const row = this.sql.row<{ id: number; startedAt: Instant; finishedAt: Instant }>(
      `SELECT id, pass_started_at AS startedAt, pass_finished_at AS finishedAt FROM targets WHERE url = ? AND pass_finished_at >= ?
        AND COALESCE(options ->> 'reader', 'visitor') = ?`,
      url,
      since,
      reader,
    )
    if (!row) return null
    const { id, ...times } = row
    return { target: id, ...times, resumed: true, lastAnswerAt: null }
  }

  finish(pass: Pass, at: Instant): void {
    this.sql.run('UPDATE targets SET pass_finished_at = ? WHERE id = ?', at, pass.target)
  }

  pending(pass: Pass): number {
    return (
      this.sql.one<number>("SELECT count(*) FROM frontier WHERE target_id = ? AND state = 'pending'", pass.target) ?? 0
    )
  }

  groups(pass: Pass): number[] {
    return this.sql
      .rows<{ id: number }>(
        'SELECT group_id AS id FROM frontier WHERE target_id = ? AND group_id IS NOT NULL GROUP BY group_id ORDER BY min(id)',
        pass.target,
      )
      .map(row => row.id)
  }
}

/** Pages that are read twice in one pass, on purpose. */
function againOf(task: Task): string {
  if (task.kind === 'stream') return task.lookingBack ? ' again' : task.steppingBack ? ' before' : ''
  if (task.kind === 'thread' && task.second) return ' again'
  return 'without' in task && task.without ? ' without rest' : ''
}
