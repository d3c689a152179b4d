import { expect, it } from 'vitest'
import { nextKey } from '../../../src/archive/database/key-order.js'

it('batches of rows go on after their last key, and end where a damaged table has keys out of order', () => {
  expect([nextKey(0, 7), nextKey(7, 9), nextKey(9, undefined)]).toEqual([7, 9, 9])
  for (const last of [7, 6, 0])
    expect(() => nextKey(7, last)).toThrow(expect.objectContaining({ code: 'SQLITE_CORRUPT' }))
})
