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
  private ready = 0

  constructor(
    private gap: number,
    private readonly clock: Clock,
  ) {}

  /** A slower pace that the site asks for (robots.txt, Crawl-delay). Never a quicker one. */
  atLeast(gap: number): void {
    this.gap = Math.max(this.gap, gap)
  }

  async turn(signal: AbortSignal): Promise<void> {
    const wait = this.ready - this.clock.now()
    if (wait > 0) await this.clock.sleep(wait, signal)
  }

  ended(): void {
    this.ready = this.clock.now() + this.gap
  }
}
