import { describe, expect, it } from 'vitest'
import type { Selection } from '../../../src/model/archive.js'
import { exactly } from '../../../src/model/time.js'
import { GARDENERS, group, page, post, SITE, shelf } from '../shelf.js'

const BAKERS = group('bakers', { id: '22', name: 'The Bakers' })
const ODD = group('50_50', { id: '3', name: '50% off', url: `${SITE}kreise/50_50/` })
const on = (day: number) => ({ when: exactly(`2025-06-${String(day).padStart(2, '0')}T12:00:00Z`) })

/** Two sites; threads of several groups and kinds; dates out of the order of the ids. */
function town() {
  const one = shelf()
  one.save(
    page([
      post('30', null, on(1)),
      post('31', '30', on(20)),
      post('7', null, on(3)),
      post('20', null, { ...on(3), group: BAKERS }),
      post('21', null, { ...on(9), group: BAKERS, type: 'joined_group', text: '' }),
      post('22', null, { group: ODD, when: { from: '2025-06-04T00:00:00Z', to: '2025-06-06T00:00:00Z' } }),
      post('40', null, { group: null, when: { from: null, to: null } }),
    ]),
  )
  const other = 'https://other.example/'
  const theirs = group('bakers', { id: '22', url: `${other}groups/bakers/` })
  one.save(
    page([post('7', null, { ...on(28), group: theirs, url: `${other}activity/p/7/` })], {
      site: { url: other, name: null },
    }),
  )
  return one
}

const chosen = (selection: Selection): string[] => {
  const one = town()
  const found = [...one.archive.reader.threadSummaries(selection)].map(({ id, site }) =>
    site === SITE ? id : `other ${id}`,
  )
  expect([...one.archive.reader.threads(selection)].map(thread => thread.id)).toEqual(
    found.map(id => id.replace('other ', '')),
  )
  one.close()
  return found
}

describe('threads come', () => {
  it("in the order of the opening post's date, then number; those without a date last", () => {
    expect(chosen({})).toEqual(['30', '7', '20', '22', '21', 'other 7', '40'])
  })
})

describe('groups are chosen', () => {
  it.each([
    ['by slug', ['bakers'], ['20', '21', 'other 7']],
    ['by number', ['1'], ['30', '7']],
    ['by name, in any case', ['the BAKERS'], ['20', '21']],
    ['by address', [`${SITE}groups/bakers/`], ['20', '21']],
    ['by the address of one of its pages', ['http://www.town.example/groups/bakers/?acpage=3#x'], ['20', '21']],
    ['by an address with another folder', [`${SITE}kreise/50_50/`], ['22']],
    ['by an address that is written in codes', [`${SITE}groups/%62akers/`], ['20', '21']],
    ['several', ['gardeners', '50% off'], ['30', '7', '22']],
    ['none of that name', ['nobody'], []],
    ['none of that site', ['https://third.example/groups/bakers/'], []],
  ])('%s', (_how, groups, ids) => expect(chosen({ groups })).toEqual(ids))
})

describe('threads are chosen', () => {
  it.each([
    ['by number', ['30'], ['30']],
    ['by the number of a reply', ['31'], ['30']],
    ['by permalink', [`${SITE}activity/p/30/`], ['30']],
    ["by the address below the author's", [`${SITE}members/ada/activity/30/?x=1`], ['30']],
    ["by a reply's permalink", [`${SITE}activity/p/30/#acomment-31`], ['30']],
    ['by a number that two sites have', ['7'], ['7', 'other 7']],
    ['by the permalink of one of them', ['http://other.example/activity/p/7'], ['other 7']],
    ['several', ['30', '40'], ['30', '40']],
    ['by nonsense', ['https://', 'x', "' OR 1=1"], []],
  ])('%s', (_how, threads, ids) => expect(chosen({ threads })).toEqual(ids))
})

describe('a time is chosen', () => {
  it.each([
    [
      'after: threads with a post then or later, whole',
      { after: '2025-06-09T12:00:00Z' },
      ['30', '21', 'other 7', '40'],
    ],
    ['before: with a post earlier', { before: '2025-06-03T12:00:00Z' }, ['30', '40']],
    ['between', { after: '2025-06-03T12:00:00Z', before: '2025-06-03T12:00:01Z' }, ['7', '20', '40']],
    [
      'an interval lies in it if it may',
      { after: '2025-06-05T00:00:00Z', before: '2025-06-05T00:00:01Z' },
      ['22', '40'],
    ],
  ])('%s', (_how, selection, ids) => expect(chosen(selection)).toEqual(ids))
})

describe('kinds are chosen', () => {
  it('by name, or left out', () => {
    expect(chosen({ types: ['joined_group'] })).toEqual(['21'])
    expect(chosen({ withoutTypes: ['joined_group', 'created_group'] })).not.toContain('21')
    expect(chosen({ withoutTypes: [] })).toHaveLength(7)
  })

  it('together with all else', () => {
    expect(chosen({ groups: ['bakers'], types: ['activity_update'], before: '2025-06-10T00:00:00Z' })).toEqual(['20'])
  })
})

describe('summaries', () => {
  it('say what happened where there are no words', () => {
    const one = town()
    const titles = [...one.archive.reader.threadSummaries({})].map(thread => [thread.id, thread.title])
    expect(titles).toContainEqual(['21', 'ada joined the group'])
    expect(titles).toContainEqual(['30', 'Post 30'])
    one.close()
  })

  it('count groups', () => {
    const one = town()
    const [gardeners] = [...one.archive.reader.groups()]
    expect(gardeners).toMatchObject({
      id: GARDENERS.id,
      slug: 'gardeners',
      threads: 2,
      posts: 3,
      lastPostAt: on(20).when.from,
      site: SITE,
    })
    one.close()
  })

  it('name the same groups without counting', () => {
    const one = town()
    const facts = [...one.archive.reader.groups()].map(({ id, slug, name, url, site, status, access }) => ({
      ...{ id, slug, name, url, site, status, access },
    }))
    expect(facts.length).toBeGreaterThan(1)
    expect([...one.archive.reader.namedGroups()]).toEqual(facts)
    one.close()
  })
})

describe('the earlier versions of a post', () => {
  it('are its texts with their authors, oldest first, each until the next one was seen', () => {
    const one = shelf()
    for (const words of ['First', 'Second', 'Third'])
      one.save(page([post('30', null, { html: `<p>${words}</p>`, text: words })]))
    const versions = one.archive.reader.earlierVersions?.(SITE, '30') ?? []
    expect(versions.map(({ html, author }) => [html, author?.slug])).toEqual([
      ['<p>First</p>', 'ada'],
      ['<p>Second</p>', 'ada'],
    ])
    expect(versions[1]?.since).toBe(versions[0]?.until)
    expect(one.archive.reader.earlierVersions?.('https://other.example/', '30')).toEqual([])
    expect(one.archive.reader.earlierVersions?.(SITE, '31')).toEqual([])
  })
})
