import { describe, expect, it } from 'vitest'
import { exactly } from '../../../src/model/time.js'
import { group, member, page, post, rows, SITE } from '../shelf.js'
import { archiveOf, at, both, type Look, newMerge, postsOf } from './merging.js'

/** What is told where two archives tell of one hour, or each tells what the other does not know. Each case is merged both ways. */

const reads = (changes: Parameters<typeof post>[2], hour: number, more: Partial<Look> = {}): Look => ({
  page: page([post('1', null, changes)]),
  hour,
  ...more,
})
const words = (text: string) => ({ text, html: `<p>${text}</p>` })

describe('that a post was edited', () => {
  it('is told where one archive says so, be it the earlier or the later one', () => {
    const edited = (hour: number) => [reads({ edited: true }, hour)]
    for (const file of [both(edited(1), [reads({}, 2)]), both(edited(2), [reads({}, 1)])])
      expect(postsOf(file)).toMatchObject([{ edited: true }])
    expect(postsOf(both([reads({}, 1)], [reads({}, 2)]))).toMatchObject([{ edited: false }])
  })
})

describe('topic and audience of a post', () => {
  it('are as the later view has them; where it does not tell them, they stay', () => {
    const [first, second] = [
      { topic: 'weeds', privacy: 'public' },
      { topic: 'beans', privacy: 'friends' },
    ]
    expect(postsOf(both([reads(first, 1)], [reads(second, 2)]))).toMatchObject([second])
    expect(postsOf(both([reads(first, 2)], [reads(second, 1)]))).toMatchObject([first])
    expect(postsOf(both([reads(first, 1)], [reads({}, 2)]))).toMatchObject([first])
  })
})

describe('the address of a post', () => {
  it('is the one that leads to it wherever its author is; else the later one', () => {
    const [own, first, second] = [
      `${SITE}activity/p/1/`,
      `${SITE}members/zoe/activity/1/`,
      `${SITE}members/ada/activity/1/`,
    ]
    const url = (one: string, hour: number, other: string, later: number) =>
      postsOf(both([reads({ url: one }, hour)], [reads({ url: other }, later)]))[0]?.['url']
    expect(url(own, 1, first, 2)).toBe(own)
    expect(url(first, 1, second, 2)).toBe(second)
    expect(url(first, 2, second, 1)).toBe(first)
  })
})

describe('a reader of both archives', () => {
  it('has seen a post from the first time in either to the last', () => {
    const [a, b] = [archiveOf('a', [reads({}, 2), reads({}, 3)]), archiveOf('b', [reads({}, 1)])]
    const c = archiveOf('c', [reads({}, 1), reads({}, 4)])
    const seen = (...files: string[]) =>
      rows(newMerge(...files), 'SELECT first_seen_at AS first, last_seen_at AS last FROM sightings')
    for (const files of [
      [a, b],
      [b, a],
    ])
      expect(seen(...files)).toEqual([{ first: at(1), last: at(3) }])
    for (const files of [
      [b, c],
      [c, b],
    ])
      expect(seen(...files)).toEqual([{ first: at(1), last: at(4) }])
  })
})

it('members and groups of both archives are known from the first time in either to the last', () => {
  const [a, b] = [archiveOf('a', [reads({}, 2), reads({}, 3)]), archiveOf('b', [reads({}, 1)])]
  const span = 'first_seen_at AS first, last_seen_at AS last'
  for (const files of [
    [a, b],
    [b, a],
  ]) {
    const file = newMerge(...files)
    for (const table of ['groups', 'members'])
      expect(rows(file, `SELECT ${span} FROM ${table}`)).toEqual([{ first: at(1), last: at(3) }])
  }
})

describe('all that two archives read in one hour', () => {
  /** Every word of it is another one by this name, and so is every place. */
  function reading(name: string, status: 'public' | 'hidden', thread: string): Look {
    const town = group('gardeners', { id: '1', name: `Gardeners ${name}`, status, description: name })
    const ada = member(`ada-${name}`, { id: '2', name: `Ada ${name}`, avatarUrl: `https://town.example/${name}.png` })
    const bea = member('bea', { id: '3', url: `https://${name}.example/bea/` })
    const when = { from: null, to: `2025-06-0${name.length}T00:00:00Z` }
    const told = { ...words(name), group: town, author: ada, privacy: name, topic: name, heading: name, when }
    const url = `https://town.example/${name}/`
    const replies = [
      post('2', '1', { ...told, url }),
      post('3', thread === '1' ? '1' : '2', { ...told, threadId: '1' }),
    ]
    const posts = [
      post('1', null, told),
      ...(thread === '1' ? replies : replies.toReversed()),
      post('5', null, { ...told, author: bea }),
    ]
    return { page: page([...posts, post('4', thread, told)], { group: town, site: { url: SITE, name } }), hour: 1 }
  }

  const TOLD = {
    sites: 'SELECT url, name FROM sites',
    groups: 'SELECT slug, name, url, status, description FROM groups',
    members: 'SELECT slug, name, url, avatar_url FROM members',
    places: 'SELECT site_post_id, position FROM posts ORDER BY site_post_id',
    renames: "SELECT field, before, after, at FROM events WHERE kind = 'renamed' ORDER BY field, before",
  }

  it('is put together in the same way whichever is merged first, and is nothing new the next time', () => {
    const [one, other] = [reading('x', 'public', '1'), reading('yy', 'hidden', '5')].map((look, n) =>
      archiveOf('ab'[n] ?? '', [look]),
    )
    const [first, second] = [
      [one, other],
      [other, one],
    ].map(files => {
      const file = newMerge(...(files as string[]))
      return {
        posts: postsOf(file),
        ...Object.fromEntries(Object.entries(TOLD).map(([name, sql]) => [name, rows(file, sql)])),
      }
    })
    expect(first).toEqual(second)
    expect(first).toMatchObject({
      posts: { length: 5 },
      renames: ['name', 'name', 'slug', 'status'].map(field => ({ field, at: at(1) })),
    })
  })

  it('or contradict each other in, the earlier date is told', () => {
    const dated = (day: string) => [reads({ when: exactly(`2025-06-${day}T12:00:00Z`) }, 1)]
    expect(postsOf(both(dated('02'), dated('01')))).toMatchObject([{ posted_at: '2025-06-01T12:00:00Z' }])
  })
})
