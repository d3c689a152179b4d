import type { Database } from 'better-sqlite3'
import type { ArchiveReader, Completeness } from '../model/archive.js'
import type { Capture } from '../model/capture.js'
import type { Instant, Site } from '../model/discussion.js'
import type { Page } from '../model/page.js'
import type { RunReport } from '../model/report.js'
import type { Explained, Registered, TargetOptions } from '../model/sync.js'
import type { PassPlan, Task } from '../model/task.js'
import { AbsenceStore, type Looking } from './absence.js'
import { CaptureStore } from './captures.js'
import { explained } from './connection.js'
import { digestOf } from './digest.js'
import { explained as explainedThreads } from './explain.js'
import { FileIdentity } from './file-identity.js'
import { FrontierStore, type Pass, type PendingTask } from './frontier.js'
import { type Holder, releaseLock } from './lock.js'
import { PageSaver, type Step } from './page-saver.js'
import type { PageResult } from './pages.js'
import { Reader } from './reader.js'
import { registeredTargets } from './registry.js'
import { Reparsing } from './reparsing.js'
import { type StartedRun, startRun } from './runs.js'
import { Statements } from './statements.js'

/** What follows from a page: where to go on, or why not. */
export interface Next {
  tasks: readonly Task[]
  /** The task's end: done, failed (it is not asked again in this pass), still pending, or as if it never had been asked. */
  end: 'done' | 'failed' | 'pending' | 'untouched'
  reason?: string
  /** The stream of this group was read to its proven end. */
  streamEnded?: boolean
  /** This reader may not see the group's posts, or may. */
  access?: 'members' | 'open'
  /** The thread's own address says that it is gone, or that it is not where it was (`null`: nobody knows). */
  gone?: { site: string; thread: string; reason: '404' | '410' | null }
}

/** The archive file: all SQL is behind this door. */
export class Archive {
  readonly reader: ArchiveReader
  readonly frontier: FrontierStore
  private readonly identity: FileIdentity
  private readonly sql: Statements
  private readonly captures: CaptureStore
  private readonly saver: PageSaver
  readonly absence: AbsenceStore

  constructor(
    private readonly db: Database,
    readonly file: string,
    private readonly holder: Holder | null,
  ) {
    this.identity = new FileIdentity(file)
    this.sql = new Statements(db)
    this.captures = new CaptureStore(this.sql)
    this.frontier = new FrontierStore(this.sql)
    this.saver = new PageSaver(this.sql, this.frontier)
    this.absence = new AbsenceStore(this.sql)
    this.reader = new Reader(this.sql)
  }

  startRun(command: string, version: string, at: Instant): StartedRun {
    return this.inTransaction(() => startRun(this.sql, command, version, at))
  }

  /** The reading of this target, by such a reader, if it came to its end since then. */
  readSince(url: string, reader: string, since: Instant): (Pass & { finishedAt: Instant }) | null {
    return this.frontier.readSince(url, reader, since)
  }

  finishRun(report: RunReport): void {
    this.guarded(() =>
      this.sql.run(
        `UPDATE runs SET finished_at = ?, exit_code = ?, requests = ?, bytes = ?, new_posts = ?, changed_posts = ?, report = ? WHERE id = ?`,
        report.finishedAt,
        report.exitCode,
        report.requests,
        report.bytes,
        report.newPosts,
        report.changedPosts,
        JSON.stringify(report, (key, value) => (key === 'explained' ? undefined : value)),
        report.run,
      ),
    )
  }

  registered(): Registered[] {
    return registeredTargets(this.sql)
  }

  explained(pass: Pass): Explained[] {
    return explainedThreads(this.sql, pass)
  }

  beginPass(target: string, options: TargetOptions, first: Task, at: Instant, plan?: PassPlan): Pass {
    return this.inTransaction(() => this.frontier.begin(target, options, first, at, plan))
  }

  /** A stage adds its tasks once. */
  beginStage(pass: Pass, stage: number, tasksOf: () => readonly Task[]): void {
    this.inTransaction(() => this.frontier.beginStage(pass, stage, tasksOf()))
  }

  /** Ends the pass, and says how many posts it has found gone from threads that it has seen whole. */
  finishPass(looking: Looking): number {
    return this.inTransaction(() => {
      this.frontier.finish(looking.pass, looking.at)
      const failed = this.frontier.failures(looking.pass).map(({ task }) => task)
      // Which threads these spoil is not known before they are answered.
      if (failed.some(({ kind }) => kind === 'parents' || kind === 'replies')) return 0
      return this.absence.settle(looking, new Set(failed.flatMap(task => (task.kind === 'thread' ? [task.id] : []))))
    })
  }

  /** Raw first: in a transaction of its own, before anybody reads it. `asked`: what for, without which it can't be read again. */
  keep(run: number, capture: Capture, reader: string, asked?: { task: PendingTask; pass: Pass }): number {
    return this.inTransaction(() => this.captures.keep(run, capture, reader, asked && this.saver.asked(asked)))
  }

  /** A page and what follows from it, in one transaction: after a kill both are there or neither. */
  savePage(page: Page, step: Step, follow: (result: PageResult) => Next): PageResult {
    return this.inTransaction(() => {
      const result = this.saver.save(page, step)
      if (page.wall) this.captures.markAsWall(step.capture, page.wall.kind)
      this.captures.understood(step.capture, digestOf(page))
      this.apply(follow(result), step, result.group, page)
      return result
    })
  }

  /** A task that brought no answer. */
  saveFailure(pass: Pass, task: PendingTask, next: Next): void {
    this.inTransaction(() => {
      this.settle(task.id, next, null, null)
      this.frontier.add(pass, next.tasks, task.group)
    })
  }

  private apply(next: Next, step: Step, group: number | null, page: Page): void {
    if (next.gone) this.applyGone(next.gone, step)
    this.settle(step.task.id, next, step.capture, group)
    this.frontier.add(step.pass, next.tasks, group)
    if (group === null) return
    if (next.access) this.sql.run('UPDATE groups SET access = ? WHERE id = ?', next.access, group)
    if (next.access === 'members')
      this.sql.run("UPDATE groups SET status = COALESCE(status, 'private') WHERE id = ?", group)
    if (next.streamEnded) this.sql.update('groups', group, { stream_read_at: step.at, stream_capture_id: step.capture })
    this.saver.countLeftOut(step.task.task, page.warnings.length, group)
  }

  private applyGone({ site: url, thread, reason }: NonNullable<Next['gone']>, step: Step): void {
    const site = this.saver.siteOf({ url, name: null })
    if (reason) this.absence.threadGone(site, thread, reason, step)
    else this.absence.missed(site, thread, step.at)
  }

  private settle(task: number, next: Next, capture: number | null, group: number | null): void {
    if (next.end === 'done') this.frontier.done(task, capture, group)
    if (next.end === 'failed') this.frontier.failed(task, next.reason ?? '', group)
    if (next.end === 'pending') this.frontier.postponed(task, next.reason ?? '', group)
  }

  /** Its captures, to be read again: those since then, or all. Close it. */
  reparsing(since: Instant | null): Reparsing {
    if (!this.holder) this.db.exec('BEGIN') // One state of it, whoever writes meanwhile.
    return new Reparsing(this.sql, since, work => this.inTransaction(work))
  }

  /** Slug, name and access of groups by row id, for reports. */
  groupsOf(pass: Pass): { url: string; access: string | null }[] {
    const ids = this.frontier.groups(pass)
    return ids.flatMap(id =>
      this.sql.rows<{ url: string; access: string | null }>('SELECT url, access FROM groups WHERE id = ?', id),
    )
  }

  /** Whether posts of this thread may be kept: it was read in a group or as a target before. */
  holdsThread(site: Site, thread: string): boolean {
    return this.saver.holdsThread(site, thread)
  }

  completenessOf(site: Site, thread: string): Completeness | null {
    const row = this.sql.row<{ state: Completeness['state']; held: number; claimed: number | null }>(
      'SELECT completeness AS state, held, claimed FROM threads WHERE site_id = ? AND activity_id = ?',
      this.saver.siteOf(site),
      thread,
    )
    return row ?? null
  }

  close(): void {
    try {
      if (this.holder) this.guarded(() => releaseLock(this.db, this.holder as Holder))
    } finally {
      if (this.holder) leaveOneFile(this.db)
      this.db.close()
    }
  }

  private inTransaction<Result>(work: () => Result): Result {
    this.identity.check()
    return this.guarded(this.db.transaction(work))
  }

  /** SQLite's errors in words: a full disk is no bug. */
  private guarded<Result>(work: () => Result): Result {
    try {
      return work()
    } catch (error) {
      throw explained(error, this.file)
    }
  }
}

/** Out of WAL mode, so that those who may only read the file and its folder can open it. Readers may be in the way. */
function leaveOneFile(db: Database): void {
  try {
    db.pragma('journal_mode = DELETE')
  } catch {
    // The file stays in WAL mode, which the next run ends.
  }
}
