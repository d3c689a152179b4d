import type { Pass, PendingTask, Viewpoint } from '../../archive/index.js'
import { type Capture, type FetchRequest, isFailure } from '../../model/capture.js'
import type { Page } from '../../model/page.js'
import type { Stop } from '../../model/reports/pass.js'
import type { Problem, TargetReport } from '../../model/reports/run.js'
import type { SiteMove } from '../../model/urls.js'
import { LONGEST_BACKOFF } from '../../sources/index.js'
import { authorityOf, expected, isNothingThere, parserOf } from '../judge/expect.js'
import { noteOfUnkept, problemOfDown, problemOfEarlierRun, problemOfMoved } from '../judge/problems.js'
import { letGo } from '../parsing/heap.js'
import { isComparison } from '../plan/feeds/self-test.js'
import { follow, unanswered } from '../plan/follow.js'
import { ended, type Outcome } from '../plan/outcome.js'
import { passPlanOf } from '../plan/pass-plan.js'
import { planSync } from '../plan/plan-sync.js'
import { firstTask } from '../plan/target.js'
import { shareOf } from '../plan/totals.js'
import { isBesidePages } from '../plan/without-rest.js'
import { Endpoints } from './endpoints.js'
import { leadsAway, MoveWatch, ofKnownSite, onSite } from './leaving-site.js'
import { homeOf } from './one-spelling.js'
import { OpenDates } from './open-dates.js'
import type { TargetReading } from './options.js'
import { answerOf, heldOnly, reportPage, reportSelfTest } from './page-outcome.js'
import { isThreadUrl, PlanMemory } from './plan-memory.js'
import { isDown, isNoServer, Pulse } from './pulse.js'
import { watched } from './session-watch.js'
import { howRead } from './sync.js'
import { blankReport, describeTarget } from './target-report.js'

/** Reads one target: the request of the next task, its capture, its page, what follows; until no task is left. */
export class TargetReader {
  private readonly pass: Pass
  private readonly openDates = new OpenDates()
  private readonly report: TargetReport
  /** Tasks that wait for another run. */
  private readonly aside = new Set<number>()
  private stopped: Stop | null = null
  private current: PendingTask | null = null
  private readonly pulse: Pulse
  private readonly endpoints: Endpoints
  private readonly moveWatch: MoveWatch
  private lastPage: Page | null = null
  /** There is nothing at the target's own address. */
  private isNowhere = false
  /** The site has moved or is down: nothing more is requested of it. */
  private isLeft = false
  /** Address of the group or member that the target turned out to be a page of. */
  private home: string | null = null
  /** It was named just now, and nothing of it was ever read. */
  private readonly isFirst: boolean
  private readonly memory: PlanMemory

  private readonly url: string
  /** True once no task is left. */
  isRead = false

  constructor(private readonly reading: TargetReading) {
    const { archive, clock, job } = reading
    const { url } = job
    this.url = url
    const [known] = archive.registered(url)
    this.isFirst = !job.sync && known?.fullReadAt == null && !known?.threads
    const plan = job.sync && known ? passPlanOf(known, job.sync, clock.now()) : undefined
    this.pass = archive.beginPass(url, howRead(reading, known), firstTask(url), this.now(), plan)
    const leftOver = this.pass.resumed && this.wasLong() ? archive.frontier.newest(this.pass) : 0
    const readsAll = !job.sync || job.sync.full || known?.fullReadAt == null
    this.memory = new PlanMemory(reading, this.pass, { isKnown: !this.isFirst, readsAll, leftOver })
    this.report = blankReport(url)
    this.pulse = new Pulse(reading.source, url)
    this.endpoints = new Endpoints(reading.source)
    this.moveWatch = new MoveWatch(archive, reading.source)
  }

  /** A pause that no run would make of its own: posts may have come and gone. */
  private wasLong(): boolean {
    const pause = this.reading.clock.now() - Date.parse(this.pass.lastAnswerAt ?? '')
    return !(pause >= 0 && pause <= LONGEST_BACKOFF)
  }

  get resumed(): boolean {
    return this.pass.resumed
  }

  private viewpoint(): Viewpoint {
    return { run: this.reading.report.run, pass: this.pass, reader: this.reading.reader, at: this.now() }
  }

  async read(): Promise<TargetReport> {
    const { archive, reporter, source } = this.reading
    reporter.target(this.url, this.pass.resumed)
    if (this.pass.resumed)
      this.report.problems.push(...archive.frontier.gaps.failures(this.pass).map(problemOfEarlierRun))
    for await (const arrival of source.captures({ next: () => this.next() })) {
      if (isFailure(arrival)) await this.failed(arrival.error)
      else await this.arrived(arrival)
      if (this.stopped || this.isLeft || (await this.isLost())) break
      await this.endpoints.judge(arrival.request)
    }
    this.isRead = archive.frontier.pending(this.pass) === 0
    if (this.isRead) archive.finishPass(this.viewpoint())
    if (this.reading.job.sync?.explain) Object.assign(this.report, archive.explained(this.pass))
    this.report.notes.push(...this.openDates.notes(archive, this.url))
    const report = describeTarget(this.report, {
      archive,
      pass: this.pass,
      thread: isThreadUrl(this.url) ? this.lastPage : null,
      stopped: this.stopped ?? (this.isRead ? null : this.reading.stopping.why),
      isDead: this.pulse.answers === 0 && this.reading.down.has(new URL(this.url).origin),
    })
    // A mistyped address must not be asked for at each sync.
    if (this.isNowhere && this.isFirst && this.report.posts === 0) {
      archive.unregister(this.pass)
      report.notes.push(noteOfUnkept(this.url))
    } else if (this.isRead && this.home) archive.respell(this.url, this.home)
    return report
  }

  private next() {
    const { archive } = this.reading
    for (;;) {
      this.current = archive.frontier.next(this.pass, this.aside)
      if (this.current && this.passedOver(this.current)) continue
      if (this.current) return this.requestOf(this.current)
      // A task that waits for another run may lead to what is missing.
      if (archive.frontier.pending(this.pass) > 0 || this.isEmpty()) return null
      if (!this.beginStage()) return null
    }
  }

  /** What failed in an earlier pass is requested once, without retries. */
  private requestOf({ task }: PendingTask): FetchRequest {
    const isOld = (task.failedSince ?? this.pass.startedAt) < this.pass.startedAt
    const isSilent = this.pulse.isSilent || this.endpoints.isSilent(task.request)
    return isOld || isSilent ? { ...task.request, once: true } : task.request
  }

  private async isLost(): Promise<boolean> {
    if (!(await this.pulse.isLost())) return false
    const problem = await this.pulse.tellOnce(this.report)
    if (problem) this.reading.down.set(new URL(this.url).origin, problem)
    return true
  }

  /** Adds the tasks of the next stage; false: there is none. */
  private beginStage(): boolean {
    return this.reading.archive.transaction(tx => {
      const viewpoint = this.viewpoint()
      const facts = tx.stageFacts(viewpoint)
      if (!facts) return false
      const { tasks, turns } = planSync(facts, this.url, this.memory.rest)
      tx.beginStage(viewpoint, tasks, turns)
      return true
    })
  }

  /** The target itself could not be read. */
  private isEmpty(): boolean {
    return this.pulse.answers === 0 && !this.pass.resumed
  }

  private async arrived(capture: Capture): Promise<void> {
    const { archive, report, reporter, reader } = this.reading
    const current = this.current as PendingTask
    const behind = { task: current, pass: this.pass }
    const page = await this.pageOf(capture, current)
    if (!page) return
    const context = this.memory.contextOf(current, page)
    const goesAround = isBesidePages(current.task, page.wall, this.reading.job.via)
    if (!goesAround) this.pulse.answered(capture.request, page.wall)
    this.endpoints.answered(capture.request, page.wall)
    const siteAnswers = current.failedBefore && (await this.pulse.siteAnswers())
    if (current.task.kind === 'target') this.isNowhere = isNothingThere(current.task.request.url, page.wall)
    if (current.task.kind === 'target') this.home = homeOf(page, this.url)
    const answer = answerOf(capture)
    const { result, outcome } = archive.transaction(tx => {
      const step = this.step(current, capture, tx.keep(report.run, capture, reader, behind), page)
      letGo(capture)
      const result = tx.save(page, step)
      const { outcome: own, foreign } = onSite(follow(current.task, page, result, context), page, this.url)
      this.report.problems.push(...foreign)
      const outcome = ended(own, siteAnswers)
      tx.enqueue(this.pass, outcome.tasks, result.group)
      tx.answered(step, outcome, result.group)
      return { result, outcome }
    })
    this.pulse.noted(current.task, page, outcome.problem)
    this.note(current, outcome)
    if (!page.wall && page.threads.length > 0 && current.task.kind !== 'parents') this.lastPage = page
    if (page.samples && isComparison(current.task)) reportSelfTest(page, result, archive, this.report)
    reportPage(page, result, answer, { report, target: this.report, reporter })
    this.openDates.add(page)
    const name = page.group?.name ?? result.groupName
    reporter.saved(report, name ?? this.url, shareOf(current.task, page, result))
  }

  /** Null: nobody knows whose view it is, or the run was interrupted. A response that gives no page is kept all the same: an error of the parser loses none. */
  private async pageOf(capture: Capture, current: PendingTask): Promise<Page | null> {
    const { archive, parser, report, reader, source, stopping } = this.reading
    let page: Page | null = null
    try {
      const read = await parser.parse(capture, stopping.signal)
      if (!read) return null
      const parsed = ofKnownSite(read, archive)
      const strayed = this.moveWatch.strayed(capture, parsed)
      if (strayed) return await this.unwatched(strayed)
      const asked = expected(current.task, heldOnly(current.task, parsed, archive), this.memory.streams)
      page = await watched(asked, current.task, capture, source).catch(error => this.unwatched(error))
      return page
    } finally {
      if (!page) archive.keep(report.run, capture, reader, { task: current, pass: this.pass })
    }
  }

  /** Nobody knows whose view it is: it counts as unanswered, and on Ctrl-C as not asked. */
  private async unwatched(error: Error): Promise<null> {
    if (!this.reading.stopping.signal.aborted) await this.failed(error)
    return null
  }

  private step(task: PendingTask, capture: Capture, id: number, page: Page) {
    return {
      run: this.reading.report.run,
      pass: this.pass,
      task,
      capture: id,
      at: capture.capturedAt,
      parser: parserOf(page, this.reading.version),
      authority: authorityOf(task.task, page),
      reader: this.reading.reader,
    } as const
  }

  private async failed(error: Error): Promise<void> {
    const current = this.current as PendingTask
    const move = await this.moveWatch.moveBehind(error)
    if (move) return this.hasMoved(current, move)
    if (current.task.kind === 'target' && this.pulse.answers === 0)
      this.isNowhere = isNoServer(error) || leadsAway(error)
    if (isDown(error, current.task)) return this.isDown(current, problemOfDown(error))
    const answer = unanswered(current.task, error, this.memory.contextOf(current, null))
    if (answer.end === 'pending') this.pulse.failed()
    this.endpoints.failed(current.task.request)
    this.pulse.noted(current.task, error, answer.problem)
    this.close(current, ended(answer, current.failedBefore && (await this.pulse.siteAnswers())))
  }

  /** True for a request that is not made: its endpoint is left alone until another run, or its permalink is requested instead. */
  private passedOver(current: PendingTask): boolean {
    const instead = this.memory.insteadOf(current.task)
    if (instead) this.close(current, instead)
    const error = instead ? null : this.endpoints.left(current.task.request)
    if (!error) return instead !== null
    const answer = unanswered(current.task, error, this.memory.contextOf(current, null))
    const { problem, ...outcome } = ended(answer, current.failedBefore)
    this.close(current, problem && this.endpoints.isNews(error) ? { ...outcome, problem } : outcome)
    return true
  }

  private close(current: PendingTask, outcome: Outcome): void {
    this.reading.archive.transaction(tx => {
      tx.unanswered(current, outcome, this.now())
      tx.enqueue(this.pass, outcome.tasks, current.group)
    })
    this.note(current, outcome)
  }

  private hasMoved(current: PendingTask, move: SiteMove): void {
    this.report.moved = move
    this.leave(current, problemOfMoved(move))
  }

  private isDown(current: PendingTask, problem: Problem): void {
    this.reading.down.set(new URL(problem.url).origin, problem)
    this.leave(current, problem)
  }

  /** Ends the reading: every other request would end in the same way. Tasks of a pass that was under way stay for another run. */
  private leave(current: PendingTask, problem: Problem): void {
    const end = this.isEmpty() ? 'failed' : 'untouched'
    this.close(current, { tasks: [], end, reason: problem.message, problem })
    this.isLeft = true
  }

  /** What the run remembers and reports of a task that has ended. */
  private note(task: PendingTask, outcome: Outcome): void {
    if (outcome.end === 'pending') this.aside.add(task.id)
    if (outcome.problem) this.report.problems.push(outcome.problem)
    if (outcome.problem && this.reading.options.failHard) this.stopped = 'problem'
    if (outcome.stop) this.stopped = outcome.stop
    if (outcome.note) this.report.notes.push(outcome.note)
    if (outcome.route && !this.report.route) this.report.because = outcome.because ?? null
    if (outcome.route) this.report.route ??= outcome.route
  }

  private now(): string {
    return new Date(this.reading.clock.now()).toISOString()
  }
}
