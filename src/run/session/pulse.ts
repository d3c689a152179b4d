import { type FetchRequest, isFailure } from '../../model/capture.js'
import type { Wall } from '../../model/page.js'
import type { LiveSource } from '../../sources/index.js'

/** Consecutive requests without a usable response after which a run asks whether the site still answers. */
const MAX_FAILURES = 3

/**
 * Tells a site that is down from single addresses that always fail. After some consecutive failures a request that had a usable
 * response is made once more: if the site answers it, the run goes on and is twice as patient; if not, it leaves the host alone. After a
 * block (429, bot protection) the site is not asked.
 */
export class Pulse {
  /** Number of usable responses of this run. */
  answers = 0
  private failures = 0
  private patience = MAX_FAILURES
  private isBlocked = false
  private beats: boolean | null = null
  private proven: FetchRequest

  /** `url`: an address of the site, for a run without a usable response. */
  constructor(
    private readonly source: LiveSource,
    url: string,
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
    this.patience = MAX_FAILURES
    if (!wall && !request.unless) this.proven = request
  }

  failed(): void {
    this.failures++
  }

  /** True if the run should leave the host alone. */
  async isLost(): Promise<boolean> {
    if (this.failures < this.patience) return false
    this.patience *= 2
    return this.isBlocked || !(await this.ask())
  }

  /** True if the site has answered in this run, or does now. */
  async siteAnswers(): Promise<boolean> {
    if (this.answers > 0) return true
    this.beats ??= await this.ask()
    return this.beats
  }

  private async ask(): Promise<boolean> {
    const requests = [this.proven]
    for await (const arrival of this.source.captures({ next: () => requests.shift() ?? null }))
      return !isFailure(arrival) && arrival.status < 400
    return false
  }
}
