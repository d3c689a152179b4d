import { exactly } from '../../src/model/time.js'
import { words } from './eventful.js'
import { group, member, page, post, type Shelf, shelf } from './shelf.js'

/** Archives of sites that change what a post is, not only its text. */

export const BEN = { author: member('ben', { id: '3', name: 'Ben' }) }
export const BEES = group('bees', { id: '2', name: 'Bees' })

/** 1: a thread of two by ada; 2: reply 2 has become another post by Ben, of another date, as after a backup that was put back. */
export function reused(): Shelf {
  const one = shelf()
  one.save(page([post('1', null), post('2', '1', words('Mulch keeps the soil wet.'))]))
  const seeds = { ...words('Who has seeds to spare?'), ...BEN, when: exactly('2025-12-01T12:00:00Z') }
  one.save(page([post('1', null), post('2', '1', seeds)]))
  return one
}

/** 1: a thread of two by ada; 2: an admin has given reply 2 to Ben. */
export function givenAway(): Shelf {
  const one = shelf()
  one.save(page([post('1', null), post('2', '1')]))
  one.save(page([post('1', null), post('2', '1', BEN)]))
  return one
}

/** 1: a thread of two in a group; 2: it is in the group bees; 3: in no group. */
export function moved(): Shelf {
  const one = shelf()
  for (const where of [{}, { group: BEES }, { group: null }])
    one.save(page([post('1', null, where), post('2', '1', where)]))
  return one
}

/** 1: threads 1 and 7; 2: reply 2 and the reply below it have moved from 1 to 7. */
export function regrafted(): Shelf {
  const one = shelf()
  one.save(page([post('1', null), post('2', '1'), post('3', '2', { threadId: '1' }), post('7', null)]))
  one.save(page([post('1', null), post('7', null), post('2', '7')]))
  return one
}
