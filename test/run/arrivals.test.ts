import { describe, expect, it } from 'vitest'
import { type Community, communityOf, type DemoPost, type PackName, type SeenRequest } from '../community/index.js'
import { town } from '../community/town.js'
import { desk, idsHeld, newFile, outcome, testClock } from './outside.js'

const PACKS = ['legacy', 'nouveau'] as const
const GROUP = 'groups/gardeners/'

/** Opening posts 1 to `size` in one group, the last one newest. */
const busy = (size: number): Community => communityOf({ posts: Array.from({ length: size }, () => ({})) })

/** Somebody posts in the group, now. */
function arrive(community: Community, count: number): void {
  for (let left = count; left > 0; left--) {
    const last = community.posts.at(-1) as DemoPost
    const date = new Date(Date.parse(last.date) + 60_000).toISOString()
    community.posts.push({ ...last, id: last.id + 1, date, html: `<p>Late ${last.id + 1}.</p>\n` })
  }
}

/** Which page of a list is asked for; 0 for other things, such as the pages of Nouveau, which hold no list. */
function pageOf({ path, query, form }: SeenRequest, pack: PackName): number {
  if (pack === 'nouveau') return form['action'] === 'activity_filter' ? Number(form['page']) : 0
  return path.endsWith(`/${GROUP}`) ? Number(query.get('acpage') ?? 1) : 0
}

/** Ctrl-C while this request is under way. */
function stopAt(stop: AbortController, now: boolean): false {
  if (now) stop.abort()
  return false
}

const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1)

describe.each(PACKS)('posts that arrive while pages are read (%s)', pack => {
  it.each([
    { each: 1, last: 4, what: 'one between any two pages' },
    { each: 3, last: 4, what: 'three between any two pages' },
    { each: 20, last: 2, what: 'so many that the second page is the first again' },
    { each: 25, last: 4, what: 'more than a page between any two pages' },
  ])('are all held, and none is lost: $what', async ({ each, last }) => {
    const community = busy(65)
    const seen = new Set<number>()
    const { server } = await town(
      {
        pack,
        intercept: request => {
          const page = pageOf(request, pack)
          if (page > 1 && page <= last && !seen.has(page)) arrive(community, each)
          seen.add(page)
          return false
        },
      },
      community,
    )
    const one = desk()
    expect(outcome(await one.run(server.url + GROUP))).toMatchObject({ code: 0, state: 'done' })
    expect(idsHeld(one)).toEqual(upTo(community.posts.length))
    expect(one.groups()[0]?.completeness).toEqual({
      state: 'complete',
      held: community.posts.length,
      claimed: community.posts.length,
    })
  })

  it.each([1, 60, 100, 200])('%i of them between two runs, the first of which was interrupted', async count => {
    const community = busy(130)
    const stop = new AbortController()
    const { server } = await town({ pack, intercept: request => stopAt(stop, pageOf(request, pack) === 4) }, community)
    const one = desk()
    expect((await one.run(server.url + GROUP, { signal: stop.signal })).exitCode).toBe(130)
    expect(idsHeld(one)).toHaveLength(80)
    arrive(community, count)
    expect(outcome(await one.run(server.url + GROUP))).toMatchObject({ code: 0, state: 'done' })
    expect(idsHeld(one)).toEqual(upTo(community.posts.length))
  })

  it('a run that goes on reads no page again but the one before and the first', async () => {
    const community = busy(90)
    const stop = new AbortController()
    const { server } = await town({ pack, intercept: request => stopAt(stop, pageOf(request, pack) === 2) }, community)
    const one = desk()
    await one.run(server.url + GROUP, { signal: stop.signal })
    server.requests.length = 0
    one.clock.advance(90_000)
    await one.run(server.url + GROUP)
    expect(server.requests.map(request => pageOf(request, pack)).filter(Boolean)).toEqual([3, 2, 4, 5, 1])
  })

  it('a run that goes on at once, as after a kill, reads no page again at all', async () => {
    const community = busy(90)
    const stop = new AbortController()
    const { server } = await town({ pack, intercept: request => stopAt(stop, pageOf(request, pack) === 2) }, community)
    const one = desk()
    await one.run(server.url + GROUP, { signal: stop.signal })
    server.requests.length = 0
    await one.run(server.url + GROUP)
    expect(server.requests.map(request => pageOf(request, pack)).filter(Boolean)).toEqual([3, 4, 5])
  })

  it('posts that are deleted between two runs push others to pages that were read: none is lost', async () => {
    const community = busy(95)
    const stop = new AbortController()
    const { server } = await town({ pack, intercept: request => stopAt(stop, pageOf(request, pack) === 3) }, community)
    const one = desk()
    await one.run(server.url + GROUP, { signal: stop.signal })
    one.clock.advance(90_000)
    const newest = community.posts.map(post => post.id).slice(-45, -20)
    community.posts = community.posts.filter(post => !newest.includes(post.id))
    expect((await one.run(server.url + GROUP)).exitCode).toBe(0)
    const held = new Set(idsHeld(one))
    expect(community.posts.filter(post => !held.has(Number(post.id)))).toEqual([])
  })

  it('another target may read the same posts between two runs', async () => {
    const community = busy(130)
    const stop = new AbortController()
    let asked = 0
    const { server } = await town(
      { pack, intercept: request => stopAt(stop, pageOf(request, pack) === 2 && asked++ === 0) },
      community,
    )
    const one = desk()
    await one.run(server.url + GROUP, { signal: stop.signal })
    expect((await one.run(`${server.url}activity/`)).exitCode).toBe(0)
    community.posts.splice(30, 1)
    expect(outcome(await one.run(server.url + GROUP))).toMatchObject({ code: 0, state: 'done' })
    expect(one.groups()[0]?.completeness.state).not.toBe('unknown')
  })
})

describe.each(PACKS)('a stream that never ends (%s)', pack => {
  it.each([1, 2])('the same %i page(s) for ever are a problem, not a loop', async different => {
    const { server } = await town(
      {
        pack,
        intercept: request => {
          // By AJAX too, which is asked where the pages of Legacy repeat.
          const page = pageOf(request, pack) || Number(request.form['page'] ?? 0)
          if (page > different) request.query.set('acpage', String(((page - 1) % different) + 1))
          if (page > different) request.form['page'] = String(((page - 1) % different) + 1)
          return false
        },
      },
      busy(150),
    )
    const one = desk()
    const report = await one.run(server.url + GROUP)
    expect(outcome(report)).toMatchObject({ code: 3, state: 'partial' })
    expect(outcome(report).message).toMatch(
      /gardeners\/: pages \d+ to \d+ have no new posts, although each says that there are more\.$/,
    )
    expect(idsHeld(one)).toHaveLength(20 * different)
    expect(server.requests.length).toBeLessThan(12)
    expect(one.groups()[0]?.completeness.state).toBe('unknown')
  })
})

describe('a clock that stands still', () => {
  it('makes no repeats out of what another target has read in the same millisecond', async () => {
    const { server } = await town({}, busy(90))
    const still = { now: () => 1_781_000_000_000, sleep: async () => {} }
    const one = desk(newFile(), { ...testClock(), ...still })
    const report = await one.run([`${server.url}activity/`, server.url + GROUP])
    expect(report.targets.map(target => target.state)).toEqual(['done', 'done'])
  })
})
