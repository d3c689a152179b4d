import type { Pass, PendingTask, Viewpoint } from '../../archive/index.js'
import { isPermalink } from '../../model/addresses.js'
import { type Capture, type FetchRequest, isFailure } from '../../model/capture.js'
import { isTopicUrl } from '../../model/forum/posts.js'
import type { Page, WallKind } from '../../model/page.js'
import type { Stop } from '../../model/reports/pass.js'
import type { TargetReport } from '../../model/reports/run.js'
import type { Task } from '../../model/task.js'
import type { SiteMove } from '../../model/urls.js'
import { LONGEST_BACKOFF } from '../../sources/index.js'
import { authorityOf, expected, parserOf, StreamMemory } from '../judge/expect.js'
import { noteOfUnkept, problemOfEarlierRun, problemOfMoved } from '../judge/problems.js'
import { sampled } from '../plan/feeds/samples.js'
import { isComparison } from '../plan/feeds/self-test.js'
import { follow, unanswered } from '../plan/follow.js'
import { ended, noRest, type Outcome, type PlanContext } from '../plan/outcome.js'
import { ownGroups } from '../plan/own-groups.js'
import { passPlanOf } from '../plan/pass-plan.js'
import { planSync } from '../plan/plan-sync.js'
import { firstTask } from '../plan/target.js'
import { shareOf } from '../plan/totals.js'
import { leadsAway, MoveWatch, onSite } from './leaving-site.js'
import { homeOf } from './one-spelling.js'
import { OpenDates } from './open-dates.js'
import type { TargetReading } from './options.js'
import { reportPage, reportSelfTest } from './page-outcome.js'
import { isNoServer, Pulse } from './pulse.js'
import { watched } from './session-watch.js'
import { howRead } from './sync.js'
import { blankReport, describeTarget } from './target-report.js'

/** Walls that mean: there is nothing at this address. */
const NOTHING_THERE: readonly WallKind[] = ['not-found', 'unknown']

const isThreadUrl = (url: string): boolean => isPermalink(url) || isTopicUrl(url)

/** Reads one target: the request of the next task, its capture, its page, what follows; until no task is left. */
export class TargetReader {
  private readonly pass: Pass
  /** Tasks up to this number were left over by a run that was long ago. */
  private readonly leftOver: number
  private readonly memory = new StreamMemory()
  private readonly openDates = new OpenDates()
  private readonly report: TargetReport
  /** Tasks that wait for another run. */
  private readonly aside = new Set<number>()
  /** Members whose names were asked for. */
  private readonly named = new Set<string>()
  private readonly rest = noRest()
  private readonly pageSizes: PlanContext['pageSizes'] = new Map()
  private stopped: Stop | null = null
  private current: PendingTask | null = null
  private readonly pulse: Pulse
  private readonly moveWatch: MoveWatch
  private lastPage: Page | null = null
  /** There is nothing at the target's own address. */
  private isNowhere = false
  /** Address of the group or member that the target turned out to be a page of. */
  private home: string | null = null
  /** It was named just now, and nothing of it was ever read. */
  private readonly isFirst: boolean

  /** Of forums all topics are read, not only those that have changed. */
  private readonly readsAll: boolean

  private readonly url: string
  /** True once no task is left. */
  isRead = false

  constructor(private readonly reading: TargetReading) {
    const { archive, clock, job } = reading
    const { url } = job
    this.url = url
    const [known] = archive.registered(url)
    this.isFirst = !job.sync && known?.fullReadAt == null && !known?.threads
    this.readsAll = !job.sync || job.sync.full || known?.fullReadAt == null
    const plan = job.sync && known ? passPlanOf(known, job.sync, clock.now()) : undefined
    this.pass = archive.beginPass(url, howRead(reading, known), firstTask(url), this.now(), plan)
    this.leftOver = this.pass.resumed && this.wasLong() ? archive.frontier.newest(this.pass) : 0
    this.report = blankReport(url)
    this.pulse = new Pulse(reading.source, url)
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
      if (this.stopped || this.report.moved || (await this.pulse.isLost())) break
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
      if (this.current) return this.requestOf(this.current)
      // A task that waits for another run may lead to what is missing.
      if (archive.frontier.pending(this.pass) > 0 || this.isEmpty()) return null
      if (!this.beginStage()) return null
    }
  }

  /** What failed in an earlier pass is requested once, without retries. */
  private requestOf({ task }: PendingTask): FetchRequest {
    const isOld = (task.failedSince ?? this.pass.startedAt) < this.pass.startedAt
    return isOld ? { ...task.request, once: true } : task.request
  }

  /** Adds the tasks of the next stage; false: there is none. */
  private beginStage(): boolean {
    return this.reading.archive.transaction(tx => {
      const viewpoint = this.viewpoint()
      const facts = tx.stageFacts(viewpoint)
      if (!facts) return false
      const { tasks, turns } = planSync(facts, this.url, this.rest)
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
    const context = this.contextOf(current, page)
    this.pulse.answered(capture.request, page.wall)
    const siteAnswers = current.failedBefore && (await this.pulse.siteAnswers())
    if (current.task.kind === 'target') this.isNowhere = page.wall !== null && NOTHING_THERE.includes(page.wall.kind)
    if (current.task.kind === 'target') this.home = homeOf(page, this.url)
    const { result, outcome } = archive.transaction(tx => {
      const step = this.step(current, capture, tx.keep(report.run, capture, reader, behind), page)
      const result = tx.save(page, step)
      const { outcome: own, foreign } = onSite(follow(current.task, page, result, context), page, this.url)
      this.report.problems.push(...foreign)
      const outcome = ended(own, siteAnswers)
      tx.enqueue(this.pass, outcome.tasks, result.group)
      tx.answered(step, outcome, result.group)
      return { result, outcome }
    })
    this.note(current, outcome)
    if (!page.wall && page.threads.length > 0 && current.task.kind !== 'parents') this.lastPage = page
    if (page.samples && isComparison(current.task)) reportSelfTest(page, archive, this.report)
    const answer = { url: capture.request.url, bytes: capture.body.length }
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
      const parsed = await parser.parse(capture, stopping.signal)
      if (!parsed) return null
      const strayed = this.moveWatch.strayed(capture, parsed)
      if (strayed) return await this.unwatched(strayed)
      const asked = expected(current.task, this.heldOnly(current.task, parsed), this.memory)
      page = await watched(asked, current.task, capture, source).catch(error => this.unwatched(error))
      return page
    } finally {
      if (!page) archive.keep(report.run, capture, reader, { task: current, pass: this.pass })
    }
  }

  /** The replies of the whole site: those to threads that are held. */
  private heldOnly(task: Task, page: Page): Page {
    if (task.kind === 'own') return ownGroups(page)
    if (task.kind === 'sample') return sampled(page)
    if (task.kind !== 'latest') return page
    const posts = page.posts.filter(post => this.reading.archive.holdsThread(page.site, post.threadId))
    return { ...page, posts, threads: [] }
  }

  /** Nobody knows whose view it is: it counts as unanswered, and on Ctrl-C as not asked. */
  private async unwatched(error: Error): Promise<null> {
    if (!this.reading.stopping.signal.aborted) await this.failed(error)
    return null
  }

  private contextOf({ id, task, failedBefore }: PendingTask, page: Page | null): PlanContext {
    const sameBefore = task.kind === 'stream' && page && !page.wall ? this.memory.note(task, page) : 0
    const member = this.reading.reader !== 'visitor'
    const { plan } = this.pass
    const held = task.kind === 'target' && isThreadUrl(this.url) ? this.reading.archive.threadAt(this.url) : null
    return {
      via: this.reading.job.via,
      isKnown: !this.isFirst,
      readsAll: this.readsAll,
      resumed: id <= this.leftOver,
      failedBefore,
      sameBefore,
      member,
      named: this.named,
      rest: this.rest,
      pageSizes: this.pageSizes,
      listed: () => this.reading.archive.frontier.listed(this.pass),
      knownGroups: () => this.reading.archive.groupsBelow(this.url),
      plan,
      held,
    }
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
    const answer = unanswered(current.task, error, this.contextOf(current, null))
    if (answer.end === 'pending') this.pulse.failed()
    if (current.task.kind === 'target' && this.pulse.answers === 0)
      this.isNowhere = isNoServer(error) || leadsAway(error)
    const outcome = ended(answer, current.failedBefore && (await this.pulse.siteAnswers()))
    this.reading.archive.transaction(tx => {
      tx.unanswered(current, outcome, this.now())
      tx.enqueue(this.pass, outcome.tasks, current.group)
    })
    this.note(current, outcome)
  }

  /** Ends the reading: every other request would be redirected, too. Tasks of a pass that was under way stay for the new address. */
  private hasMoved(current: PendingTask, move: SiteMove): void {
    const problem = problemOfMoved(move)
    const end = this.isEmpty() ? 'failed' : 'untouched'
    this.reading.archive.transaction(tx => tx.unanswered(current, { end, reason: problem.message }, this.now()))
    this.report.moved = move
    this.note(current, { tasks: [], end, problem })
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
