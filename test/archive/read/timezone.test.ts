import { expect, it } from 'vitest'
import { zoneName } from '../../../src/model/forum/site-zone.js'
import { page, post, shelf } from '../shelf.js'

it.each([
  [{ name: 'Europe/Berlin', offset: 7200 }, 'Europe/Berlin'],
  [{ name: null, offset: 19_800 }, '+05:30'],
  [{ name: 'No/Such', offset: -12_600 }, '-03:30'],
  [{ name: '<script>', offset: null }, null],
])('the zone of a site is named by its index: %j', (zone, name) => expect(zoneName(zone)).toBe(name))

it('a thread has the zone of its site, which a page without one leaves as it is', () => {
  const one = shelf()
  const zones = () => [...one.archive.reader.threadSummaries({})].map(({ timezone }) => timezone)
  one.save(page([post('1', null)]))
  expect(zones()).toEqual([null])
  one.save(page([], { zone: { name: 'Europe/Berlin', offset: 3600 } }))
  one.save(page([post('1', null)]))
  expect(zones()).toEqual(['Europe/Berlin'])
  one.save(page([], { zone: { name: null, offset: 3600 } }))
  expect(zones()).toEqual(['+01:00'])
  one.close()
})
