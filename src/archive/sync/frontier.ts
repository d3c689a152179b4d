import { requestKey } from '../../model/capture.js'
import type { Instant } from '../../model/discussion.js'
import type { TargetOptions } from '../../model/sync.js'
import type { PassPlan, Task } from '../../model/task.js'
import { isSoughtReason } from '../../model/task-reasons.js'
import type { Statements } from '../database/statements.js'

export interface Pass {
  target: number
  startedAt: Instant
  /** It goes on where an earlier run stopped. */
  resumed: boolean
  /** Its last answer; null: none yet. */
  lastAnswerAt: Instant | null
  /** The last capture before it: what has a higher number was seen by it. */
  after: number
  plan: PassPlan
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
  begin(url: string, options: TargetOptions, first: Task, at: Instant, plan: PassPlan = WHOLE): Pass {
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
    const target = this.sql.row<TargetRow>(
      'SELECT id, pass_started_at, pass_after_id, pass_plan FROM targets WHERE url = ?',
      url,
    ) as TargetRow
    const { id } = target
    const pending = this.sql.one<number>("SELECT count(*) FROM frontier WHERE target_id = ? AND state = 'pending'", id)
    if (pending && target.pass_started_at && before === options.reader)
      return { ...passOf(target), resumed: true, lastAnswerAt: this.lastAnswer(id) }
    this.sql.run('DELETE FROM frontier WHERE target_id = ?', id)
    const after = this.sql.one<number | null>('SELECT max(id) FROM captures') ?? 0
    this.sql.run(
      `UPDATE targets SET pass_started_at = ?, pass_finished_at = NULL, pass_after_id = ?, pass_plan = ?, pass_stage = 0 WHERE id = ?`,
      at,
      after,
      JSON.stringify(plan),
      id,
    )
    const pass = { target: id, startedAt: at, resumed: false, lastAnswerAt: null, after, plan }
    this.add(pass, [first], null)
    return pass
  }

  /** Nothing is said of a target that is known. */
  register(url: string, options: TargetOptions, at: Instant): void {
    const sql = 'INSERT INTO targets (url, options, registered_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING'
    this.sql.run(sql, url, JSON.stringify(options), at)
  }

  unregister({ target }: Pass): void {
    this.sql.run('DELETE FROM frontier WHERE target_id = ?', target)
    this.sql.run('DELETE FROM targets WHERE id = ?', target)
  }

  /** How many of its stages a pass has begun: each adds tasks once, also where it was interrupted. */
  stage(pass: Pass): number {
    return this.sql.one<number>('SELECT pass_stage FROM targets WHERE id = ?', pass.target) ?? 0
  }

  beginStage(pass: Pass, stage: number, tasks: readonly Task[]): void {
    this.sql.run('UPDATE targets SET pass_stage = ? WHERE id = ?', stage, pass.target)
    this.add(pass, tasks, null)
  }

  /** What was asked in this pass and answered, oldest first. */
  tasks(pass: Pass, kind: Task['kind']): Task[] {
    const sql = "SELECT task FROM frontier WHERE target_id = ? AND task ->> '$.kind' = ? AND state = 'done' ORDER BY id"
    return this.sql.rows<{ task: string }>(sql, pass.target, kind).map(({ task }) => JSON.parse(task) as Task)
  }

  /** The same, of one group. */
  tasksOf(pass: Pass, group: number): Task[] {
    const sql = "SELECT task FROM frontier WHERE target_id = ? AND group_id = ? AND state = 'done' ORDER BY id"
    return this.sql.rows<{ task: string }>(sql, pass.target, group).map(({ task }) => JSON.parse(task) as Task)
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
    const row = this.sql.row<TargetRow & { finishedAt: Instant }>(
      `SELECT id, pass_started_at, pass_after_id, pass_plan, pass_finished_at AS finishedAt FROM targets
        WHERE url = ? AND pass_finished_at >= ? AND COALESCE(options ->> 'reader', 'visitor') = ?`,
      url,
      since,
      reader,
    )
    return row ? { ...passOf(row), finishedAt: row.finishedAt, resumed: true, lastAnswerAt: null } : null
  }

  /** A whole reading without gaps in its lists lets the next ones read a part only. */
  finish(pass: Pass, at: Instant): void {
    const gaps = this.failures(pass).some(({ task }) => task.kind !== 'text' && task.kind !== 'members')
    const isWhole = pass.plan.kind === 'whole' && !gaps
    this.sql.run(
      'UPDATE targets SET pass_finished_at = ?, full_read_at = COALESCE(?, full_read_at) WHERE id = ?',
      at,
      isWhole ? at : null,
      pass.target,
    )
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

interface TargetRow {
  id: number
  pass_started_at: Instant
  pass_after_id: number
  pass_plan: string | null
}

const WHOLE: PassPlan = { kind: 'whole' }

const passOf = ({ id, pass_started_at, pass_after_id, pass_plan }: TargetRow) => ({
  target: id,
  startedAt: pass_started_at,
  after: pass_after_id,
  plan: pass_plan === null ? WHOLE : (JSON.parse(pass_plan) as PassPlan),
})

/** Pages that are read twice in one pass, on purpose. */
function againOf(task: Task): string {
  if (task.kind === 'stream')
    return task.turn ? ' turn' : task.lookingBack ? ' again' : task.steppingBack ? ' before' : ''
  if (task.kind === 'thread' && isSoughtReason(task.reason))
    return task.second ? ` ${task.reason} again` : ` ${task.reason}`
  if (task.kind === 'thread' && task.second) return ' again'
  return 'without' in task && task.without ? ' without rest' : ''
}
