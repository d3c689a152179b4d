import { describe, expect, it } from 'vitest'
import { NumberList, placeIn } from '../../../src/model/reports/number-list.js'

const LENGTHS = [0, 1, 16, 17, 65_535, 65_536, 65_537, 131_073]

const listOf = (values: Iterable<number>): NumberList => {
  const list = new NumberList()
  for (const value of values) list.push(value)
  return list
}

describe('a list of numbers', () => {
  it.each(LENGTHS)('has %i values in their order', length => {
    const values = Array.from({ length }, (_, at) => (at * 7919) % 65_537)
    const list = listOf(values)
    expect(list.length).toBe(length)
    expect([...list.all()]).toEqual(values)
    expect(values.filter((value, at) => list.at(at) !== value)).toEqual([])
  })

  it('is sorted in a copy, also without what is there twice', () => {
    const list = listOf([3, 1, 3, -0.5, 1])
    expect([...list.sorted()]).toEqual([-0.5, 1, 1, 3, 3])
    expect([...list.distinct()]).toEqual([-0.5, 1, 3])
    expect([...list.all()]).toEqual([3, 1, 3, -0.5, 1])
  })

  it('is searched when it is sorted', () => {
    const sorted = Float64Array.of(1, 3, 3, 5)
    expect([0, 1, 2, 3, 4, 5, 6].map(value => placeIn(sorted, value))).toEqual([0, 0, 1, 1, 3, 3, 4])
  })
})
