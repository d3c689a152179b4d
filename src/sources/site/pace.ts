import type { Clock } from '../source.js'

/** An answer that took longer says that the server has much to do. */
const SLOW_RESPONSE = 1000
/** No pause grows beyond this by itself. */
const MAX_PAUSE = 60_000

/**
 * Lets no request start sooner than the pause after the one before it ended: retries and redirects too, because all of them
 * pass through here. A server that gets slow is left alone for as long as it took to answer (as Scrapy's AutoThrottle does),
 * one that says "too many requests" for twice as long from then on.
 */
export class Pace {
  private endedAt: number | null = null
  private startedAt: number | null = null
  private pause: number
  /** What the server's slowness adds up to; 0 while it is quick. */
  private slowness = 0

  /** @param range the set pause, in milliseconds, from and to: each is drawn anew. */
  constructor(
    private range: readonly [number, number],
    private readonly clock: Clock,
    private readonly random: () => number = Math.random,
  ) {
    this.pause = this.randomPause()
  }

  /** A slower pace that the site asks for (robots.txt, Crawl-delay). Never a quicker one. */
  atLeast(gap: number): void {
    this.range = [Math.max(this.range[0], gap), Math.max(this.range[1], gap)]
    this.pause = Math.max(this.pause, gap)
  }

  /** "Too many requests." */
  slowDown(): void {
    this.atLeast(Math.min(MAX_PAUSE, 2 * this.range[0]))
  }

  /** Timers may end a millisecond early, so the clock is asked again. */
  async waitForNext(signal: AbortSignal): Promise<void> {
    for (let wait = this.remaining(); wait > 0 && !signal.aborted; wait = this.remaining())
      await this.clock.sleep(wait, signal)
    this.startedAt = this.clock.now()
  }

  ended(): void {
    this.endedAt = this.clock.now()
    const took = this.endedAt - (this.startedAt ?? this.endedAt)
    this.slowness = took > SLOW_RESPONSE ? Math.min(MAX_PAUSE, (this.slowness + took) / 2) : 0
    this.pause = Math.max(this.randomPause(), this.slowness)
  }

  private randomPause(): number {
    const [from, to] = this.range
    return from + this.random() * (to - from)
  }

  /** Never more than the gap: a clock that was set back must not hold a run up for hours. */
  private remaining(): number {
    return this.endedAt === null ? 0 : Math.min(this.pause, this.endedAt + this.pause - this.clock.now())
  }
}
