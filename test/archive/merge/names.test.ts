import { describe, expect, it } from 'vitest'
import { member, page, post, rows } from '../shelf.js'
import { archiveOf, at, both, copyOf, type Look, newMerge, postsOf } from './merging.js'

/** Which name is told of a member, and of an archive, whichever archive is merged first. */

const by = (hour: number, slug: string | null, name: string | null, id: string | null = '2', activity = '1'): Look => ({
  page: page([post(activity, null, { author: member(slug, { id, name }) })]),
  hour,
})
const names = (file: string) => postsOf(file).map(({ author }) => (author as { name: string | null }).name)
const renames = (file: string) => rows(file, "SELECT before, after FROM events WHERE kind = 'renamed'")

describe('the name of a member', () => {
  it('is the later one', () => {
    expect(names(both([by(1, 'ada', 'Zoe')], [by(2, 'ada', 'Ada')]))).toEqual(['Ada'])
    expect(names(both([by(1, 'ada', 'Ada')], [by(2, 'ada', null)]))).toEqual(['Ada'])
  })

  it('with quotes that a view has curled is no other name', () => {
    for (const hours of [
      [1, 2],
      [2, 1],
    ] as const) {
      const file = both([by(hours[0], 'ada', "Ada's")], [by(hours[1], 'ada', 'Ada\u2019s')])
      expect([names(file), renames(file)]).toEqual([["Ada's"], []])
    }
  })

  it.each([null, 'ada'])('is the last one that was told, though a later view told none (slug: %s)', slug => {
    const looks = [by(1, 'ada', 'Ada'), by(3, slug, null), by(2, 'ada', 'Ada King')]
    const [a, b, c] = looks.map((look, n) => archiveOf('abc'[n] ?? '', [look])) as [string, string, string]
    for (const files of [
      [a, b, c],
      [c, b, a],
      [b, a, c],
    ])
      expect(names(newMerge(...files))).toEqual(['Ada King'])
  })

  it('changed when the later one was seen first, and not before the earlier one was seen last', () => {
    const times = (file: string) =>
      rows(file, "SELECT before, after, at FROM events WHERE kind = 'renamed' AND before = 'Ada'")
    const change = { before: 'Ada', after: 'Ada King' }
    const often = [by(2, 'ada', 'Ada King'), by(5, 'ada', 'Ada King')]
    expect(times(both([by(1, 'ada', 'Ada')], often))).toEqual([{ ...change, at: at(2) }])
    expect(times(both([by(1, 'ada', 'Ada'), by(3, 'ada', 'Ada')], often))).toEqual([{ ...change, at: at(3) }])
    const twice = [by(2, 'ada', 'Countess'), by(4, 'ada', 'Ada King')]
    expect(times(both([by(1, 'ada', 'Ada')], twice))).toEqual([{ ...change, at: at(4) }])
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

it('the picture of a member is the later one; a view without one takes none away', () => {
  const shown = (hour: number, avatarUrl: string | null): Look => ({
    page: page([post('1', null, { author: member('ada', { id: '2', avatarUrl }) })]),
    hour,
  })
  const picture = (a: Look, b: Look) => rows(both([a], [b]), 'SELECT avatar_url AS url FROM members')
  const [first, second] = ['https://town.example/b.png', 'https://town.example/a.png']
  expect(picture(shown(1, first), shown(2, second))).toEqual([{ url: second }])
  expect(picture(shown(2, first), shown(1, second))).toEqual([{ url: first }])
  expect(picture(shown(1, first), shown(2, null))).toEqual([{ url: first }])
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
