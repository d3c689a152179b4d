import type { Instant } from '../../model/discussion.js'
import type { Page } from '../../model/page.js'
import type { CaptureCounts, ReparseReport } from '../../model/reports/reparse.js'
import { hasColumn } from '../database/capabilities.js'
import type { Statements } from '../database/statements.js'
import type { ErasureGuard } from '../erasure/guard.js'
import { pageFingerprint } from '../write/page-fingerprint.js'
import { ArchiveComparison, type Found, noDifferences, type Writing } from './compare-archive.js'
import { RereadTexts } from './reread-texts.js'
import { SeedThreads } from './seed-threads.js'
import { type RereadCapture, ShadowDatabase } from './shadow-database.js'
import { countCaptures, type StoredCapture, storedCaptures } from './stored-captures.js'

/** Names of posts that stay in the log of runs. */
const MAX_LOGGED = 20

/**
 * The archive read again from its own captures: first all of them into a database of its own, then what differs into the archive,
 * in one transaction. Before that nothing of the archive is written, and a kill leaves it as it was.
 */
export class Reparser {
  readonly shadow = new ShadowDatabase()
  private readonly readings: RereadTexts
  private readonly seeds: SeedThreads | null
  /** Each capture said what it was asked for. */
  private isExact = true
  /** Some came from another archive, whose rows were joined by other rules. */
  private isMerged: boolean
  private readonly captures: CaptureCounts = { read: 0, unused: 0, withoutBody: 0, opened: 0, closed: 0 }

  constructor(
    private readonly sql: Statements,
    private readonly since: Instant | null,
    private readonly inTransaction: <Result>(work: () => Result) => Result,
    private readonly forgotten: ErasureGuard,
  ) {
    this.readings = new RereadTexts(sql, this.shadow.sql)
    this.isMerged = hasColumn(sql, 'archives', 'id') && (sql.one<number>('SELECT count(*) FROM archives') ?? 0) > 0
    this.seeds = since === null ? null : new SeedThreads(sql, this.shadow.sql, since)
  }

  /** How many captures there are to be read. */
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
    // Whom the archive has forgotten no capture brings back.
    this.forgotten.redactPage(page)
    if (!stored.asked) this.isExact = false
    if (stored.reader.includes('@')) this.isMerged = true
    this.seeds?.seed(page)
    this.shadow.save(page, rereading)
    this.readings.note(page, rereading)
    this.compareCapture(page, stored)
  }

  private compareCapture(page: Page, { id, wall: before, digest: last }: StoredCapture): void {
    const wall = page.wall?.kind ?? null
    const digest = pageFingerprint(page)
    if (before !== null && wall === null) this.captures.opened++
    if (before === null && wall !== null) this.captures.closed++
    if (wall !== before || digest !== last) this.shadow.sql.run('INSERT INTO judged VALUES (?, ?, ?)', id, wall, digest)
  }

  /** It was interrupted: the run ends, and nothing else was done. */
  interrupted(head: Omit<ReparseReport, keyof Found>): ReparseReport {
    const report = { ...head, ...noDifferences(), captures: this.captures }
    if (report.run !== null) this.inTransaction(() => this.finishRun(report))
    return report
  }

  /** What differs, told and not written. */
  compared(): Found {
    return this.compare(null)
  }

  /** What differs is written, and the run ends with it. */
  written(writing: Writing, reportOf: (found: Found) => ReparseReport): ReparseReport {
    return this.inTransaction(() => {
      const report = reportOf(this.compare(writing))
      this.finishRun(report)
      return report
    })
  }

  private compare(writing: Writing | null): Found {
    const { sql: live, readings, captures } = this
    const gapless = captures.withoutBody === 0
    const certain = gapless && !this.isMerged && this.since === null
    const how = { live, shadow: this.shadow.sql, readings, certain, gapless, writing }
    return { captures, ...new ArchiveComparison(how, certain && this.isExact).compare() }
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
