import { addressKey } from '../../model/addresses.js'
import type { Instant } from '../../model/discussion.js'
import type { TargetOptions } from '../../model/sync.js'
import type { PassPlan, Task } from '../../model/task.js'
import { IN_LIST, type Statements } from '../database/statements.js'
import { PLAN, storedJson, TASK } from '../schema/stored-json.js'
import { frontierKey } from './frontier-key.js'
import { GapStore, plainTask } from './gaps.js'
import { isOfAny, leftOut } from './left-out-groups.js'

export interface Pass {
  target: number
  startedAt: Instant
  /** True if the pass continues where an earlier run stopped. */
  resumed: boolean
  /** Time of its last capture; null: none yet. */
  lastAnswerAt: Instant | null
  /** Id of the last capture before the pass began: captures with higher ids may belong to the pass. Ids do not depend on clocks. */
  after: number
  plan: PassPlan
}

export interface PendingTask {
  id: number
  task: Task
  /** Row id of the group that the task belongs to. */
  group: number | null
  /** True if an earlier run made the request and got no usable response. */
  failedBefore: boolean
}

/** The tasks of each target's current pass. They are stored in the archive, so that a killed run loses none. */
export class FrontierStore {
  readonly gaps: GapStore

  constructor(private readonly sql: Statements) {
    this.gaps = new GapStore(sql)
  }

  /**
   * Resumes the interrupted pass over this target, or starts a new one. A different reader always starts a new pass, because
   * readers may see different posts.
   */
  begin(url: string, options: TargetOptions, first: Task, at: Instant, plan: PassPlan = WHOLE): Pass {
    const before = this.sql.one<string>(
      "SELECT COALESCE(options ->> 'reader', 'visitor') FROM targets WHERE url = ?",
      url,
    )
    this.sql.run(SET_OPTIONS, url, JSON.stringify(options), at)
    const target = this.sql.row<TargetRow>(
      'SELECT id, pass_started_at, pass_after_id, pass_plan FROM targets WHERE url = ?',
      url,
    ) as TargetRow
    const { id } = target
    const pending = this.sql.one<number>("SELECT count(*) FROM frontier WHERE target_id = ? AND state = 'pending'", id)
    if (pending && target.pass_started_at && before === options.reader)
      return { ...passOf(target), resumed: true, lastAnswerAt: this.lastAnswer(id) }
    if (before === options.reader) this.gaps.keep(id)
    else this.sql.run('DELETE FROM frontier WHERE target_id = ?', id)
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

  /** Adds a target. Does nothing if the target exists already. */
  register(url: string, options: TargetOptions, at: Instant): void {
    const sql = 'INSERT INTO targets (url, options, registered_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING'
    this.sql.run(sql, url, JSON.stringify(options), at)
  }

  unregister({ target }: Pick<Pass, 'target'>): void {
    this.sql.run('DELETE FROM frontier WHERE target_id = ?', target)
    this.sql.run('DELETE FROM targets WHERE id = ?', target)
  }

  remove(url: string): void {
    const target = this.sql.one<number>('SELECT id FROM targets WHERE url = ?', url)
    if (target !== undefined) this.unregister({ target })
  }

  /** Gives a target another URL; if there is a target with it, the target is deleted. */
  respell(from: string, to: string): void {
    const other = this.sql.one<number>('SELECT id FROM targets WHERE url = ?', to)
    const own = this.sql.one<number>('SELECT id FROM targets WHERE url = ?', from)
    if (own === undefined || own === other) return
    if (other === undefined) return void this.sql.run('UPDATE targets SET url = ? WHERE id = ?', to, own)
    this.unregister({ target: own })
  }

  /** Number of stages that the pass has begun. It is stored, so that a resumed pass does not add the tasks of a stage again. */
  stage(pass: Pass): number {
    return this.sql.one<number>('SELECT pass_stage FROM targets WHERE id = ?', pass.target) ?? 0
  }

  beginStage(pass: Pass, stage: number, tasks: readonly Task[]): void {
    this.sql.run('UPDATE targets SET pass_stage = ? WHERE id = ?', stage, pass.target)
    this.add(pass, tasks, null)
  }

  /** Finished tasks of this kind in this pass, oldest first. */
  tasks(pass: Pass, kind: Task['kind']): Task[] {
    const sql = "SELECT task FROM frontier WHERE target_id = ? AND task ->> '$.kind' = ? AND state = 'done' ORDER BY id"
    return this.sql
      .rows<{ task: string }>(sql, pass.target, kind)
      .map(({ task }) => storedJson(TASK, task, 'frontier.task'))
  }

  /** Finished tasks of this group in this pass, oldest first. */
  tasksOf(pass: Pass, group: number): Task[] {
    const sql = "SELECT task FROM frontier WHERE target_id = ? AND group_id = ? AND state = 'done' ORDER BY id"
    return this.sql
      .rows<{ task: string }>(sql, pass.target, group)
      .map(({ task }) => storedJson(TASK, task, 'frontier.task'))
  }

  private lastAnswer(target: number): Instant | null {
    const sql = `SELECT max(captured_at) FROM captures JOIN frontier ON captures.id = frontier.capture_id
      WHERE frontier.target_id = ?`
    return this.sql.one<Instant | null>(sql, target) ?? null
  }

  /** True if this pass has another list of replies of BuddyBoss to the thread that was not read to its end. */
  hasOtherReplies(pass: Pass, thread: string, task: number): boolean {
    const sql = `SELECT 1 FROM frontier WHERE target_id = ? AND state IN ('pending', 'failed') AND id <> ?
      AND task ->> '$.kind' = 'replies' AND task ->> '$.id' = ? LIMIT 1`
    return this.sql.one<number>(sql, pass.target, task, thread) !== undefined
  }

  /** The oldest pending task; `aside` holds ids of tasks that this run has postponed. Null: none is left. */
  next(pass: Pass, aside: ReadonlySet<number>): PendingTask | null {
    const row = this.firstPending(pass, aside)
    if (!row) return null
    const task = storedJson(TASK, row.task, 'frontier.task')
    const failedBefore = row.reason !== null || task.failedSince !== undefined
    return { id: row.id, task, group: row.group_id, failedBefore }
  }

  /** Reads no further than the first one. A bound LIMIT would make SQLite prepare the statement again each time. */
  private firstPending({ target }: Pass, aside: ReadonlySet<number>): PendingRow | null {
    for (const row of this.sql.each<PendingRow>(PENDING, target)) if (!aside.has(row.id)) return row
    return null
  }

  /** Id of the newest task: tasks that are added later have higher ids. 0: there are no tasks. */
  newest(pass: Pass): number {
    return this.sql.one<number>('SELECT max(id) FROM frontier WHERE target_id = ?', pass.target) ?? 0
  }

  /** Adds tasks. A request that this pass has already queued or made is not added again, nor one of a group that is left out. */
  add(pass: Pass, tasks: readonly Task[], group: number | null): void {
    if (tasks.length === 0) return
    const without = leftOut(this.sql, pass.target)
    for (const task of tasks.filter(one => !isOfAny(without, one))) {
      const key = frontierKey(task)
      const since = this.gaps.take(pass, key)
      this.sql.run(
        'INSERT INTO frontier (target_id, key, task, group_id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
        pass.target,
        key,
        JSON.stringify({ ...plainTask(task), ...(since && { failedSince: since }) }),
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

  /** The tasks of this pass that these captures answered. */
  tasksOfCaptures(pass: Pass, captures: readonly number[]): Task[] {
    return this.sql
      .rows<{ task: string }>(
        `SELECT task FROM frontier WHERE target_id = ? AND capture_id ${IN_LIST} ORDER BY id`,
        pass.target,
        JSON.stringify(captures),
      )
      .map(({ task }) => plainTask(storedJson(TASK, task, 'frontier.task')))
  }

  /** Addresses of the groups that this pass has tasks for. */
  listed(pass: Pass): string[] {
    const sql = `SELECT COALESCE(task ->> '$.home', task ->> '$.request.url') AS url FROM frontier
      WHERE target_id = ? AND state <> 'past' AND (task ->> '$.kind' = 'group' OR task ->> '$.groupSlug' IS NOT NULL)`
    return this.sql.rows<{ url: string }>(sql, pass.target).map(({ url }) => url)
  }

  /** Of these groups those that this pass has not met, although its target could be read, and in which the reader has seen posts. */
  unlisted({ pass, reader }: { pass: Pass; reader: string }, groups: () => readonly string[]): string[] {
    if (this.tasks(pass, 'target').length === 0) return []
    const met = new Set(this.listed(pass).map(addressKey))
    const seen = this.sql.rows<{ url: string }>(UNMET, JSON.stringify(groups()), pass.target, reader)
    return seen.map(({ url }) => url).filter(url => !met.has(addressKey(url)))
  }

  /**
   * Kind of the task of this pass that the capture belongs to. Null if the capture belongs to another pass or another route:
   * after REST fails half-way, the pass reads the same list again as pages, and those items are not repeats.
   */
  askedFor(pass: Pass, capture: number | null, byRest: boolean): Task['kind'] | null {
    const route = "COALESCE(json_extract(task, '$.route'), '') = 'rest'"
    const sql = `SELECT json_extract(task, '$.kind') FROM frontier WHERE capture_id = ? AND target_id = ? AND (${route}) = ?`
    return this.sql.one<Task['kind']>(sql, capture, pass.target, Number(byRest)) ?? null
  }

  /** The last pass over the target by this reader, if it finished at or after `since`. */
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

  /**
   * Ends the pass. After a whole pass without new gaps in its lists, later syncs may read only a part of the target: what failed in
   * earlier passes, too, must not make each sync read everything.
   */
  finish(pass: Pass, at: Instant): void {
    const isWhole = pass.plan.kind === 'whole' && !this.gaps.hasNewInLists(pass)
    // A whole pass requests everything that is still wanted.
    if (pass.plan.kind === 'whole') this.gaps.dropPast(pass)
    this.sql.run(
      'UPDATE targets SET pass_finished_at = ?, full_read_at = COALESCE(?, full_read_at) WHERE id = ?',
      at,
      isWhole ? at : null,
      pass.target,
    )
  }

  /** Number of pending tasks. */
  pending(pass: Pass): number {
    return (
      this.sql.one<number>("SELECT count(*) FROM frontier WHERE target_id = ? AND state = 'pending'", pass.target) ?? 0
    )
  }

  /** Row ids of the groups that the pass has met, in the order of their first tasks. */
  groups(pass: Pass): number[] {
    return this.sql.column<number>(
      "SELECT group_id FROM frontier WHERE target_id = ? AND group_id IS NOT NULL AND state <> 'past' GROUP BY group_id ORDER BY min(id)",
      pass.target,
    )
  }
}

const UNMET = `SELECT url FROM groups WHERE url IN (SELECT value FROM json_each(?))
  AND id NOT IN (SELECT group_id FROM frontier WHERE target_id = ? AND group_id IS NOT NULL AND state <> 'past')
  AND EXISTS (SELECT 1 FROM posts JOIN sightings ON sightings.post_id = posts.id
    WHERE posts.group_id = groups.id AND posts.status = 'live' AND reader IN ('visitor', ?))`

interface PendingRow {
  id: number
  task: string
  group_id: number | null
  reason: string | null
}

const PENDING = "SELECT id, task, group_id, reason FROM frontier WHERE target_id = ? AND state = 'pending' ORDER BY id"

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
  plan: pass_plan === null ? WHOLE : storedJson(PLAN, pass_plan, 'targets.pass_plan'),
})

/** The groups that the user took off a target stay off, however it is read. */
const SET_OPTIONS = `INSERT INTO targets (url, options, registered_at) VALUES (?, ?, ?) ON CONFLICT (url) DO UPDATE SET
  options = CASE WHEN targets.options -> '$.without' IS NULL THEN excluded.options
    ELSE json_set(excluded.options, '$.without', targets.options -> '$.without') END`
