import type { Quantiles } from './statistics.js'

/** Numbers in ascending order. */
type Sorted = ArrayLike<number>

const NO_QUANTILES: Quantiles = { of: 0, q1: null, median: null, q3: null, p90: null, max: null }

/** Quartiles and 90th percentile: the smallest value that at least this share of the values does not exceed. */
export function quantilesOf(sorted: Sorted): Quantiles {
  const of = sorted.length
  if (of === 0) return NO_QUANTILES
  const at = (index: number) => sorted[index] as number
  const half = of >> 1
  const median = of % 2 === 1 ? at(half) : (at(half - 1) + at(half)) / 2
  const rank = (share: number) => at(Math.ceil(of * share) - 1)
  return { of, q1: rank(0.25), median, q3: rank(0.75), p90: rank(0.9), max: at(of - 1) }
}

/** The Gini coefficient of positive numbers: from 0 (all equal) to below 1, rounded. Null if there are none. */
export function gini(sorted: Sorted): number | null {
  let sum = 0
  let weighted = 0
  for (let at = 0; at < sorted.length; at++) {
    sum += sorted[at] as number
    weighted += (2 * (at + 1) - sorted.length - 1) * (sorted[at] as number)
  }
  return sum === 0 ? null : rounded(weighted / (sorted.length * sum))
}

/** Share of the sum that the `count` greatest numbers have, rounded. Null if the sum is 0. */
export function shareOfGreatest(sorted: Sorted, count: number): number | null {
  let sum = 0
  let greatest = 0
  for (let at = 0; at < sorted.length; at++) {
    sum += sorted[at] as number
    if (at >= sorted.length - count) greatest += sorted[at] as number
  }
  return sum === 0 ? null : rounded(greatest / sum)
}

/** Rounds to four decimals, which is precise enough and gives the same digits on every machine. */
export const rounded = (value: number): number => Math.round(value * 10_000) / 10_000
