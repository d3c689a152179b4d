import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { sliced } from '../../../src/archive/database/slices.js'
import type { Selection } from '../../../src/model/archive.js'
import type { Post } from '../../../src/model/discussion.js'
import type { Digest, GroupNews, ThreadNews } from '../../../src/model/reports/digest.js'
import { exactly } from '../../../src/model/time.js'
import { type Reading, readings } from '../readings.js'
import { GARDENERS, group, member, page, post } from '../shelf.js'

const open: { close(): void }[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.close()
})

const BEES = group('bees', { id: '2', name: 'Bees' })
const NOTICES = ['joined_group']

const day = (number: number, month = 1) => `2026-0${month}-${String(number).padStart(2, '0')}`
const at = (number: number, month = 1) => `${day(number, month)}T10:00:00.000Z`
const on = (number: number, changes: Partial<Post> = {}) => ({ when: exactly(`${day(number)}T12:00:00Z`), ...changes })

/** An archive that has seen thread 1 with reply 2 on the first of January, at 10. */
function kept() {
  const one = readings()
  open.push(one)
  const old = [post('1', null), post('2', '1')]
  one.read(at(1), [page(old)])
  return {
    ...one,
    old,
    sync: (when: string, posts: Post[], how: Reading = {}) => one.read(when, [page(posts)], how),
    /** What the newest run has brought, or what was read since then. */
    digest: (since?: string, selections: Selection[] = []): Digest =>
      one.archive.digest(
        { since: since ?? one.archive.changes.newestRun()?.since ?? '', until: null, selections },
        NOTICES,
      ),
  }
}

const ids = (threads: Iterable<ThreadNews>) =>
  Array.from(threads, ({ thread, opening, posts }) =>
    [thread.id, ...(opening ? ['new'] : []), ...[...posts].map(({ id }) => id)].join(' '),
  )

const brief = (news: GroupNews) => ({
  group: news.group?.slug ?? null,
  threads: ids(news.threads),
  replies: ids(news.replies),
  earlier: ids(news.earlier.items),
})

const told = (counts: Digest['counts']) => Object.fromEntries(Object.entries(counts).filter(([, number]) => number > 0))

describe('what is news', () => {
  it('is nothing of a first reading, which is a backlog', () => {
    const { digest } = kept()
    expect(told(digest().counts)).toEqual({ backlog: 2 })
    const [news, ...others] = [...digest().groups]
    expect(others).toEqual([])
    expect(news && brief(news)).toEqual({ group: 'gardeners', threads: [], replies: [], earlier: [] })
    const noon = '2025-06-01T12:00:00Z'
    expect(news?.backlog).toEqual({ threads: 1, replies: 1, from: noon, to: noon })
  })

  it('is what was written in the period, where a group was first read in it', () => {
    const { sync, digest, old } = kept()
    const bees = { group: BEES }
    sync(at(5), [...old, post('10', null, on(2, bees)), post('11', null, on(4, bees)), post('12', '10', on(4, bees))])
    const [news] = [...digest(`${day(3)}T00:00:00Z`).groups]
    expect(news && brief(news)).toEqual({ group: 'bees', threads: ['11 new'], replies: ['10 12'], earlier: [] })
    expect(news?.backlog).toMatchObject({ threads: 1, replies: 0 })
  })

  it('is what was written after the last look; what is older or undated stands apart', () => {
    const { sync, digest, old } = kept()
    sync(at(8), [
      ...old,
      post('3', null, on(3)),
      post('4', '3', on(4)),
      post('5', '1', on(5)),
      post('6', '1', { when: exactly('2025-12-31T12:00:00Z') }),
      post('7', '1', { when: { from: null, to: null } }),
      post('8', '1', { when: { from: '2025-12-01T00:00:00Z', to: `${day(2)}T00:00:00Z` } }),
      post('9', null, on(6, { type: 'joined_group' })),
      post('13', null, { type: 'joined_group', when: exactly('2025-12-31T12:00:00Z') }),
      post('14', '9', on(7)),
    ])
    const [news] = [...digest().groups]
    expect(news && brief(news)).toEqual({
      group: 'gardeners',
      threads: ['3 new 4'],
      replies: ['1 8 5', '9 14'],
      earlier: ['1 6 7'],
    })
    expect(news?.notices).toEqual([{ type: 'joined_group', count: 1 }])
    expect([...([...digest().groups][0]?.threads ?? [])][0]?.replies).toBe(1)
    expect(told(digest().counts)).toEqual({ threads: 1, replies: 4, earlier: 2, notices: 1 })
  })

  it('counts from the last look at its own group, and not at another', () => {
    const { sync, digest, old } = kept()
    const hive = post('20', null, { group: BEES })
    sync(at(2), [hive], { groups: ['bees'] })
    sync(at(9), old)
    const news = () => [...digest().groups].map(brief)
    sync(at(10), [hive, post('21', null, on(5, { group: BEES }))], { groups: ['bees'] })
    expect(news()).toEqual([{ group: 'bees', threads: ['21 new'], replies: [], earlier: [] }])
    sync(at(11), [hive, post('22', null, on(6, { group: BEES }))], { groups: ['bees'] })
    expect(news()).toEqual([{ group: 'bees', threads: [], replies: [], earlier: ['22 new'] }])
  })

  it("goes by the site's own clock", () => {
    const { sync, digest, old } = kept()
    // Its clock is two days behind.
    sync(at(5), [...old], { date: `${day(3)}T10:00:01Z` })
    sync(at(6), [...old, post('3', null, on(3)), post('4', null, on(2))], { date: `${day(4)}T10:00:01Z` })
    expect([...digest().groups].map(brief)).toMatchObject([{ threads: ['3 new'], earlier: ['4 new'] }])
  })

  it('is told of what is older in part only', () => {
    const { sync, digest, old } = kept()
    const late = Array.from({ length: 30 }, (_, number) =>
      post(`${100 + number}`, '1', { when: exactly('2025-12-01T00:00:00Z') }),
    )
    sync(at(8), [...old, ...late])
    const [news] = [...digest().groups]
    expect(news?.earlier.more).toBe(5)
    const [thread] = news?.earlier.items ?? []
    expect([...(thread?.posts ?? [])].map(({ id }) => id)).toEqual(late.slice(5).map(({ id }) => id))
  })

  it('is read thread by thread: posts that nobody walks are left out', () => {
    const { sync, digest, old } = kept()
    const news = [post('7', null, on(5)), ...['8', '9'].map(id => post(id, '7', on(5)))]
    sync(at(8), [...old, ...news, post('10', null, on(6)), post('11', '10', on(6))])
    const walked = Array.from([...digest().groups][0]?.threads ?? [], ({ thread, posts }) => {
      const [first] = posts
      return [thread.id, first?.id]
    })
    expect(walked).toEqual([
      ['7', '8'],
      ['10', '11'],
    ])
  })

  it('stands in the order of the groups, what lies outside them last, and only of what is asked for', () => {
    const { sync, digest, old } = kept()
    const others = [post('30', null, { group: null }), post('20', null, { group: BEES })]
    sync(at(2), [...old, ...others])
    sync(at(8), [
      ...old,
      ...others,
      post('31', '30', on(4, { group: null })),
      post('21', '20', on(4, { group: BEES })),
      post('3', '1', on(4)),
    ])
    const groups = (...selections: Selection[]) => [...digest(undefined, selections).groups].map(news => brief(news))
    expect(groups().map(news => [news.group, news.replies])).toEqual([
      ['gardeners', ['1 3']],
      ['bees', ['20 21']],
      [null, ['30 31']],
    ])
    expect(groups({ groups: ['bees'] })).toHaveLength(1)
    expect(digest(undefined, [{ groups: ['bees'] }]).about).toEqual(['Bees'])
    expect(digest().about).toEqual(['Town'])
  })

  it('names two communities of one name, and their groups, by their addresses', () => {
    const { read, digest } = kept()
    const url = 'https://far.example/town/'
    const there = { ...GARDENERS, url: `${url}groups/gardeners/` }
    const far = post('9', null, { group: there, url: `${url}activity/p/9/` })
    read(at(8), [page([far], { site: { url, name: 'Town' } })])
    expect(digest().about).toEqual(['Town (town.example)', 'Town (far.example/town)'])
    const { about } = digest(undefined, [{ groups: ['gardeners'] }])
    expect(about).toEqual(['Gardeners (town.example)', 'Gardeners (far.example/town)'])
    expect([...digest().groups].map(({ site }) => site)).toContain('Town (far.example/town)')
  })
})

describe('what became of what was known', () => {
  it('is told from the first text to the last, and of new posts not at all', () => {
    const { sync, digest, old } = kept()
    const said = (text: string) => [old[0] as Post, post('2', '1', { html: text, text })]
    sync(at(2), said('Second'))
    sync(at(3), [...said('Third'), post('3', '1', on(2))])
    sync(at(4), [...said('Fourth'), post('3', '1', on(2, { html: 'x', text: 'x' }))])
    const edits = (since: string) => [...([...digest(since).groups][0]?.edited.items ?? [])]
    expect(edits(at(2))).toMatchObject([
      { post: { id: '2' }, times: 3, before: { text: 'Post 2' }, after: { text: 'Fourth' } },
    ])
    expect(edits(at(3))).toMatchObject([{ times: 2, before: { text: 'Second' }, after: { text: 'Fourth' } }])
    expect(told(digest(at(2)).counts)).toEqual({ replies: 1, edited: 1 })
    const until = [...digest(at(2)).groups]
    expect(until).toHaveLength(1)
  })

  it('names the author of both versions, and lists what has moved from its first place to its last', () => {
    const { sync, digest, old } = kept()
    const [root, reply] = old as [Post, Post]
    const to = (where: Post['group']) => [
      { ...root, group: where },
      { ...reply, group: where },
    ]
    sync(at(2), to(group('bees', { id: '2' })))
    sync(at(3), to(group('elms', { id: '3' })))
    const ben = { ...reply, group: group('elms', { id: '3' }), author: member('ben', { id: '9' }) }
    sync(at(4), [{ ...root, group: group('elms', { id: '3' }) }, ben])
    expect(told(digest(at(2)).counts)).toEqual({ edited: 1, moved: 1 })
    const [news] = [...digest(at(2)).groups]
    expect([...(news?.moved.items ?? [])]).toMatchObject([
      { post: { id: '1' }, moves: [{ field: 'group', before: 'gardeners', after: 'elms' }] },
    ])
    expect([...(news?.edited.items ?? [])]).toMatchObject([
      { post: { id: '2' }, before: { author: { slug: 'ada' } }, after: { author: { slug: 'ben' } } },
    ])
    sync(at(5), to(GARDENERS))
    expect(told(digest(at(2)).counts)).not.toHaveProperty('moved')
  })

  it('is told of a backlog, too: its posts are not told one by one', () => {
    const { sync, digest, old } = kept()
    const [root, reply] = old as [Post, Post]
    sync(at(2), [root, { ...reply, html: 'Second', text: 'Second' }])
    sync(at(3), [root])
    const since = '2025-12-31T00:00:00Z'
    expect(told(digest(since).counts)).toEqual({ backlog: 2, edited: 1, gone: 1 })
    expect([...([...digest(since).groups][0]?.gone.items ?? [])]).toMatchObject([{ post: { id: '2' } }])
  })

  it('is nothing where a post went and came back', () => {
    const { sync, digest, old } = kept()
    sync(at(2), [old[0] as Post])
    expect(told(digest().counts)).toEqual({ gone: 1 })
    sync(at(3), old)
    expect(told(digest().counts)).toEqual({ back: 1 })
    expect([...([...digest().groups][0]?.back.items ?? [])]).toMatchObject([{ id: '2' }])
    expect(told(digest(at(2)).counts)).toEqual({})
  })

  it('is one line of a thread with its replies', () => {
    const { sync, digest } = kept()
    sync(at(2), [], { gone: '1' })
    const [news] = [...digest().groups]
    expect([...(news?.gone.items ?? [])]).toMatchObject([{ post: { id: '1' }, reason: '404', withReplies: 1 }])
    expect(digest().counts.gone).toBe(2)
  })

  it('is the first name and the last one', () => {
    const { sync, digest } = kept()
    const as = (name: string, called: string) => [
      post('1', null, { group: { ...GARDENERS, name: called }, author: member('ada', { id: '2', name }) }),
    ]
    sync(at(2), as('Ada B.', 'Growers'))
    sync(at(3), as('Ada C.', 'Gardeners'))
    expect([...digest(at(2)).members.items]).toMatchObject([{ field: 'name', before: 'ada', after: 'Ada C.' }])
    expect([...digest(at(2)).groups].flatMap(({ names }) => names)).toEqual([])
    expect([...digest(at(3)).groups].flatMap(({ names }) => names)).toMatchObject([
      { before: 'Growers', after: 'Gardeners' },
    ])
  })

  it('is followed by what could not be read', () => {
    const { sync, digest, old } = kept()
    sync(at(2), old, { exitCode: 3 })
    expect(digest().incomplete).toBe(true)
    expect(digest(at(3)).incomplete).toBe(false)
    expect(digest(at(3)).until).toBeNull()
  })
})

describe('sliced', () => {
  it('cuts a list where the keys change', () => {
    const sizes = fc
      .array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(4)))
      .map(list => list.sort(([a], [b]) => (a < b ? -1 : Number(a > b))))
    fc.assert(
      fc.property(sizes, counts => {
        const items = counts.flatMap(([key, size]) => Array.from({ length: size }, () => key.charCodeAt(0)))
        const parts = sliced(
          Float64Array.from(items),
          counts.map(([key, size]) => ({ key, size })),
        )
        for (const [key, part] of parts) expect([...part]).toEqual(items.filter(item => item === key.charCodeAt(0)))
        expect([...parts.values()].flatMap(part => [...part])).toEqual(items)
      }),
    )
  })
})
