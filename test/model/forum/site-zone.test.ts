import { expect, it } from 'vitest'
import { ANY_OFFSET, whenAt, whenInZone } from '../../../src/model/forum/site-zone.js'

const local = (at: string) => ({ from: Date.parse(`${at}Z`) / 1000, to: Date.parse(`${at}Z`) / 1000 + 59 })

it.each([
  ['America/St_Johns', '2024-07-01T12:00:00', ['2024-07-01T14:30:00Z', '2024-07-01T14:30:59Z']],
  ['America/St_Johns', '2024-01-01T12:00:00', ['2024-01-01T15:30:00Z', '2024-01-01T15:30:59Z']],
  ['Asia/Kathmandu', '2024-01-01T05:45:00', ['2024-01-01T00:00:00Z', '2024-01-01T00:00:59Z']],
  // The end of summer repeats an hour, its beginning leaves one out.
  ['Europe/Berlin', '2024-10-27T02:30:00', ['2024-10-27T00:30:00Z', '2024-10-27T01:30:59Z']],
  ['Europe/Berlin', '2024-03-31T02:30:00', ['2024-03-31T00:30:00Z', '2024-03-31T01:30:59Z']],
])('%s: %s', (name, at, [from, to]) => {
  expect(whenInZone(local(at), { name, offset: 0 })).toEqual({ from, to })
})

it('takes the fixed offset where the zone has no name, or an unknown one', () => {
  const when = { from: '2024-07-01T06:30:00Z', to: '2024-07-01T06:30:59Z' }
  expect(whenInZone(local('2024-07-01T12:00:00'), { name: null, offset: 19_800 })).toEqual(when)
  expect(whenInZone(local('2024-07-01T12:00:00'), { name: 'Nowhere/Town', offset: 19_800 })).toEqual(when)
  expect(whenInZone(local('2024-07-01T12:00:00'), { name: null, offset: null })).toBeNull()
})

it('covers all zones where none is known', () => {
  expect(whenAt(local('2024-07-01T12:00:00'), ANY_OFFSET)).toEqual({
    from: '2024-06-30T22:00:00Z',
    to: '2024-07-02T00:00:59Z',
  })
})
