/** The outside that waiting needs. */
export interface Clock {
  /** Milliseconds. */
  now(): number
  /** Ends early, without an error, when the signal is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>
}

/**
 * Lets no request start sooner than `gap` after the one before it ended: retries and redirects too, because all of them
 * pass through here.
 */
export class Pace {
  private last: number | null = null

  constructor(
    private gap: number,
    private readonly clock: Clock,
  ) {}

  /** A slower pace that the site asks for (robots.txt, Crawl-delay). Never a quicker one. */
  atLeast(gap: number): void {
    this.gap = Math.max(this.gap, gap)
  }

  /** Timers may end a millisecond early, so the clock is asked again. */
  async turn(signal: AbortSignal): Promise<void> {
    for (let wait = this.wait(); wait > 0 && !signal.aborted; wait = this.wait()) await this.clock.sleep(wait, signal)
  }

  ended(): void {
    this.last = this.clock.now()
  }

  /** Never more than the gap: a clock that was set back must not hold a run up for hours. */
  private wait(): number {
    return this.last === null ? 0 : Math.min(this.gap, this.last + this.gap - this.clock.now())
  }
}
