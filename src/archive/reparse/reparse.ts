import type { Instant } from '../../model/discussion.js'
import type { Page } from '../../model/page.js'
import type { CaptureCounts, ReparseReport } from '../../model/reports/reparse.js'
import type { Stepwise } from '../../model/steps.js'
import type { Statements } from '../database/statements.js'
import type { ErasureGuard } from '../erasure/guard.js'
import { SiteMoves } from '../moves/site-moves.js'
import { recognise } from '../recognition/recognise.js'
import { joinedPage, recognisedPages } from '../recognition/recognised-pages.js'
import { pageFingerprint } from '../write/page-fingerprint.js'
import { ArchiveComparison, type Found, noDifferences, type Writing } from './compare-archive.js'
import { type ComparisonContext, type Misread, misread } from './compare-posts.js'
import { RereadTexts } from './reread-texts.js'
import { SeedThreads } from './seed-threads.js'
import { type RereadCapture, ShadowDatabase } from './shadow-database.js'
import { countCaptures, type StoredCapture, storedCaptures } from './stored-captures.js'

/** Transactions of the holder of the lock. */
interface Transactions {
  atOnce<Result>(work: () => Result): Result
  /** Ended before its last step, it leaves nothing. */
  inSteps<Result>(work: () => Stepwise<Result>): Stepwise<Result>
}

/** Number of posts that are listed in the run log. */
const MAX_LOGGED = 20

/**
 * Rebuilds the archive's rows from its captures: first in a shadow database; then the differences are compareAndWrite to the archive in one
 * transaction. A crash leaves the archive as it was.
 */
export class Reparser {
  readonly shadow: ShadowDatabase
  private readonly moves: SiteMoves
  private readonly rereadTexts: RereadTexts
  private readonly seeds: SeedThreads | null
  /** True if some captures came from another archive: their rows were merged by other rules. */
  private isMerged: boolean
  private readonly captures: CaptureCounts = { read: 0, unused: 0, withoutBody: 0, opened: 0, closed: 0 }

  constructor(
    private readonly sql: Statements,
    private readonly since: Instant | null,
    private readonly transactions: Transactions,
    private readonly guard: ErasureGuard,
  ) {
    this.moves = new SiteMoves(sql)
    this.shadow = new ShadowDatabase(this.moves)
    this.rereadTexts = new RereadTexts(sql, this.shadow.sql)
    this.isMerged = (sql.one<number>('SELECT count(*) FROM archives') ?? 0) > 0
    this.seeds = since === null ? null : new SeedThreads(sql, this.shadow.sql, since)
  }

  /** Number of captures to read. */
  get size(): number {
    return countCaptures(this.sql, this.since)
  }

  storedCaptures(): Generator<StoredCapture> {
    return storedCaptures(this.sql, this.since)
  }

  skip({ capture }: StoredCapture): void {
    if (capture) this.captures.unused++
    else this.captures.withoutBody++
  }

  add(page: Page, rereading: RereadCapture): void {
    const { stored } = rereading
    this.captures.read++
    if (stored.reader.includes('@')) this.isMerged = true
    const pages = recognisedPages(this.sql, page)
    for (const one of pages) this.addPage(one, rereading)
    this.compareCapture(joinedPage(pages), stored)
  }

  private addPage(page: Page, rereading: RereadCapture): void {
    // No capture brings an erased member back.
    this.guard.redactPage(page)
    const moved = this.moves.page(page)
    this.seeds?.seed(moved)
    this.shadow.save(moved, rereading)
    this.rereadTexts.note(moved, rereading)
  }

  private compareCapture(page: Page, { id, wall: before, fingerprint: last }: StoredCapture): void {
    const wall = page.wall?.kind ?? null
    const fingerprint = pageFingerprint(page)
    if (before !== null && wall === null) this.captures.opened++
    if (before === null && wall !== null) this.captures.closed++
    if (wall !== before || fingerprint !== last)
      this.shadow.sql.run('INSERT INTO judged VALUES (?, ?, ?)', id, wall, fingerprint)
  }

  /** Ends an interrupted run. Nothing else is compareAndWrite. */
  interrupted(head: Omit<ReparseReport, keyof Found>): ReparseReport {
    const report = { ...head, ...noDifferences(), captures: this.captures }
    if (report.run !== null) this.transactions.atOnce(() => this.finishRun(report))
    return report
  }

  /** Finds the differences and writes nothing. */
  compareOnly(): Stepwise<Found> {
    return this.compare(null)
  }

  /** Writes the differences and ends the run, in one transaction. */
  compareAndWrite(writing: Writing, reportOf: (found: Found) => ReparseReport): Stepwise<ReparseReport> {
    return this.transactions.inSteps(() => this.writing(writing, reportOf))
  }

  private *writing(writing: Writing, reportOf: (found: Found) => ReparseReport): Stepwise<ReparseReport> {
    const report = reportOf(yield* this.compare(writing))
    recognise(this.sql)
    this.finishRun(report)
    return report
  }

  /** Posts that were changed in the file since they were read, with the fields that differ. */
  misread(): Stepwise<Misread[]> {
    return misread(this.contextOf(null))
  }

  private *compare(writing: Writing | null): Stepwise<Found> {
    return { captures: this.captures, ...(yield* new ArchiveComparison(this.contextOf(writing)).compare()) }
  }

  private contextOf(writing: Writing | null): ComparisonContext {
    const { sql: live, rereadTexts } = this
    const gapless = this.captures.withoutBody === 0
    const certain = gapless && !this.isMerged && this.since === null
    return { live, shadow: this.shadow.sql, rereadTexts, certain, gapless, writing }
  }

  private finishRun(report: ReparseReport): void {
    const { finishedAt, exitCode, posts } = report
    const [changes, notFound] = [report.changes.slice(0, MAX_LOGGED), report.notFound.slice(0, MAX_LOGGED)]
    this.sql.run(
      'UPDATE runs SET finished_at = ?, exit_code = ?, new_posts = ?, changed_posts = ?, report = ? WHERE id = ?',
      finishedAt,
      exitCode,
      posts.added,
      posts.changed,
      JSON.stringify({ ...report, changes, notFound }),
      report.run,
    )
  }

  close(): void {
    this.shadow.close()
  }
}
