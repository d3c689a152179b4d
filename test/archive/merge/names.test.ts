import { describe, expect, it } from 'vitest'
import { member, page, post, rows } from '../shelf.js'
import { archiveOf, both, copyOf, type Look, newMerge, postsOf } from './merging.js'

/** Which name is told of a member, and of an archive, whichever archive is merged first. */

const by = (hour: number, slug: string | null, name: string | null, id: string | null = '2', activity = '1'): Look => ({
  page: page([post(activity, null, { author: member(slug, { id, name }) })]),
  hour,
})
const names = (file: string) => postsOf(file).map(({ author }) => (author as { name: string | null }).name)
const renames = (file: string) => rows(file, "SELECT before, after FROM events WHERE kind = 'renamed'")

describe('the name of a member', () => {
  it('is the last one that was told, though a later view told none', () => {
    const looks = [by(1, 'ada', 'Ada'), by(3, null, null), by(2, 'ada', 'Ada King')]
    const [a, b, c] = looks.map((look, n) => archiveOf('abc'[n] ?? '', [look])) as [string, string, string]
    for (const files of [
      [a, b, c],
      [c, b, a],
      [b, a, c],
    ])
      expect(names(newMerge(...files))).toEqual(['Ada King'])
  })

  it('is not taken from a view that does not tell whose page it is', () => {
    const file = both([by(1, 'ada', 'Ada')], [by(3, null, 'Somebody')])
    expect(names(file)).toEqual(['Ada'])
    expect(renames(file)).toEqual([])
    expect(names(newMerge(file, archiveOf('c', [by(2, 'ada', 'Ada King')])))).toEqual(['Ada King'])
  })

  it('that two members had, one after the other, is the first one of theirs where no number is told', () => {
    const two = [by(1, 'ada', 'Ada', '2', '10'), by(2, 'ada', 'Ada the second', '3', '20')]
    expect(names(both(two, [by(3, 'ada', 'Ada', null, '30')]))).toEqual(['Ada', 'Ada the second', 'Ada'])
  })
})

it('copies of one archive are called by the name that sorts first', () => {
  const file = archiveOf('anna', [{ ...by(1, 'ada', 'Ada'), reader: 'session' }])
  const [zoe, adam] = [copyOf(file, 'zoe.db'), copyOf(file, 'adam.db')]
  for (const files of [
    [zoe, adam],
    [adam, zoe],
  ])
    expect(rows(newMerge(...files), 'SELECT label, reader FROM archives, sightings')).toEqual([
      { label: 'adam', reader: 'session@adam' },
    ])
})
