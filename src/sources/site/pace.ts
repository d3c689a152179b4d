import type { Clock } from '../source.js'

/** A response that takes longer, in milliseconds, shows that the server is busy. */
const SLOW_RESPONSE = 1000
/** Longest pause that adapts to the server, in milliseconds. */
const MAX_PAUSE = 60_000

/**
 * Keeps the pause between the end of one request and the start of the next, for retries and redirects too. If the server
 * becomes slow, the pause grows to its response time (like Scrapy's AutoThrottle); after "too many requests" the pause is doubled.
 */
export class Pace {
  private endedAt: number | null = null
  private startedAt: number | null = null
  private pause: number
  /** Average of the last response times in milliseconds; 0 while the server is fast. */
  private slowness = 0

  /** @param range lower and upper bound of the pause in milliseconds; each pause is a random value between them. */
  constructor(
    private range: readonly [number, number],
    private readonly clock: Clock,
    private readonly random: () => number = Math.random,
  ) {
    this.pause = this.randomPause()
  }

  /** Raises the pause to what the site requires (robots.txt, Crawl-delay). Never lowers it. */
  atLeast(gap: number): void {
    this.range = [Math.max(this.range[0], gap), Math.max(this.range[1], gap)]
    this.pause = Math.max(this.pause, gap)
  }

  /** Doubles the pause, after "too many requests". */
  slowDown(): void {
    this.atLeast(Math.min(MAX_PAUSE, 2 * this.range[0]))
  }

  /** Waits until the next request may start. Timers may end a millisecond early, so the clock is read again. */
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

  /** Milliseconds to wait. At most one pause: a clock that was set back must not stop a run for hours. */
  private remaining(): number {
    return this.endedAt === null ? 0 : Math.min(this.pause, this.endedAt + this.pause - this.clock.now())
  }
}
