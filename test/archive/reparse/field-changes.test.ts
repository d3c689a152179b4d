import { expect, it } from 'vitest'
import { differing } from '../../../src/archive/reparse/field-changes.js'
import type { FullRow } from '../../../src/archive/reparse/rows.js'

const ROW = { status: 'gone', heading: null, position: 3, type: 'activity_comment' } as FullRow

it('changes the columns whose last value is not that of the row', () => {
  expect(differing(ROW, [{ status: 'live', position: 3 }, { position: 4 }])).toEqual({ status: 'live', position: 4 })
  expect(differing(ROW, [{ position: 4, status: 'live' }, { position: 3 }])).toEqual({ status: 'live' })
  expect(differing(ROW, [{ heading: null }, {}])).toEqual({})
})
