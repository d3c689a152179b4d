import { existsSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import type { Capture } from '../model/capture.js'
import type { Instant } from '../model/discussion.js'
import type { ArchiveError } from '../model/errors.js'
import type { MemberSummary } from '../model/reports/forget.js'
import type { PersonData } from '../model/reports/person.js'
import type { RunReport } from '../model/reports/run.js'
import type { Removal, RenamePlan, SiteRename } from '../model/reports/targets.js'
import type { Stepwise } from '../model/steps.js'
import type { TargetOptions } from '../model/sync.js'
import type { PassPlan, Task } from '../model/task.js'
import type { SiteMove } from '../model/urls.js'
import { ReadableArchive } from './archive-reader.js'
import { FileIdentity } from './database/file-identity.js'
import { leaveOneFile } from './database/journal.js'
import type { Lock } from './database/lock.js'
import { asArchiveError } from './database/sqlite-errors.js'
import { IN_LIST } from './database/statements.js'
import { Eraser } from './erasure/erasure.js'
import { ErasureGuard } from './erasure/guard.js'
import { MediaStore } from './media/media-store.js'
import { Merger } from './merge/merge.js'
import { type MoveLog, moveSite } from './moves/move-site.js'
import { planSiteRename, siteRename } from './moves/plan-rename.js'
import { type Recognised, recognise } from './recognition/recognise.js'
import { Reparser } from './reparse/reparse.js'
import { endRun, type StartedRun, startRun } from './status/run-log.js'
import { subjectData } from './subject-access/subject-data.js'
import type { Pass, PendingTask } from './sync/frontier.js'
import { leaveOut } from './sync/left-out-groups.js'
import { TombstoneStore, type Viewpoint } from './sync/tombstones.js'
import { ReadingTransaction } from './transaction.js'
import { Verifier } from './verify/verify.js'
import { CaptureStore } from './write/capture-store.js'
import { PageWriter } from './write/page-writer.js'

/** An open archive with everything that writes to it. All SQL of threadkeep is in this folder. */
export class Archive extends ReadableArchive {
  private readonly identity: FileIdentity
  private readonly captures: CaptureStore
  private readonly saver: PageWriter
  readonly tombstones: TombstoneStore
  private readonly reading: ReadingTransaction
  readonly erasureGuard: ErasureGuard

  constructor(
    db: Database,
    file: string,
    private readonly lock: Lock | null,
  ) {
    super(db, file)
    this.identity = new FileIdentity(file)
    this.captures = new CaptureStore(this.sql)
    this.saver = new PageWriter(this.sql, this.frontier, this.moves)
    this.tombstones = new TombstoneStore(this.sql)
    this.erasureGuard = new ErasureGuard(this.sql, lock !== null, this.moves)
    const { sql, frontier, captures, saver: writer, erasureGuard: guard, moves } = this
    this.reading = new ReadingTransaction({ sql, frontier, captures, writer, guard, moves })
  }

  startRun(command: string, version: string, at: Instant): StartedRun {
    return this.inTransaction(() => {
      this.erasureGuard.sweep(this.sql.one<number | null>('SELECT max(id) FROM runs') ?? null)
      // A killed import must not leave its paths as targets of the next sync.
      for (const { url } of this.sql.rows<{ url: string }>(IMPORTS)) this.frontier.remove(url)
      return startRun(this.sql, this.erasureGuard.redactText(command), version, at)
    })
  }

  /** The last pass over the target by this reader, if it finished at or after `since`. */
  readSince(url: string, reader: string, since: Instant): (Pass & { finishedAt: Instant }) | null {
    return this.frontier.readSince(url, reader, since)
  }

  /**
   * Finds the posts of texts among those of sites. Call it at the end of a run that brought posts. `posts`: number of rows that became
   * others, so that there are fewer; `improved`: number of posts of earlier runs of which more is known now.
   */
  recognise(run: number): Pick<Recognised, 'posts' | 'improved'> {
    return this.inTransaction(() => recognise(this.sql, run))
  }

  /** URLs of the groups of posts that texts and sites have both, by the ids that were made for them. */
  groupsOfMade(ids: readonly string[]): string[] {
    const sql = `SELECT DISTINCT groups.url FROM made_ids JOIN posts ON posts.id = made_ids.post_id
      JOIN groups ON groups.id = posts.group_id WHERE made_id ${IN_LIST}`
    return this.sql.rows<{ url: string }>(sql, JSON.stringify(ids)).map(({ url }) => url)
  }

  finishRun(report: RunReport): void {
    this.inTransaction(() => {
      endRun(this.sql, report)
      this.erasureGuard.sweep(report.run)
    })
  }

  /** Merges other archives into this one. */
  get merger(): Merger {
    return new Merger(this.db, this.file, () => this.lock?.prove())
  }

  /**
   * Records targets before any of them is read, so that a stopped run loses none.
   * @throws UsageError if a URL belongs to an erased member.
   */
  register(urls: readonly string[], options: TargetOptions, at: Instant): void {
    this.erasureGuard.refuseUrls(urls)
    this.inTransaction(() => {
      for (const url of urls) this.frontier.register(url, options, at)
    })
  }

  /** Deletes a target of which nothing was ever read, such as a mistyped URL. */
  unregister(pass: Pass): void {
    this.inTransaction(() => this.frontier.unregister(pass))
  }

  /** Gives a target another URL of the same page. If a target has this URL already, the first target is deleted. */
  respell(from: string, to: string): void {
    this.inTransaction(() => this.frontier.respell(from, to))
  }

  /** What `rename` would do. @throws UsageError if it cannot be done. */
  planRename(from: string, to: string): RenamePlan {
    return planSiteRename(this.sql, from, to) ?? { kind: 'target', from: this.registeredAs(from), to }
  }

  /** Gives a site, or one target, another address. The same posts stay the same rows. */
  rename(plan: RenamePlan, log: MoveLog): void {
    if (plan.kind === 'target') this.respell(plan.from, plan.to)
    else this.inTransaction(() => moveSite(this.sql, plan, log))
    this.moves.refresh()
  }

  /** The same in a run of its own. */
  renameNow(plan: RenamePlan, { command, version, now }: { command: string; version: string; now(): number }): void {
    const at = new Date(now()).toISOString()
    this.inTransaction(() => {
      const run = this.sql.insert('runs', { command: this.erasureGuard.redactText(command), version, started_at: at })
      this.rename(plan, { run, at })
      this.sql.update('runs', run, { finished_at: new Date(now()).toISOString(), exit_code: 0 })
    })
  }

  /** Deletes targets with their open requests, or takes groups off them. What was read of them stays. */
  remove(removals: readonly Removal[]): void {
    this.inTransaction(() => {
      for (const one of removals)
        if (one.kind === 'target') this.frontier.remove(one.url)
        else for (const target of one.from) leaveOut(this.sql, target, one.url)
    })
  }

  /** Renames a site that has moved. @throws UsageError if the archive holds a site at the new address already. */
  follow(move: SiteMove, log: MoveLog): SiteRename {
    const plan = siteRename(this.sql, move)
    this.rename(plan, log)
    return plan
  }

  beginPass(target: string, options: TargetOptions, first: Task, at: Instant, plan?: PassPlan): Pass {
    return this.inTransaction(() => this.frontier.begin(target, options, first, at, plan))
  }

  /** Finishes the pass. Returns the number of posts that are proven gone: absent from threads that the pass saw whole. */
  finishPass(viewpoint: Viewpoint): number {
    return this.inTransaction(() => {
      this.frontier.finish(viewpoint.pass, viewpoint.at)
      const failed = this.frontier.gaps.failures(viewpoint.pass).map(({ task }) => task)
      // These requests may concern any thread, so their failure leaves no thread to rely on.
      if (failed.some(mayConcernAny)) return 0
      const doubtful = new Set(
        failed.flatMap(task => (task.kind === 'thread' || task.kind === 'topic' ? [task.id] : [])),
      )
      return this.tombstones.settle(viewpoint, doubtful)
    })
  }

  /**
   * Stores a capture in a transaction of its own, if it is not stored together with what its page says.
   * `behind`: why the request was made, which a reparse needs.
   * @returns the id of the capture.
   */
  keep(run: number, capture: Capture, reader: string, behind: { task: PendingTask; pass: Pass }): number {
    return this.transaction(tx => tx.keep(run, capture, reader, behind))
  }

  /** True if this capture was imported before. */
  holdsCapture(capture: Capture): boolean {
    return this.guarded(() => this.captures.holds(capture))
  }

  /** Does this work in one transaction: after a crash all of it is in the archive, or nothing. */
  transaction<Result>(work: (tx: ReadingTransaction) => Result): Result {
    return this.inTransaction(() => work(this.reading))
  }

  /** Reparses the captures made at or after `since`, or all of them (null). The caller closes the result. */
  reparsing(since: Instant | null): Reparser {
    // A read transaction keeps one consistent state while another process writes.
    if (!this.lock) this.holdSnapshot()
    const transactions = {
      atOnce: <Result>(work: () => Result) => this.inTransaction(work),
      inSteps: <Result>(work: () => Stepwise<Result>) => this.inTransactionSteps(work),
    }
    return new Reparser(this.sql, since, transactions, this.erasureGuard)
  }

  override close(): ArchiveError | null {
    let left: ArchiveError | null = null
    try {
      this.guarded(() => this.lock?.release())
    } finally {
      if (this.lock) left = leaveOneFile(this.db, this.file)
      super.close()
    }
    return existsSync(`${this.file}-wal`) ? left : null
  }

  /** The files of posts and members. */
  get media(): MediaStore {
    return new MediaStore(this.sql, this.file, work => this.inTransaction(work))
  }

  get forgetting(): Eraser {
    return new Eraser(this.sql, this.file, work => this.inTransaction(work))
  }

  /** What the archive holds of and about a member. */
  *subject(member: MemberSummary): Stepwise<PersonData> {
    return subjectData(this.sql, yield* this.forgetting.finding(member))
  }

  get verifier(): Verifier {
    return new Verifier(this.db, this.file, this.lock?.pid ?? null)
  }

  private inTransaction<Result>(work: () => Result): Result {
    this.identity.check()
    return this.guarded(
      this.db.transaction(() => {
        this.lock?.prove()
        const result = work()
        this.lock?.proveAgain()
        return result
      }),
    )
  }

  /** The same for work step by step: ended before its last step, it leaves nothing. */
  private *inTransactionSteps<Result>(work: () => Stepwise<Result>): Stepwise<Result> {
    this.identity.check()
    this.guarded(() => this.db.exec('BEGIN'))
    try {
      this.lock?.prove()
      const result = yield* work()
      this.lock?.proveAgain()
      this.db.exec('COMMIT')
      return result
    } catch (error) {
      throw asArchiveError(error, this.file)
    } finally {
      if (this.db.inTransaction) this.db.exec('ROLLBACK')
    }
  }

  /** Turns SQLite errors, such as a full disk, into `ArchiveError`. */
  private guarded<Result>(work: () => Result): Result {
    try {
      return work()
    } catch (error) {
      throw asArchiveError(error, this.file)
    }
  }
}

/** A second look at a page of a list concerns all of its threads. */
const mayConcernAny = ({ kind, reason }: Task): boolean =>
  kind === 'parents' || kind === 'replies' || (kind === 'stream' && reason === 'absent')

const IMPORTS = "SELECT url FROM targets WHERE url GLOB 'import:*'"
