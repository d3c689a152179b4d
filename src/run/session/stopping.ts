import type { Stop } from '../../model/reports/run.js'
import type { Clock } from '../../sources/index.js'

export interface Limits {
  /** Null: as many as it takes. */
  maxRequests: number | null
  timeLimitSeconds: number | null
}

/** Why a run ends before all is read. The page under way is finished in any case. */
export class Stopping {
  why: Stop | null = null
  private readonly stopping = new AbortController()
  /** Ends the waiting for the time limit. */
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

  /** The last request that is allowed is the last one. */
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
