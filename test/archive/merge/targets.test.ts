import { expect, it } from 'vitest'
import { page, post, rows, SITE } from '../shelf.js'
import { archiveOf, at, both, type Look, newMerge } from './merging.js'

/** What a merge makes of one target of two archives, whichever of them is merged first. */

/** It is read from its beginning to its end. */
const whole = (hour: number, reader: Look['reader'] = 'visitor'): Look => ({
  ...{ page: page([post('1', null)]), hour, reader, settles: true, target: `${SITE}groups/gardeners/` },
})
/** It is begun and not ended. */
const begun = (hour: number, reader: Look['reader'] = 'visitor'): Look => ({ ...whole(hour, reader), settles: false })

const target = (a: Look[], b: Look[]) =>
  rows(
    both(a, b),
    "SELECT options ->> 'reader' AS reader, pass_started_at AS begun, full_read_at AS whole FROM targets ORDER BY url",
  )

it('what a visitor has read whole is not what a member would: it was never read whole as that member', () => {
  expect(target([begun(2, 'session')], [whole(5)])).toEqual([{ reader: 'session', begun: at(2), whole: null }])
})

it('what a member has read whole stays so, whatever a visitor reads later', () => {
  expect(target([whole(2, 'session')], [whole(5)])).toEqual([{ reader: 'session', begun: at(2), whole: at(2) }])
})

it('of one and the same reader, the last time at which either has read it whole', () => {
  expect(target([whole(1)], [whole(2), begun(5)])).toEqual([{ reader: 'visitor', begun: at(5), whole: at(2) }])
  expect(target([whole(3)], [whole(2), begun(5)])).toEqual([{ reader: 'visitor', begun: at(5), whole: at(3) }])
  expect(target([whole(3)], [begun(5)])).toEqual([{ reader: 'visitor', begun: at(5), whole: at(3) }])
})

it('that one has read to its end, in the same hour as the other began, was read to its end', () => {
  const ended = (file: string) => rows(file, 'SELECT pass_finished_at AS at FROM targets')
  expect(ended(both([whole(1)], [begun(1)]))).toEqual([{ at: at(1) }])
  expect(ended(both([begun(1)], [whole(1)]))).toEqual([{ at: at(1) }])
})

it('that both have read in the same hour is one, and nothing new the next time', () => {
  expect(target([whole(1)], [whole(1)])).toEqual([{ reader: 'visitor', begun: at(1), whole: at(1) }])
})

it('that was asked for in two ways in the same hour is read in the same way whichever is merged first', () => {
  const [a, b] = [archiveOf('a', [whole(1)]), archiveOf('b', [{ ...whole(1), via: 'page' }])]
  const via = (...files: string[]) => rows(newMerge(...files), "SELECT options ->> 'via' AS via FROM targets")
  expect(via(a, b)).toEqual(via(b, a))
})

it('is known since the archive that knew it first', () => {
  const registered = (file: string) => rows(file, 'SELECT registered_at AS at FROM targets')
  expect(registered(both([whole(1)], [whole(2)]))).toEqual([{ at: at(1) }])
})
