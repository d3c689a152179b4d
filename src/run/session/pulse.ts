import { type FetchRequest, isFailure } from '../../model/capture.js'
import { EXIT, SiteDown } from '../../model/errors.js'
import type { Page, Wall } from '../../model/page.js'
import type { Problem, TargetReport } from '../../model/reports/run.js'
import type { Task } from '../../model/task.js'
import { errorCode } from '../../model/thrown.js'
import type { LiveSource } from '../../sources/index.js'
import { problemOfError, problemOfSilence } from '../judge/problems.js'
import { problemOf, problemOfBlock } from '../judge/wall-problems.js'

/** Consecutive requests without a usable response after which a run asks whether the site still answers. */
const MAX_FAILURES = 3

/** No host, or a host without a site: the address is mistyped, or the site is gone. */
export const isNoServer = ({ cause }: Error): boolean =>
  ['ENOTFOUND', 'ECONNREFUSED', 'EHOSTUNREACH'].includes(errorCode(cause))

/** The site of the request is down; not one that a redirect led to. */
export const isDown = (error: Error, { request }: Task): error is SiteDown =>
  error instanceof SiteDown && error.origin === new URL(request.url).origin

/**
 * Tells a site that is down from single addresses that always fail. After some consecutive failures a request that had a usable
 * response is made once more: if the site answers it, the run goes on and is twice as patient; if not, it leaves the host alone. After a
 * block (429, bot protection) the site is not asked. Until the first usable response, requests after a failure are not repeated.
 */
export class Pulse {
  /** Number of usable responses of this run. */
  answers = 0
  private failures = 0
  private patience = MAX_FAILURES
  private isBlocked = false
  /** What the site answered when it was asked; null: not asked since its last usable response. */
  private beats: boolean | null = null
  private proven: FetchRequest
  /** Of the requests since the last usable response, also of those that another request was to make up for, so that the report does not name them. */
  private problems: Problem[] = []

  /** `url`: an address of the site, for a run without a usable response. */
  constructor(
    private readonly source: LiveSource,
    private readonly url: string,
  ) {
    this.proven = { url }
  }

  answered(request: FetchRequest, wall: Wall | null): void {
    this.isBlocked = wall?.kind === 'challenge'
    if (wall?.kind === 'error' || this.isBlocked) {
      this.failures++
      return
    }
    this.answers++
    this.failures = 0
    this.problems = []
    this.patience = MAX_FAILURES
    this.beats = null
    if (!wall && !request.unless) this.proven = request
  }

  failed(): void {
    this.failures++
  }

  /** Requests have failed, and nothing of the site could be read yet. */
  get isSilent(): boolean {
    return this.answers === 0 && this.failures > 0
  }

  /** `told`: the problem that the report names for this request. */
  noted(task: Task, answer: Page | Error, told: Problem | undefined): void {
    const problem = told ?? problemBehind(task, answer)
    if (problem && this.failures > 0) this.problems.push(problem)
  }

  /**
   * One problem in place of those of the unanswered requests to a site that is left alone. Null if it holds for this target only: the
   * site blocks this reader, or other addresses of it answer.
   */
  async tellOnce(report: TargetReport): Promise<Problem | null> {
    const last = this.problems.at(-1)
    if (!last || (this.isBlocked ? this.isBlockTold(report) : await this.frontAnswers())) return null
    const describe = this.isBlocked ? problemOfBlock : problemOfSilence
    const problem = describe(new URL(this.url).origin, this.failures, last)
    report.problems = [...report.problems.filter(one => !this.problems.includes(one)), problem]
    return this.isBlocked ? null : problem
  }

  private isBlockTold({ problems }: TargetReport): boolean {
    return this.problems.some(one => one.exitCode === EXIT.blocked && problems.includes(one))
  }

  /** True if the run should leave the host alone. */
  async isLost(): Promise<boolean> {
    if (this.failures < this.patience) return false
    this.patience *= 2
    if (this.isBlocked || this.beats === false) return true
    this.beats = await this.ask()
    return !this.beats
  }

  /** True if the site has answered in this run, or does now. */
  async siteAnswers(): Promise<boolean> {
    if (this.answers > 0) return true
    this.beats ??= await this.ask()
    return this.beats
  }

  private async ask(): Promise<boolean> {
    const status = await this.statusOf(this.answers > 0 ? this.proven : { ...this.proven, once: true })
    return status !== null && status < 400
  }

  /** A target of which nothing could be read says little about its site. */
  private async frontAnswers(): Promise<boolean> {
    const front = new URL('/', this.url).href
    if (this.answers > 0 || front === this.url) return false
    const status = await this.statusOf({ url: front, once: true })
    return status !== null && status < 500
  }

  private async statusOf(request: FetchRequest): Promise<number | null> {
    const requests = [request]
    for await (const arrival of this.source.captures({ next: () => requests.shift() ?? null }))
      return isFailure(arrival) ? null : arrival.status
    return null
  }
}

function problemBehind(task: Task, answer: Page | Error): Problem | null {
  if (answer instanceof Error) return problemOfError(task, answer)
  return answer.wall && problemOf(task, answer, answer.wall)
}
