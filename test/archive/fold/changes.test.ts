import { describe, expect, it } from 'vitest'
import { FIRST_SIGHT, type ValueChange, withEarlier } from '../../../src/archive/fold/changes.js'

/** Hours of a day as instants. */
const at = (hour: number) => `2026-01-01T${String(hour).padStart(2, '0')}:00:00.000Z`

/** The changes of a value that is `B` now, first seen as a row at hour 8, last at 16, after late readings of `A` at these hours. */
const late = (changes: readonly ValueChange[], ...hours: number[]): ValueChange[] =>
  hours.reduce<ValueChange[]>(
    (all, hour) =>
      withEarlier(
        all,
        { value: 'B', firstSeenAt: at(8), lastSeenAt: at(16) },
        { value: 'A', at: at(hour) },
        (a, b) => a === b,
      ),
    [...changes],
  )

const shown = (changes: readonly ValueChange[]) =>
  changes.map(({ before, after, at: when, reason }) => [`${before}${after}`, when, reason])

describe('a value that an older reading shows', () => {
  it('changed at the first sight of its row, as far as is known', () => {
    expect(shown(late([], 2))).toEqual([['AB', at(8), FIRST_SIGHT]])
  })

  it('changed later, where a reading between shows the old value: it did not come back', () => {
    expect(shown(late([], 2, 11))).toEqual([['AB', at(16), null]])
    expect(shown(late([], 2, 11))).toEqual(shown(late([], 11, 2)))
  })

  it('came back, where a reading had shown the new value before', () => {
    const seen = { id: 1, before: 'A', after: 'B', at: at(8), reason: null }
    expect(shown(late([seen], 11))).toEqual([
      ['AB', at(8), null],
      ['BA', at(11), null],
      ['AB', at(16), null],
    ])
  })
})
