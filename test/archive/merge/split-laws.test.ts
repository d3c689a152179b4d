import fc from 'fast-check'
import { expect, it } from 'vitest'
import { look, readings, steady, tablesOf, world } from './changing-site.js'
import { archiveOf, faultsIn, merged } from './merging.js'

/** The same readings, in one archive in the order of time, or split over several that are merged: the same rows. */

it('readings of several archives give the rows that one archive has after all of them', () => {
  fc.assert(
    fc.property(world.map(steady), readings, (site, list) => {
      // Earlier versions of a shortened text are only kept by the archive that read them.
      fc.pre(
        site.lives.every(life => life.authorChanged === 99 && life.edits.length === 0) ||
          list.every(one => !one.shortens),
      )
      const whole = archiveOf(
        'all',
        list.map(one => look(site, one)),
      )
      const parts = [0, 1, 2].map(n => list.filter(({ archive }) => archive === n)).filter(part => part.length > 0)
      const files = parts.map((part, n) =>
        archiveOf(
          'abc'[n] ?? '',
          part.map(one => look(site, one)),
        ),
      )
      const expected = tablesOf(whole)
      expect(tablesOf(merged(...files))).toEqual(expected)
      const reversed = merged(...files.toReversed())
      expect(tablesOf(reversed)).toEqual(expected)
      expect(faultsIn(reversed)).toEqual([])
      const [first = '', ...rest] = files
      if (rest.length > 1) expect(tablesOf(merged(merged(...rest), first))).toEqual(expected)
    }),
    { numRuns: Number(process.env['SPLIT_RUNS'] ?? 25) },
  )
}, 600_000)
