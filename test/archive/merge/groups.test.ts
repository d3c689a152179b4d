import { describe, expect, it } from 'vitest'
import { group, page, post, rows, SITE } from '../shelf.js'
import { archiveOf, at, type Look, newMerge } from './merging.js'

/** What is told of a group, and of its site, that two archives hold. Each case is merged both ways. */

const named = (hour: number, changes: Parameters<typeof group>[1], how: Partial<Look> = {}): Look => {
  const gardeners = group('gardeners', { id: '1', ...changes })
  return { page: page([post('1', null, { group: gardeners })], { group: gardeners }), hour, ...how }
}
const WARNINGS = ['one item', 'another item']

/** The only row. */
function told(a: Look, b: Look, columns: string, table = 'groups'): unknown {
  const [one, two] = [archiveOf('a', [a]), archiveOf('b', [b])]
  const [first, second] = [newMerge(one, two), newMerge(two, one)].map(file =>
    rows(file, `SELECT ${columns} FROM ${table}`),
  )
  expect(second).toEqual(first)
  return first?.[0]
}

describe('a group', () => {
  it('has the status and the description that were told last; a view that does not tell them takes none away', () => {
    const [open, shut] = [
      { status: 'public', description: 'Z' },
      { status: 'hidden', description: 'A' },
    ] as const
    expect(told(named(1, open), named(2, shut), 'status, description')).toEqual(shut)
    expect(told(named(2, open), named(1, shut), 'status, description')).toEqual(open)
    expect(told(named(1, open), named(2, {}), 'status, description')).toEqual(open)
  })

  it('may be read where one of the two could read it', () => {
    expect(told(named(1, {}, { access: 'open' }), named(2, {}, { access: 'members' }), 'access')).toEqual({
      access: 'open',
    })
    expect(told(named(1, {}, { access: 'members' }), named(2, {}), 'access')).toEqual({ access: 'members' })
  })

  it('lacks what the later reading of its list could not read; of one hour, what the better one could not', () => {
    const read = (hour: number, count: number): Look => {
      const look = named(hour, {}, { ends: true })
      return { ...look, page: { ...look.page, warnings: WARNINGS.slice(0, count) } }
    }
    const lacks = (a: Look, b: Look) => told(a, b, 'stream_read_at AS at, left_out AS lacks')
    expect(lacks(read(1, 0), read(3, 2))).toEqual({ at: at(3), lacks: 2 })
    expect(lacks(read(1, 2), read(3, 0))).toEqual({ at: at(3), lacks: 0 })
    expect(lacks(read(1, 2), read(1, 1))).toEqual({ at: at(1), lacks: 1 })
    expect(lacks(read(1, 1), named(3, {}))).toEqual({ at: at(1), lacks: 1 })
  })
})

describe('a slug that two groups had', () => {
  const care = (id: string, activity: string, hour: number): Look => {
    const one = group('care', { id })
    return { page: page([post(activity, null, { group: one })], { group: one }), hour }
  }
  const slugs = (...files: string[]) =>
    rows(newMerge(...files), 'SELECT site_group_id AS id, slug FROM groups ORDER BY id')

  it.each([
    ['stays with the later one', 2, 1, ['care', 'care~2']],
    ['in one hour stays with the same one whichever is merged first', 1, 1, ['care~1', 'care']],
  ] as const)('%s', (_what, hour, other, [first, second]) => {
    const [a, b] = [archiveOf('a', [care('1', '10', hour)]), archiveOf('b', [care('2', '20', other)])]
    const told = [
      { id: '1', slug: first },
      { id: '2', slug: second },
    ]
    expect([slugs(a, b), slugs(b, a)]).toEqual([told, told])
  })
})

describe('a site', () => {
  const called = (hour: number, url: string, name: string | null): Look => {
    const look = named(hour, {})
    return { ...look, page: { ...look.page, site: { url, name } } }
  }
  const HTTP = SITE.replace('https:', 'http:')
  const WWW = SITE.replace('//', '//www.')

  it('has the safe and the short one of its addresses, and the name that was told last', () => {
    expect(told(called(1, SITE, 'A'), called(2, HTTP, 'B'), 'url, name', 'sites')).toEqual({ url: SITE, name: 'B' })
    expect(told(called(2, SITE, 'A'), called(1, WWW, 'B'), 'url, name', 'sites')).toEqual({ url: SITE, name: 'A' })
    expect(told(called(1, SITE, 'A'), called(2, SITE, null), 'url, name', 'sites')).toEqual({ url: SITE, name: 'A' })
  })
})
