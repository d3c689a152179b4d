import type { Stop } from '../../model/reports/pass.js'
import type { Clock } from '../../sources/index.js'

export interface Limits {
  /** Null: no limit. */
  maxRequests: number | null
  /** Null: no limit. */
  timeLimitSeconds: number | null
}

/** Stops a run early, and holds the reason. The current page is always completed. */
export class Stopping {
  why: Stop | null = null
  private readonly stopping = new AbortController()
  /** Aborted at the end of the run: ends the timer of the time limit. */
  private readonly over = new AbortController()
  private requests = 0

  constructor(
    private readonly limits: Limits,
    clock: Clock,
    interrupt: AbortSignal,
  ) {
    if (interrupt.aborted) this.stop('interrupted')
    interrupt.addEventListener('abort', () => this.stop('interrupted'), { signal: this.over.signal })
    if (limits.timeLimitSeconds !== null) void this.stopAfter(limits.timeLimitSeconds * 1000, clock)
  }

  get signal(): AbortSignal {
    return this.stopping.signal
  }

  /** Counts a request, and stops the run at the limit. */
  counted(): void {
    if (++this.requests === this.limits.maxRequests) this.stop('max-requests')
  }

  stop(why: Stop): void {
    this.why ??= why
    this.stopping.abort()
  }

  ended(): void {
    this.over.abort()
  }

  private async stopAfter(milliseconds: number, clock: Clock): Promise<void> {
    await clock.sleep(milliseconds, this.over.signal)
    if (!this.over.signal.aborted) this.stop('time-limit')
  }
}
