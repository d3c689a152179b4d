import type { Pass } from '../../archive/index.js'
import { type Capture, type Failure, isFailure } from '../../model/capture.js'
import type { Page } from '../../model/page.js'
import type { Stop } from '../../model/reports/pass.js'
import type { TargetReport } from '../../model/reports/run.js'
import type { Task } from '../../model/task.js'
import type { Source } from '../../sources/index.js'
import { problemOfError, problemOfLoader } from '../judge/problems.js'
import { problemOf } from '../judge/wall-problems.js'
import { firstTask } from '../plan/target.js'
import { taskByRequest } from '../plan/task-from-request.js'
import type { TargetReading } from './options.js'
import { answerOf, reportPage } from './page-outcome.js'
import { PageTaker } from './page-taker.js'
import { blankReport, groupReports, threadsOf } from './target-report.js'

type Capturing = Omit<TargetReading, 'source' | 'reader'> & { source: Source }

/**
 * Archives the captures of a source that asks nobody, such as saved pages. The request of each says what it was asked for. Nothing
 * is asked next, and absence proves nothing: captures may be old. The target is not registered for `sync`.
 */
export async function readCaptures(capturing: Capturing): Promise<TargetReport> {
  const { archive, clock, job, reporter, source, stopping } = capturing
  const now = new Date(clock.now()).toISOString()
  const pass = archive.beginPass(job.url, { reader: 'visitor', via: 'auto' }, firstTask(job.url), now)
  const taken = new TakenPages(capturing, pass)
  reporter.target(job.url, pass.resumed)
  try {
    for await (const arrival of source.captures({ next: () => null })) {
      if (isFailure(arrival)) taken.fail(arrival)
      else await taken.take(arrival)
      if (stopping.signal.aborted || taken.isEnough) break
    }
  } finally {
    archive.unregister(pass)
  }
  return taken.described(stopping.why)
}

/** What the captures of one target have brought. */
class TakenPages {
  private readonly taker: PageTaker
  private readonly groups = new Set<string>()
  private readonly report: TargetReport

  constructor(
    private readonly capturing: Capturing,
    pass: Pass,
  ) {
    this.taker = new PageTaker(capturing, pass)
    this.report = blankReport(capturing.job.url)
  }

  /** It was asked to end with the first problem. */
  get isEnough(): boolean {
    return this.capturing.options.failHard && this.report.problems.length > 0
  }

  fail({ request, error }: Failure): void {
    this.report.problems.push(problemOfError(taskByRequest(request), error))
  }

  async take(capture: Capture): Promise<void> {
    const { report, reporter } = this.capturing
    const taken = await this.taker.read(capture)
    if (!taken) return
    const { page, task } = taken
    const answer = answerOf(capture)
    reportPage(page, this.taker.save(taken), answer, { report, target: this.report, reporter })
    reporter.saved(report, page.group?.name ?? capture.url, null)
    this.note(page, task)
  }

  private note(page: Page, task: Task): void {
    for (const group of [page.group, ...page.posts.map(post => post.group)]) if (group) this.groups.add(group.url)
    if (page.wall) this.report.problems.push(problemOf(task, page, page.wall))
    else if (page.loader && page.posts.length === 0) this.report.problems.push(problemOfLoader(page.url))
    else if (page.about.kind === 'thread' && !page.posts[0]?.group)
      this.report.threads.push(...threadsOf(this.capturing.archive, page, page.url))
  }

  described(why: Stop | null): TargetReport {
    const { problems, posts } = this.report
    const stopped = why ?? (this.isEnough ? 'problem' : null)
    const state = stopped ? 'interrupted' : problems.length === 0 ? 'done' : posts > 0 ? 'partial' : 'failed'
    const groups = [...this.groups].map(url => ({ url, access: null }))
    return { ...this.report, state, stopped, groups: groupReports(this.capturing.archive, groups) }
  }
}
