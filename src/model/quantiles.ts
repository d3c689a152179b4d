import type { Quantiles } from './reports/statistics.js'

/** Sorted numbers, smallest first. */
type Sorted = ArrayLike<number>

export const NO_QUANTILES: Quantiles = { of: 0, median: null, p90: null, max: null }

export function quantilesOf(sorted: Sorted): Quantiles {
  const of = sorted.length
  if (of === 0) return NO_QUANTILES
  const at = (index: number) => sorted[index] as number
  const half = of >> 1
  const median = of % 2 === 1 ? at(half) : (at(half - 1) + at(half)) / 2
  return { of, median, p90: at(Math.ceil(of * 0.9) - 1), max: at(of - 1) }
}

/** The Gini coefficient of numbers above 0: from 0 (all are the same) to below 1. Null where there are none. */
export function gini(sorted: Sorted): number | null {
  let sum = 0
  let weighted = 0
  for (let at = 0; at < sorted.length; at++) {
    sum += sorted[at] as number
    weighted += (2 * (at + 1) - sorted.length - 1) * (sorted[at] as number)
  }
  return sum === 0 ? null : rounded(weighted / (sorted.length * sum))
}

/** What share of the sum the `most` greatest have. */
export function shareOfGreatest(sorted: Sorted, most: number): number | null {
  let all = 0
  let theirs = 0
  for (let at = 0; at < sorted.length; at++) {
    all += sorted[at] as number
    if (at >= sorted.length - most) theirs += sorted[at] as number
  }
  return all === 0 ? null : rounded(theirs / all)
}

/** Four decimals: more would be noise, and the same on every machine. */
export const rounded = (value: number): number => Math.round(value * 10_000) / 10_000
