import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { UsageError } from '../../../src/model/errors.js'
import { parseQuery } from '../../../src/model/query/parse-query.js'
import { matchingOf } from '../../../src/model/query/query.js'
import type { Hit, SearchRequest } from '../../../src/model/reports/search.js'
import { exactly } from '../../../src/model/time.js'
import { group, member, page, post, type Shelf, SITE, shelf } from '../shelf.js'

const NOW = Date.UTC(2025, 6, 1)

const open: Shelf[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.close()
})

function holding(posts: Parameters<typeof page>[0]): Shelf {
  const one = shelf()
  open.push(one)
  one.save(page(posts))
  return one
}

const texts = (...list: string[]) => holding(list.map((text, at) => post(String(at + 1), null, { text })))

function hits(one: Shelf, query: string, changes: Partial<SearchRequest> = {}): Hit[] {
  const request = { query: parseQuery(query, NOW), order: 'rank' as const, limit: null, offset: 0, ...changes }
  return [...one.archive.search.hits(request)]
}

/** Ids, in their own order; the count is always the same. */
function found(one: Shelf, query: string): string {
  const ids = hits(one, query).map(({ id }) => id)
  expect(one.archive.search.count(parseQuery(query, NOW))).toBe(ids.length)
  expect(new Set(ids).size).toBe(ids.length)
  return ids.sort((a, b) => Number(a) - Number(b)).join(' ')
}

const marked = (hit: Hit | undefined) => hit?.snippet.map(({ text, match }) => (match ? `[${text}]` : text)).join('')

describe('words', () => {
  it.each([
    ['bees', '1 2 3'],
    ['BEES', '1 2 3'],
    ['bees honey', '1'],
    ['"bees make"', '1'],
    ['"make bees"', ''],
    ['bees -honey', '2 3'],
    ['-bees', '4'],
    ['honey OR wasps', '1 3'],
    ['(honey OR wasps) -"not bees"', '1'],
    ['wa*', '1 3 4'],
    ['"bees m"*', '1'],
    ['be', ''],
    ['wax!', '1'],
  ])('%s', (query, ids) => {
    const one = texts('The bees make honey and wax.', 'I like bees', 'Wasps are not bees', 'Water the beans')
    expect(found(one, query)).toBe(ids)
  })

  it.each([
    ['naive', '1'],
    ['NAÏVE', '1'],
    ['nai\u0308ve', '1'],
    ['strasse', ''],
    ['straße', '2'],
    ['ol', ''],
    ['øl', '2'],
    ['किताब', '3'],
    ['कताब', ''],
    ['кофе', '4'],
  ])('%s: accents of Latin letters are no difference, other letters are', (query, ids) => {
    const one = texts('A naïve plan', 'Straße, ØL', 'हिन्दी किताब', 'Кофе')
    expect(found(one, query)).toBe(ids)
  })

  it('in titles count more, and the pages go on where the last one ended', () => {
    const one = holding([
      post('1', null, { text: 'bees '.repeat(3) }),
      post('2', null, { text: 'What lives in the hive?', heading: 'Bees' }),
      post('3', null, { text: 'One of the bees' }),
    ])
    expect(hits(one, 'bees')[0]).toMatchObject({ id: '2', thread: { id: '2', title: 'Bees' } })
    expect(marked(hits(one, 'bees')[0])).toBe('[Bees] — What lives in the hive?')
    const ids = hits(one, 'bees').map(({ id }) => id)
    const paged = [0, 1, 2].flatMap(offset => hits(one, 'bees', { limit: 1, offset }).map(({ id }) => id))
    expect(paged).toEqual(ids)
  })

  it('newest first, those without a date last', () => {
    const at = (when: ReturnType<typeof exactly> | { from: null; to: null }) => ({ text: 'bees 蜂', when })
    const one = holding([
      post('1', null, at(exactly('2025-01-02T00:00:00Z'))),
      post('2', null, at({ from: null, to: null })),
      post('3', null, at(exactly('2025-01-03T00:00:00Z'))),
    ])
    for (const query of ['bees', '蜂', 'is:thread'])
      expect(hits(one, query, { order: 'date' }).map(({ id }) => id)).toEqual(['3', '1', '2'])
  })
})

describe('scripts without spaces', () => {
  const one = () =>
    texts(
      '我们在花园里养蜜蜂，用iPhone拍照',
      'ผึ้งทำน้ำผึ้ง',
      'iPhone and bees',
      '꿀벌은 bees',
      'No 蜜蜂 here',
      'MyiPhones and 花',
    )
  it.each([
    ['蜜蜂', '1 5'],
    ['花园', '1'],
    ['น้ำผึ้ง', '2'],
    ['꿀벌', '4'],
    ['蜜蜂 here', '5'],
    ['蜜蜂 -here', '1'],
    ['iphone', '1 3'],
    ['iphone -bees', '1'],
    ['-iphone', '2 4 5 6'],
    ['iphone拍', '1'],
    ['"no 蜜蜂 HERE"', '5'],
    ['"蜜蜂 no"', ''],
    ['蜜蜂 OR bees', '1 3 4 5'],
    ['(iphone OR from:nobody) -bees', '1'],
    ['iph*', '1 3'],
    ['꿀*', '4'],
  ])('%s', (query, ids) => {
    expect(found(one(), query)).toBe(ids)
  })

  it('are marked', () => {
    expect(marked(hits(one(), '蜜蜂 iphone')[0])).toBe('我们在花园里养[蜜蜂]，用[iPhone]拍照')
  })

  it('are found in titles, too', () => {
    expect(found(holding([post('1', null, { heading: '蜜蜂', text: 'Bees' })]), '蜜蜂')).toBe('1')
  })

  it('are looked for among the posts that hold them, not among all', () => {
    const plan = one().sql<{ detail: string }>(
      `EXPLAIN QUERY PLAN SELECT id FROM posts WHERE ${one()
        .sql<{ sql: string }>("SELECT sql FROM sqlite_schema WHERE name = 'posts_unspaced'")[0]
        ?.sql.replace(/^.*WHERE/, '')}`,
    )
    expect(plan.map(({ detail }) => detail).join()).toContain('posts_unspaced')
  })
})

it('symbols are found as they stand', () => {
  const one = texts('Tea ☕ time', 'Tea time', 'What?!')
  expect([found(one, '☕'), found(one, 'tea ☕'), found(one, 'tea -☕'), found(one, '"?!"')]).toEqual([
    '1',
    '1',
    '2',
    '3',
  ])
})

describe('filters', () => {
  const bees = group('bees', { id: '2', name: 'Bienenfreunde Åse' })
  const anna = member('anna-b', { id: '7', name: 'Ånna Berg' })
  const one = () =>
    holding([
      post('1', null, { text: 'First', attachments: [{ kind: 'image', url: `${SITE}a.png`, name: null }] }),
      post('2', '1', { text: 'Second', author: anna, edited: true, when: exactly('2025-06-03T09:00:00Z') }),
      post('3', null, {
        text: 'Third',
        group: bees,
        author: null,
        when: { from: '2025-06-01T00:00:00Z', to: '2025-06-09T00:00:00Z' },
        links: [{ kind: 'link', url: 'https://x.example/', text: 'x' }],
      }),
      post('4', null, { text: 'Fourth', group: null, links: [{ kind: 'mention', url: SITE, text: '@ada' }] }),
    ])
  it.each([
    ['from:anna-b', '2'],
    ['from:7', '2'],
    ['from:"ånna berg"', '2'],
    ['from:"Anna Berg"', '2'],
    ['from:https://www.town.example/members/anna-b', '2'],
    ['-from:anna-b', '1 3 4'],
    ['from:ada first', '1'],
    ['in:bees', '3'],
    ['in:2', '3'],
    ['in:"bienenfreunde ase"', '3'],
    ['in:http://www.town.example/groups/bees/', '3'],
    ['in:https://village.example/groups/bees/', ''],
    ['-in:bees', '1 2 4'],
    ['after:2025-06-03', '2 3'],
    ['before:2025-06-02', '1 3 4'],
    ['on:2025-06-03', '2 3'],
    ['on:2025-06-10', ''],
    ['has:link', '3'],
    ['has:image', '1'],
    ['has:attachment', '1'],
    ['has:video', ''],
    ['has:replies', '1'],
    ['-has:replies is:thread', '3 4'],
    ['is:reply', '2'],
    ['is:edited', '2'],
    ['is:live', '1 2 3 4'],
    ['is:gone', ''],
    ['(from:anna-b OR has:link) -second', '3'],
  ])('%s', (query, ids) => {
    expect(found(one(), query)).toBe(ids)
  })

  it('names that nobody has are told', () => {
    const unknown = (query: string) => one().archive.search.unknownNames(parseQuery(query, NOW))
    expect(unknown('from:ada in:gardeners')).toEqual([])
    expect(unknown('from:eve -in:wasps x')).toEqual([
      { kind: 'from', name: 'eve' },
      { kind: 'in', name: 'wasps' },
    ])
  })

  it('what is gone or was edited is found by its last text; what was never read is not', () => {
    const shelved = one()
    shelved.save(page([post('1', null, { text: 'First, edited' })]))
    shelved.save(page([post('10', '9', { text: 'An answer', threadId: '9' })]))
    expect([found(shelved, 'is:edited'), found(shelved, 'answer'), found(shelved, '-in:bees')]).toEqual([
      '1 2',
      '10',
      '1 2 4 10',
    ])
    expect(hits(shelved, 'answer')[0]?.thread).toEqual({ id: '9', title: '(no words)' })
  })
})

describe('threads of a selection', () => {
  it('hold a post that matches, and all else that is selected holds, too', () => {
    const one = holding([
      post('1', null, { text: 'Bees' }),
      post('2', '1', { text: 'Honey 蜜', when: exactly('2025-07-01T00:00:00Z') }),
      post('3', null, { text: 'Honey', type: 'bbp_topic_create' }),
      post('4', null, { text: 'Wasps' }),
    ])
    const chosen = (query: string, rest = {}) =>
      [...one.archive.reader.threadSummaries({ matching: parseQuery(query, NOW), ...rest })].map(({ id }) => id).join()
    expect(chosen('honey')).toBe('1,3')
    expect(chosen('honey', { after: '2025-06-15T00:00:00Z' })).toBe('1')
    expect(chosen('honey', { types: ['bbp_topic_create'] })).toBe('3')
    expect(chosen('honey', { groups: ['elsewhere'] })).toBe('')
    expect(chosen('蜜')).toBe('1')
    expect(chosen('is:reply')).toBe('1')
    expect(chosen('-honey is:thread')).toBe('1,4')
  })

  it('hold a post of any of the named members', () => {
    const member = (slug: string) => ({ id: null, slug, name: slug, url: null, avatarUrl: null })
    const one = holding([
      post('1', null, { author: member('maud') }),
      post('2', '1', { author: member('bo') }),
      post('3', null, { author: member('bo') }),
      post('4', null),
    ])
    const chosen = (query: string, ...members: string[]) =>
      [...one.archive.reader.threadSummaries(matchingOf(query === '' ? null : parseQuery(query, NOW), members))]
        .map(({ id }) => id)
        .join()
    expect(chosen('', 'maud')).toBe('1')
    expect(chosen('', 'bo')).toBe('1,3')
    expect(chosen('', 'maud', 'bo')).toBe('1,3')
    expect(chosen('is:reply', 'bo')).toBe('1')
    expect(chosen('', 'nobody')).toBe('')
  })
})

describe('any text', () => {
  const unit = fc.oneof(fc.constantFrom(...'ab*"^:(){}+-%_\\é蜂ผ☕\n ', ' AND ', ' OR ', ' NEAR(', 'text:'), BINARY())
  const text = fc.string({ unit, maxLength: 40 })

  it('as a query finds something, nothing, or is wrong usage; never an error of SQLite', () => {
    const one = texts('Some text with 蜜蜂', 'ab')
    fc.assert(
      fc.property(text, query => {
        try {
          hits(one, query)
          one.archive.search.count(parseQuery(query, NOW))
        } catch (error) {
          if (!(error instanceof UsageError)) throw error
        }
      }),
      { numRuns: 200 },
    )
  })

  it('of a post, in quotes, finds the post', () => {
    const one = shelf()
    open.push(one)
    let id = 0
    fc.assert(
      fc.property(text, fc.boolean(), (written, isSpaced) => {
        // As the archive holds it: no controls but the line feed.
        const kept = written.replace(/(?!\n)\p{C}/gu, '').trim()
        fc.pre(kept !== '')
        one.save(page([post(String(++id), null, { text: kept })]))
        const quoted = isSpaced ? kept : kept.replace(/\s+/g, ' ')
        const query = `"${quoted.replace(/[\\"]/g, '\\$&')}"`
        expect(hits(one, query).map(hit => hit.id)).toContain(String(id))
        expect(hits(one, `${query} is:thread`).map(hit => hit.id)).toContain(String(id))
      }),
      { numRuns: 200 },
    )
  })
})

function BINARY() {
  return fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })
}
