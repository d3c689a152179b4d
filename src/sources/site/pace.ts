import type { Clock } from '../source.js'

/** An answer that took longer says that the server has much to do. */
const SLOW = 1000
/** No pause grows beyond this by itself. */
const LONGEST_GAP = 60_000

/**
 * Lets no request start sooner than the pause after the one before it ended: retries and redirects too, because all of them
 * pass through here. A server that gets slow is left alone for as long as it took to answer (as Scrapy's AutoThrottle does),
 * one that says "too many requests" for twice as long from then on.
 */
export class Pace {
  private last: number | null = null
  private started: number | null = null
  private gap: number
  /** What the server's slowness adds up to; 0 while it is quick. */
  private strain = 0

  /** @param range the set pause, in milliseconds, from and to: each is drawn anew. */
  constructor(
    private range: readonly [number, number],
    private readonly clock: Clock,
    private readonly random: () => number = Math.random,
  ) {
    this.gap = this.drawn()
  }

  /** A slower pace that the site asks for (robots.txt, Crawl-delay). Never a quicker one. */
  atLeast(gap: number): void {
    this.range = [Math.max(this.range[0], gap), Math.max(this.range[1], gap)]
    this.gap = Math.max(this.gap, gap)
  }

  /** "Too many requests." */
  tooQuick(): void {
    this.atLeast(Math.min(LONGEST_GAP, 2 * this.range[0]))
  }

  /** Timers may end a millisecond early, so the clock is asked again. */
  async turn(signal: AbortSignal): Promise<void> {
    for (let wait = this.wait(); wait > 0 && !signal.aborted; wait = this.wait()) await this.clock.sleep(wait, signal)
    this.started = this.clock.now()
  }

  ended(): void {
    this.last = this.clock.now()
    const took = this.last - (this.started ?? this.last)
    this.strain = took > SLOW ? Math.min(LONGEST_GAP, (this.strain + took) / 2) : 0
    this.gap = Math.max(this.drawn(), this.strain)
  }

  private drawn(): number {
    const [from, to] = this.range
    return from + this.random() * (to - from)
  }

  /** Never more than the gap: a clock that was set back must not hold a run up for hours. */
  private wait(): number {
    return this.last === null ? 0 : Math.min(this.gap, this.last + this.gap - this.clock.now())
  }
}
