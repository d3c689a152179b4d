import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gini, quantilesOf, shareOfGreatest } from '../../../src/model/reports/quantiles.js'

const COUNTS = fc
  .array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 50 })
  .map(counts => counts.sort((a, b) => a - b))

describe('the Gini coefficient', () => {
  it('is 0 where all have the same, and nears 1 where one has all', () => {
    expect([gini([]), gini([7]), gini([3, 3, 3]), gini([1, 3, 4]), gini([0, 0, 0, 8])]).toEqual([
      null,
      0,
      0,
      0.25,
      0.75,
    ])
  })

  it('is the mean difference of two by twice the mean', () => {
    fc.assert(
      fc.property(COUNTS, counts => {
        const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
        const differences = counts.flatMap(a => counts.map(b => Math.abs(a - b)))
        const expected = differences.reduce((sum, one) => sum + one, 0) / counts.length ** 2 / (2 * mean)
        const found = gini(counts) ?? Number.NaN
        expect(found).toBeCloseTo(expected, 3)
        expect(found).toBeGreaterThanOrEqual(0)
        expect(found).toBeLessThan(1)
      }),
    )
  })
})

describe('a spread', () => {
  it.each([
    [[], { of: 0, q1: null, median: null, q3: null, p90: null, max: null }],
    [[5], { of: 1, q1: 5, median: 5, q3: 5, p90: 5, max: 5 }],
    [[1, 2], { of: 2, q1: 1, median: 1.5, q3: 2, p90: 2, max: 2 }],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], { of: 10, q1: 3, median: 5.5, q3: 8, p90: 9, max: 10 }],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], { of: 11, q1: 3, median: 6, q3: 9, p90: 10, max: 11 }],
  ])('of %j', (numbers, spread) => {
    expect(quantilesOf(numbers)).toEqual(spread)
  })

  it('has nine tenths at or below p90, and no lower value of which that holds', () => {
    fc.assert(
      fc.property(COUNTS, counts => {
        const p90 = quantilesOf(counts).p90 ?? 0
        const upTo = (most: number) => counts.filter(count => count <= most).length
        expect(upTo(p90) * 10).toBeGreaterThanOrEqual(counts.length * 9)
        expect(upTo(p90 - 1) * 10).toBeLessThan(counts.length * 9)
      }),
    )
  })
})

describe('the share of the greatest', () => {
  it('is theirs of all', () => {
    expect([shareOfGreatest([1, 3, 4], 1), shareOfGreatest([1, 3, 4], 3), shareOfGreatest([], 1)]).toEqual([
      0.5,
      1,
      null,
    ])
  })
})
