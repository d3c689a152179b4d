import type { Database } from 'better-sqlite3'
import type { Capture } from '../model/capture.js'
import type { Instant } from '../model/discussion.js'
import type { Page } from '../model/page.js'
import type { RunReport } from '../model/reports/run.js'
import type { TargetOptions } from '../model/sync.js'
import type { PassPlan, Task } from '../model/task.js'
import { ReadableArchive } from './archive-reader.js'
import { asArchiveError } from './database/connection.js'
import { FileIdentity } from './database/file-identity.js'
import { type Holder, releaseLock } from './database/lock.js'
import { Statements } from './database/statements.js'
import { Eraser } from './erasure/erasure.js'
import { ErasureGuard } from './erasure/guard.js'
import { Merger } from './merge/merge.js'
import { Reparser } from './reparse/reparse.js'
import { endRun, type StartedRun, startRun } from './status/run-log.js'
import type { Pass, PendingTask } from './sync/frontier.js'
import { RotationStore } from './sync/rotation.js'
import { TombstoneStore, type Viewpoint } from './sync/tombstones.js'
import { Verifier } from './verify/verify.js'
import { CaptureStore } from './write/capture-store.js'
import { pageFingerprint } from './write/page-fingerprint.js'
import { PageWriter, type Step } from './write/page-writer.js'
import type { PageResult } from './write/thread-writer.js'

/** What follows from a page: where to go on, or why not. */
export interface Next {
  tasks: readonly Task[]
  /** The task's end: done, failed (it is not asked again in this pass), still pending, or as if it never had been asked. */
  end: 'done' | 'failed' | 'pending' | 'untouched'
  reason?: string
  /** The stream of this group was read to its proven end. */
  streamEnded?: boolean
  /** The reading of its old threads by turns has come to this page; null: to the end. */
  turned?: { page: number | null }
  /** This reader may not see the group's posts, or may. */
  access?: 'members' | 'open'
  /** The thread's own address says that it is gone, or that it is not where it was (`null`: nobody knows). */
  gone?: { site: string; thread: string; reason: '404' | '410' | null }
}

/** The archive file: all SQL is behind this door. */
export class Archive extends ReadableArchive {
  private readonly identity: FileIdentity
  private readonly captures: CaptureStore
  private readonly saver: PageWriter
  readonly tombstones: TombstoneStore
  readonly rotation: RotationStore
  readonly erasureGuard: ErasureGuard

  constructor(
    private readonly db: Database,
    readonly file: string,
    private readonly holder: Holder | null,
  ) {
    super(new Statements(db))
    this.identity = new FileIdentity(file)
    this.captures = new CaptureStore(this.sql)
    this.saver = new PageWriter(this.sql, this.frontier)
    this.tombstones = new TombstoneStore(this.sql)
    this.rotation = new RotationStore(this.sql)
    this.erasureGuard = new ErasureGuard(this.sql, holder !== null)
  }

  startRun(command: string, version: string, at: Instant): StartedRun {
    return this.inTransaction(() => {
      this.erasureGuard.sweep(this.sql.one<number | null>('SELECT max(id) FROM runs') ?? null)
      return startRun(this.sql, this.erasureGuard.redactText(command), version, at)
    })
  }

  /** The reading of this target, by such a reader, if it came to its end since then. */
  readSince(url: string, reader: string, since: Instant): (Pass & { finishedAt: Instant }) | null {
    return this.frontier.readSince(url, reader, since)
  }

  finishRun(report: RunReport): void {
    this.inTransaction(() => {
      endRun(this.sql, report)
      this.erasureGuard.sweep(report.run)
    })
  }

  /** Takes other archives over. */
  get merger(): Merger {
    return new Merger(this.db, this.file)
  }

  /**
   * Notes targets before they are read, so that none is left out where the run is stopped.
   * @throws UsageError if one is the address of somebody who was forgotten.
   */
  register(urls: readonly string[], options: TargetOptions, at: Instant): void {
    this.erasureGuard.refuseUrls(urls)
    this.inTransaction(() => {
      for (const url of urls) this.frontier.register(url, options, at)
    })
  }

  /** A target that was never read and of which nothing can be read: a mistyped address, mostly. */
  unregister(pass: Pass): void {
    this.inTransaction(() => this.frontier.unregister(pass))
  }

  beginPass(target: string, options: TargetOptions, first: Task, at: Instant, plan?: PassPlan): Pass {
    return this.inTransaction(() => this.frontier.begin(target, options, first, at, plan))
  }

  /** A stage adds its tasks once. */
  beginStage(pass: Pass, stage: number, tasksOf: () => readonly Task[]): void {
    this.inTransaction(() => this.frontier.beginStage(pass, stage, tasksOf()))
  }

  /** Ends the pass, and says how many posts it has found gone from threads that it has seen whole. */
  finishPass(looking: Viewpoint): number {
    return this.inTransaction(() => {
      this.frontier.finish(looking.pass, looking.at)
      const failed = this.frontier.failures(looking.pass).map(({ task }) => task)
      // Which threads these spoil is not known before they are answered.
      if (failed.some(({ kind }) => kind === 'parents' || kind === 'replies')) return 0
      return this.tombstones.settle(looking, new Set(failed.flatMap(task => (task.kind === 'thread' ? [task.id] : []))))
    })
  }

  /** Raw first: in a transaction of its own, before anybody reads it. `asked`: what for, without which it can't be read again. */
  keep(run: number, capture: Capture, reader: string, asked?: { task: PendingTask; pass: Pass }): number {
    return this.inTransaction(() => this.captures.keep(run, capture, reader, asked && this.saver.asked(asked)))
  }

  /** A page and what follows from it, in one transaction: after a kill both are there or neither. */
  savePage(page: Page, step: Step, follow: (result: PageResult) => Next): PageResult {
    return this.inTransaction(() => {
      const held = this.erasureGuard.redactPage(page)
      const result = this.saver.save(page, step)
      if (page.wall) this.captures.markAsWall(step.capture, page.wall.kind)
      this.captures.understood(step.capture, pageFingerprint(page))
      this.erasureGuard.checkCapture(step.capture, held)
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
    if (next.turned) this.rotation.turned(group, next.turned.page, step.at)
    if (next.streamEnded) this.sql.update('groups', group, { stream_read_at: step.at, stream_capture_id: step.capture })
    this.saver.countLeftOut(step, page.warnings.length, group)
  }

  private applyGone({ site: url, thread, reason }: NonNullable<Next['gone']>, step: Step): void {
    const site = this.saver.siteOf({ url, name: null })
    if (reason) this.tombstones.threadGone(site, thread, reason, step)
    else this.tombstones.missed(site, thread, step.at)
  }

  private settle(task: number, next: Next, capture: number | null, group: number | null): void {
    if (next.end === 'done') this.frontier.done(task, capture, group)
    if (next.end === 'failed') this.frontier.failed(task, next.reason ?? '', group)
    if (next.end === 'pending') this.frontier.postponed(task, next.reason ?? '', group)
  }

  /** Its captures, to be read again: those since then, or all. Close it. */
  reparsing(since: Instant | null): Reparser {
    if (!this.holder) this.db.exec('BEGIN') // One state of it, whoever writes meanwhile.
    return new Reparser(this.sql, since, work => this.inTransaction(work), this.erasureGuard)
  }

  close(): void {
    try {
      if (this.holder) this.guarded(() => releaseLock(this.db, this.holder as Holder))
    } finally {
      if (this.holder) leaveOneFile(this.db)
      this.db.close()
    }
  }

  get forgetting(): Eraser {
    return new Eraser(this.sql, this.file)
  }

  get verifier(): Verifier {
    return new Verifier(this.db, this.file, this.holder?.pid ?? null)
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
      throw asArchiveError(error, this.file)
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
