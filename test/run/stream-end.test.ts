import { describe, expect, it } from 'vitest'
import { communityOf, type ServeOptions } from '../community/index.js'
import { town } from '../community/town.js'
import { bending, streamPageOf, withoutLoadMore } from './bent.js'
import { desk, idsHeld, outcome } from './outside.js'

/** Where a stream ends is proven by a look at the page after its last one. */

const WAYS = [
  { name: 'page', pack: 'legacy', via: 'page' },
  { name: "Legacy's AJAX", pack: 'legacy', via: 'ajax' },
  { name: "Nouveau's AJAX", pack: 'nouveau', via: 'ajax' },
] as const

async function archived(size: number, options: ServeOptions, via: 'page' | 'ajax', path = 'groups/gardeners/') {
  const { server } = await town(options, communityOf({ posts: Array.from({ length: size }, () => ({})) }))
  const one = desk()
  const report = await one.run(server.url + path, { via, retries: 0 })
  const pages = server.requests.map(streamPageOf).filter(page => page !== null)
  return {
    ...outcome(report),
    held: idsHeld(one).length,
    pages,
    whole: one.groups()[0]?.completeness.state,
    one,
    server,
  }
}

describe.each(WAYS)('by $name, a stream', ({ pack, via }) => {
  // Each AJAX call needs the group's own page before it, once.
  const own = via === 'ajax' ? [1] : []

  it.each([45, 40, 20, 3])('of %i posts whose theme prints no "Load More" is read whole, with one look', async size => {
    const end = await archived(size, { pack, intercept: bending(withoutLoadMore) }, via)
    expect([end.code, end.held, end.whole]).toEqual([0, size, 'complete'])
    const pages = Array.from({ length: Math.ceil(size / 20) + 1 }, (_, at) => at + 1)
    expect(end.pages).toEqual([...own, ...pages])
  })

  it('with such a link ends without a look at its first page that is not full and has no link', async () => {
    const end = await archived(45, { pack }, via)
    expect([end.code, end.held, end.pages]).toEqual([0, 45, [...own, 1, 2, 3]])
  })

  it('whose last page is full gets a look', async () => {
    const end = await archived(40, { pack }, via)
    expect([end.code, end.held, end.pages]).toEqual([0, 40, [...own, 1, 2, 3]])
  })

  it.each([
    ['404', 404],
    ['a message of its own', 'none'],
    ['the page before', 'before'],
  ] as const)('ends where the page after its last one is %s', async (_what, instead) => {
    let before = ''
    const bend = bending((body, request) => {
      const page = streamPageOf(request)
      if (page === null) return null
      if (page < 3) before = page === 2 ? withoutLoadMore(body) : before
      if (page < 3) return withoutLoadMore(body)
      if (instead === 404) return 404
      return instead === 'before' ? before : body.replaceAll(/ id=\\?"message\\?"| bp-messages info/g, '')
    })
    const end = await archived(40, { pack, intercept: bend }, via)
    expect([end.code, end.held, end.whole]).toEqual([0, 40, 'complete'])
  })

  it('is not called whole where the look fails', async () => {
    const bend = bending((body, request) => ((streamPageOf(request) ?? 0) > 2 ? 500 : withoutLoadMore(body)))
    const end = await archived(40, { pack, intercept: bend }, via)
    expect([end.code, end.held]).toEqual([3, 40])
    expect(end.whole).not.toBe('complete')
    expect(end.message).toContain('Page 3 of')
  })
})

it('a member stream without "Load More" is read whole', async () => {
  const intercept = bending(withoutLoadMore)
  const end = await archived(45, { pack: 'legacy', intercept }, 'page', 'members/ada/')
  expect([end.code, end.held]).toEqual([0, 45])
})

it('once a group has shown the link, small groups of the site cost no look', async () => {
  const posts = Array.from({ length: 30 }, (_, at) => ({ groupSlug: at < 25 ? 'gardeners' : 'bakers' }))
  const { server } = await town({ pack: 'legacy' }, communityOf({ groups: [{}, { slug: 'bakers' }], posts }))
  const one = desk()
  expect((await one.run(`${server.url}groups/`)).exitCode).toBe(0)
  expect(server.requests.filter(({ path }) => path.endsWith('/bakers/'))).toHaveLength(1)
})
