import { NumberList } from '../../model/reports/number-list.js'
import { quantilesOf } from '../../model/reports/quantiles.js'
import type { Range, ResponseBounds, ResponseQuantiles } from '../../model/reports/statistics.js'
import type { CountedPost } from './threads.js'

/** The least and the greatest time between two posts, in seconds; infinite: no limit is known. */
export interface Delay {
  least: number
  greatest: number
}

/** Null: the reply is certainly dated before the post, which is a clock error. Two exact dates give one time twice. */
export function delayBetween(post: CountedPost, reply: CountedPost): Delay | null {
  const least = secondsOf(reply.from, Number.NEGATIVE_INFINITY) - secondsOf(post.to, Number.POSITIVE_INFINITY)
  const greatest = secondsOf(reply.to, Number.POSITIVE_INFINITY) - secondsOf(post.from, Number.NEGATIVE_INFINITY)
  return greatest < 0 ? null : { least: Math.max(0, least), greatest }
}

function secondsOf(at: string | null, unknown: number): number {
  const milliseconds = at === null ? Number.NaN : Date.parse(at)
  return Number.isNaN(milliseconds) ? unknown : milliseconds / 1000
}

/** Times between posts and replies, in seconds. */
export class Delays {
  private readonly exact = new NumberList()
  private readonly least = new NumberList()
  private readonly greatest = new NumberList()
  private leftOut = 0

  /** `exact`: the time, if it is known; else null. `possible`: what it can be; null: the reply is certainly dated before the post. */
  add(exact: number | null, possible: Delay | null): void {
    if (exact === null) this.leftOut++
    else this.exact.push(exact)
    if (!possible) return
    this.least.push(possible.least)
    this.greatest.push(possible.greatest)
  }

  figures(): ResponseQuantiles {
    return { ...quantilesOf(this.exact.sorted()), leftOut: this.leftOut, bounds: this.bounds() }
  }

  /** No quantile can be below that of the least times, or above that of the greatest. */
  private bounds(): ResponseBounds {
    const [least, greatest] = [quantilesOf(this.least.sorted()), quantilesOf(this.greatest.sorted())]
    const range = (name: 'q1' | 'median' | 'q3'): Range => [least[name], finite(greatest[name])]
    return { of: least.of, q1: range('q1'), median: range('median'), q3: range('q3') }
  }
}

const finite = (value: number | null): number | null => (value === Number.POSITIVE_INFINITY ? null : value)
