import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openArchive } from '../../../src/archive/index.js'
import { look, readings, steady, world } from '../merge/changing-site.js'
import { archiveOf, exported, faultsIn, merged } from '../merge/merging.js'
import { ENV, rows } from '../shelf.js'

/** Archives of one site, of which one has forgotten a member, in whatever order they are merged. */

function forget(file: string, name: string): void {
  const archive = openArchive(file, 'write', ENV)
  try {
    const [member] = archive.forgetting.people.named(name, null)
    const how = { at: '2026-02-01T00:00:00.000Z', version: '0', redact: false }
    if (member) archive.forgetting.forget(member, how)
  } finally {
    archive.close()
  }
}

function wrongIn(file: string): unknown[] {
  const archive = openArchive(file, 'read', ENV)
  try {
    const results = [...archive.verifier.results({ quick: false, env: { host: 'here', isAlive: () => true } })]
    return results.filter(({ state }) => state === 'wrong')
  } finally {
    archive.close()
  }
}

it('nothing is left of the member, the merged archive is sound, and shows the same', () => {
  fc.assert(
    fc.property(
      world.map(steady),
      readings,
      fc.nat(2),
      fc.constantFrom('2', '3'),
      fc.nat(2),
      (site, list, at, id, copied) => {
        // A full text that somebody else has now may be all that is known of a shortened one.
        fc.pre(site.lives.every(life => life.authorChanged === 99) || list.every(one => !one.shortens))
        const parts = [0, 1, 2].map(n => list.filter(({ archive }) => archive === n || (n === 2 && archive === copied)))
        const files = parts
          .map((part, n) =>
            part.length === 0
              ? ''
              : archiveOf(
                  'abc'[n] ?? '',
                  part.map(one => look(site, one)),
                ),
          )
          .filter(Boolean)
        const forgetting = files[at % files.length] as string
        forget(forgetting, id === '2' ? 'ada' : 'bea')
        const [one, other] = [merged(...files), merged(...files.toReversed())]
        for (const file of [one, other]) {
          expect(wrongIn(file)).toEqual([])
          expect(faultsIn(file)).toEqual([])
          if (rows(forgetting, 'SELECT 1 FROM members WHERE forgotten_at IS NOT NULL').length > 0)
            expect(rows(file, 'SELECT slug, name FROM members WHERE site_member_id = ?', id)).toEqual([
              { slug: null, name: null },
            ])
        }
        expect(exported(other)).toBe(exported(one))
      },
    ),
    { numRuns: Number(process.env['FORGET_RUNS'] ?? 25) },
  )
}, 600_000)
