import type { Archive, Pass, PendingTask } from '../archive/index.js'
import { type Capture, isFailure } from '../model/capture.js'
import type { Page, Wall } from '../model/page.js'
import type { RunReport, Stop, TargetReport } from '../model/report.js'
import { isPermalink, sameHost, spellings } from '../model/urls.js'
import { parse } from '../parse/index.js'
import { LONGEST_BACKOFF, type Source } from '../sources/index.js'
import { expected } from './expect.js'
import { follow, unanswered } from './follow.js'
import type { ArchiveOptions, RunDeps } from './options.js'
import type { Context, Outcome } from './outcome.js'
import { problemOfEarlierRun, problemOfForeign, problemOfItems } from './problems.js'
import { watched } from './session-watch.js'
import type { Stopping } from './stopping.js'
import { StreamMemory } from './stream-memory.js'
import { firstTask } from './target.js'
import { describeTarget } from './target-report.js'

export interface Reading extends RunDeps {
  options: ArchiveOptions
  source: Source
  report: RunReport
  stopping: Stopping
}

/** Requests in a row without an answer of use after which the host is taken for gone, or for one that wants to be left alone. */
const MOST_FAILURES = 3

const EMPTY_REPORT = { state: 'done', stopped: null, route: null, because: null, posts: 0 } as const

/** Reads one target until nothing is left to ask, or nothing more can be had now. */
export async function readTarget(url: string, reading: Reading): Promise<TargetReport> {
  const { archive, source, report } = reading
  const goesOn = report.seriesStartedAt < report.startedAt
  const pass = goesOn ? archive.readSince(url, readerOf(url, source), report.seriesStartedAt) : null
  return pass ? readBefore(url, pass, archive) : new TargetReader(url, reading).read()
}

/** As whom: the site may lead to another spelling of its address, for which the session is. */
function readerOf(url: string, source: Source): ReturnType<Source['reader']> {
  const readers = spellings(url).map(spelling => (URL.canParse(spelling) ? source.reader(spelling) : 'visitor'))
  return readers.find(reader => reader !== 'visitor') ?? 'visitor'
}

/** This command was stopped when it had read this target. */
function readBefore(url: string, pass: Pass & { finishedAt: string }, archive: Archive): TargetReport {
  const message = `${url} was read at ${pass.finishedAt}, before this command was stopped. Once it has read all of its targets, it begins anew.`
  const problems = archive.frontier.failures(pass).map(problemOfEarlierRun)
  const report = { ...blankReport(url), problems, notes: [{ url, message }] }
  return describeTarget(report, { archive, pass, thread: null, stopped: null })
}

const blankReport = (target: string): TargetReport => ({
  ...EMPTY_REPORT,
  target,
  groups: [],
  threads: [],
  problems: [],
  notes: [],
})

class TargetReader {
  private readonly pass: Pass
  /** Tasks up to this number were left over by a run that was long ago. */
  private readonly leftOver: number
  private readonly memory = new StreamMemory()
  private readonly report: TargetReport
  /** Tasks that wait for another run. */
  private readonly aside = new Set<number>()
  /** Members whose names were asked for. */
  private readonly named = new Set<string>()
  private stopped: Stop | null = null
  private current: PendingTask | null = null
  private failures = 0
  private answers = 0
  private lastPage: Page | null = null

  constructor(
    private readonly url: string,
    private readonly reading: Reading,
  ) {
    const { archive, options } = reading
    const how = { via: options.via, reader: readerOf(url, reading.source) }
    this.pass = archive.beginPass(url, how, firstTask(url), this.now())
    this.leftOver = this.pass.resumed && this.wasLong() ? archive.frontier.newest(this.pass) : 0
    this.report = blankReport(url)
  }

  /** A pause that no run would make of its own: posts may have come and gone. */
  private wasLong(): boolean {
    const pause = this.reading.clock.now() - Date.parse(this.pass.lastAnswerAt ?? '')
    return !(pause >= 0 && pause <= LONGEST_BACKOFF)
  }

  async read(): Promise<TargetReport> {
    const { archive, reporter, source } = this.reading
    reporter.target(this.url, this.pass.resumed)
    if (this.pass.resumed) this.report.problems.push(...archive.frontier.failures(this.pass).map(problemOfEarlierRun))
    for await (const arrival of source.captures({ next: () => this.next() })) {
      if (isFailure(arrival)) this.failed(arrival.error)
      else await this.arrived(arrival)
      if (this.stopped || this.failures >= MOST_FAILURES) break
    }
    const isRead = archive.frontier.pending(this.pass) === 0
    if (isRead) archive.finishPass(this.pass, this.now())
    return describeTarget(this.report, {
      archive,
      pass: this.pass,
      thread: isPermalink(this.url) ? this.lastPage : null,
      stopped: this.stopped ?? (isRead ? null : this.reading.stopping.why),
    })
  }

  private next() {
    this.current = this.reading.archive.frontier.next(this.pass, this.aside)
    return this.current?.task.request ?? null
  }

  private async arrived(capture: Capture): Promise<void> {
    const { archive, report, reporter, source } = this.reading
    const current = this.current as PendingTask
    const id = archive.keep(report.run, capture)
    const asked = expected(current.task, parse(capture), this.memory)
    const page = await watched(asked, current.task, capture, source).catch(error => this.unwatched(error))
    if (!page) return
    const context = this.contextOf(current, page)
    this.count(page.wall)
    const result = archive.savePage(page, this.step(current, capture, id, page), saved =>
      this.settle(current, this.onSite(follow(current.task, page, saved, context), page)),
    )
    if (!page.wall && page.threads.length > 0 && current.task.kind !== 'parents') this.lastPage = page
    report.bytes += capture.body.length
    report.newPosts += result.newPosts
    report.changedPosts += result.changedPosts
    report.posts += result.posts
    this.report.posts += result.posts
    for (const warning of page.warnings) reporter.warning(warning)
    if (page.warnings.length > 0) this.report.problems.push(problemOfItems(capture.request.url, page.warnings.length))
    reporter.saved(report, page.group?.name ?? this.url)
  }

  /** Nobody knows whose view it is: it counts as unanswered, and on Ctrl-C as not asked. */
  private unwatched(error: Error): null {
    if (!this.reading.stopping.signal.aborted) this.failed(error)
    return null
  }

  /** A page may name any address: only those of the target's own host are asked. AJAX calls are told whose they are. */
  private onSite(outcome: Outcome, page: Page): Outcome {
    const [own, foreign] = [true, false].map(wanted =>
      outcome.tasks.filter(({ request }) => sameHost(request.url, this.url) === wanted),
    )
    this.report.problems.push(...(foreign ?? []).map(task => problemOfForeign(task, page.url)))
    for (const { request } of own ?? []) if (request.form || request.nonce) request.site = page.site.url
    return { ...outcome, tasks: own ?? [] }
  }

  private contextOf({ id, task }: PendingTask, page: Page | null): Context {
    const sameBefore = task.kind === 'stream' && page && !page.wall ? this.memory.note(task, page) : 0
    const member = readerOf(this.url, this.reading.source) !== 'visitor'
    return { via: this.reading.options.via, resumed: id <= this.leftOver, sameBefore, member, named: this.named }
  }

  private count(wall: Wall | null): void {
    const refused = wall?.kind === 'error' || wall?.kind === 'challenge'
    this.failures = refused ? this.failures + 1 : 0
    if (!refused) this.answers++
  }

  private step(task: PendingTask, capture: Capture, id: number, page: Page) {
    // REST shows no spam (reference 11.1, 6), so that it says of a thread what a stream says.
    const isPermalink = page.template !== 'rest' && (task.task.kind === 'thread' || page.about.kind === 'thread')
    const authority = isPermalink ? 'permalink' : 'stream'
    const parser = `${page.template ?? 'none'} ${this.reading.version}`
    return {
      run: this.reading.report.run,
      pass: this.pass,
      task,
      capture: id,
      at: capture.capturedAt,
      parser,
      authority,
    } as const
  }

  private failed(error: Error): void {
    const current = this.current as PendingTask
    const outcome = unanswered(current.task, error, this.contextOf(current, null))
    if (outcome.end === 'pending') this.failures++
    this.reading.archive.saveFailure(this.pass, current, this.settle(current, outcome))
  }

  /**
   * What fails in two runs, while the site answers other things, fails for good: else this pass would never end, and no run
   * would look for new posts any more.
   */
  private settle(task: PendingTask, outcome: Outcome): Outcome {
    if (outcome.end === 'pending' && task.failedBefore && this.answers > 0) outcome.end = 'failed'
    if (outcome.end === 'pending') this.aside.add(task.id)
    if (outcome.problem) this.report.problems.push(outcome.problem)
    if (outcome.problem && this.reading.options.failHard) this.stopped = 'problem'
    if (outcome.stop) this.stopped = outcome.stop
    if (outcome.note) this.report.notes.push(outcome.note)
    if (outcome.route && !this.report.route) this.report.because = outcome.because ?? null
    if (outcome.route) this.report.route ??= outcome.route
    return outcome
  }

  private now(): string {
    return new Date(this.reading.clock.now()).toISOString()
  }
}
