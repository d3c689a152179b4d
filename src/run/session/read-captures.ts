import type { Pass, PendingTask, Step } from '../../archive/index.js'
import { type Capture, type Failure, isFailure } from '../../model/capture.js'
import { EXIT } from '../../model/errors.js'
import type { Page } from '../../model/page.js'
import type { Problem, Stop, TargetReport } from '../../model/reports/run.js'
import type { Task } from '../../model/task.js'
import type { Source } from '../../sources/index.js'
import { authorityOf, expected, parserOf, StreamMemory } from '../judge/expect.js'
import { problemOf, problemOfError } from '../judge/problems.js'
import { firstTask } from '../plan/target.js'
import { taskByRequest } from '../plan/task-from-request.js'
import { reportPage } from './page-outcome.js'
import type { TargetReading } from './target-reader.js'
import { blankReport, groupReports, threadsOf } from './target-report.js'

type Capturing = Omit<TargetReading, 'source' | 'reader'> & { source: Source }

/** Nobody knows who saw these pages, so that they never make a post count as missing for somebody else. */
const READER = 'unknown'

/**
 * Archives the captures of a source that asks nobody, such as saved pages. What each was asked for is told by its request. Nothing
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

/** Zero posts are no proof of an empty page. */
const problemOfLoader = (url: string): Problem => ({
  url,
  message: `${url} holds only a loader: the posts come by AJAX, and are not in the saved page.`,
  advice: 'Save the page in the browser after its posts are shown.',
  exitCode: EXIT.partial,
})

/** What the captures of one target have brought. */
class TakenPages {
  private readonly memory = new StreamMemory()
  private readonly groups = new Set<string>()
  private readonly report: TargetReport
  private readonly pending: PendingTask

  constructor(
    private readonly capturing: Capturing,
    private readonly pass: Pass,
  ) {
    const { archive, job } = capturing
    this.pending = archive.frontier.next(pass, new Set()) as PendingTask
    this.report = blankReport(job.url)
  }

  /** It was asked to end with the first problem. */
  get isEnough(): boolean {
    return this.capturing.options.failHard && this.report.problems.length > 0
  }

  fail({ request, error }: Failure): void {
    this.report.problems.push(problemOfError(taskByRequest(request), error))
  }

  /** Kept first, then read, as any answer. */
  async take(capture: Capture): Promise<void> {
    const { archive, parser, report, reporter, stopping } = this.capturing
    const task = { ...this.pending, task: this.taskOf(capture) }
    const id = archive.keep(report.run, capture, READER, { task, pass: this.pass })
    const parsed = await parser.parse(capture, stopping.signal)
    if (!parsed) return
    const page = expected(task.task, parsed, this.memory)
    if (task.task.kind === 'stream' && !page.wall) this.memory.note(task.task, page)
    const result = archive.transaction(tx => tx.save(page, this.step(task, capture, id, page)))
    const answer = { url: capture.request.url, bytes: capture.body.length }
    reportPage(page, result, answer, { report, target: this.report, reporter })
    reporter.saved(report, page.group?.name ?? capture.url, null)
    this.note(page, task.task)
  }

  /** A thread's own page gives the full texts of those posts that are held shortened. */
  private taskOf({ request }: Capture): Task {
    const task = taskByRequest(request)
    return task.kind === 'thread' ? { ...task, texts: this.shortened(request.url) } : task
  }

  private shortened(thread: string): string[] {
    const ids: string[] = []
    for (const { posts } of this.capturing.archive.reader.threads({ threads: [thread] }))
      for (const { post } of posts) if (post.truncated) ids.push(post.id)
    return ids
  }

  private step(task: PendingTask, capture: Capture, id: number, page: Page): Step {
    const { report, version } = this.capturing
    return {
      ...{ run: report.run, pass: this.pass, task, capture: id, at: capture.capturedAt, reader: READER },
      ...{ parser: parserOf(page, version), authority: authorityOf(task.task, page) },
    }
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
