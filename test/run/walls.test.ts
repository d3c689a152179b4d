import { describe, expect, it } from 'vitest'
import { communityOf } from '../community/index.js'
import { town } from '../community/town.js'
import { INSTEAD, type Instead, isList, mixedTown } from './answers.js'
import { contentOf, desk, idsHeld, outcome } from './outside.js'

const PACKS = ['legacy', 'nouveau'] as const
const GROUP = 'groups/gardeners/'

describe.each(PACKS)('page 2 of a stream is something else (%s)', pack => {
  const cases: [Instead, number, RegExp][] = [
    ['a login form', 4, /login form/],
    ['an error 500', 3, /HTTP 500/],
    ['a challenge', 8, /bot protection/],
    ['not BuddyPress', 3, /not BuddyPress/],
    ['not found', 4, /HTTP 404/],
  ]
  if (pack === 'legacy') cases.push(['a loader', 3, /the site sent .* instead/])

  it.each(cases)('%s: exit %i, and the next run goes on there', async (what, code, words) => {
    let broken = true
    const { server } = await town(
      {
        pack,
        intercept: (request, response) => {
          if (!broken || !isList(request, 2)) return false
          INSTEAD[what](response)
          return true
        },
      },
      mixedTown(),
    )
    const one = desk()
    const first = outcome(await one.run(server.url + GROUP))
    expect(first).toMatchObject({ code, state: 'partial' })
    expect(first.message).toMatch(words)
    expect(first.message).toContain(`Page 2 of ${server.url}${GROUP}`)
    expect(first.advice).toMatch(/[./]$/)
    // An error concerns one page, so that the page after it is read; a refusal concerns the list.
    expect(idsHeld(one)).toHaveLength(what === 'an error 500' || what === 'not BuddyPress' ? 30 : 20)
    expect(one.groups()[0]?.completeness.state).toBe('unknown')
    broken = false
    server.requests.length = 0
    expect(outcome(await one.run(server.url + GROUP))).toMatchObject({ code: 0, state: 'done' })
    expect(idsHeld(one)).toEqual(
      mixedTown()
        .posts.map(post => post.id)
        .filter(id => id < 500),
    )
    expect(one.groups()[0]?.completeness).toEqual({ state: 'complete', held: 50, claimed: 50 })
    // Page 1 is asked for again only to look for arrivals.
    expect(server.requests.filter(request => isList(request, 2))).toHaveLength(1)
  })

  it('that fails in two runs fails for good, so that a third looks for new posts again', async () => {
    let broken = true
    const community = mixedTown()
    const { server } = await town(
      {
        pack,
        intercept: (request, response) => {
          if (!broken || !isList(request, 2)) return false
          INSTEAD['a login form'](response)
          return true
        },
      },
      community,
    )
    const one = desk()
    expect((await one.run(server.url)).exitCode).toBe(4)
    community.posts.push({ ...community.posts[0], id: 99, date: '2025-01-01T00:00:00Z' } as never)
    expect((await one.run(server.url)).exitCode).toBe(4)
    broken = false
    for (let runs = 0; runs < 2; runs++) await one.run(server.url)
    expect(idsHeld(one)).toContain(99)
    expect(one.groups().every(group => group.completeness.state === 'complete')).toBe(true)
  })
})

describe('the site-wide stream in the place of a group page', () => {
  it.each([{ outside: true }, { outside: false }])(
    'is not taken for the group (posts outside groups: $outside)',
    async ({ outside }) => {
      let broken = true
      const community = mixedTown()
      if (!outside) for (const post of community.posts) post.groupSlug ??= 'bakers'
      const { server } = await town(
        {
          intercept: request => {
            if (broken && isList(request, 2)) request.referer = null
            return false
          },
        },
        community,
      )
      const one = desk()
      const first = outcome(await one.run(server.url + GROUP))
      expect(first).toMatchObject({ code: 3, state: 'partial' })
      expect(first.message).toContain('the site sent the stream of the whole site instead')
      expect(idsHeld(one)).toHaveLength(20)
      broken = false
      expect(outcome(await one.run(server.url + GROUP))).toMatchObject({ code: 0 })
      expect(idsHeld(one)).toHaveLength(50)
    },
  )
})

describe('the full text of a shortened post', () => {
  const long = `<p>${'Beans want warm soil and patience. '.repeat(30)}</p>\n`
  const community = () => communityOf({ posts: [{ html: long }, { parentId: 1, html: long }, {}] })

  it.each(['a login form', 'an error 500', 'a challenge'] as const)('is not had: %s', async what => {
    let broken = true
    const { server } = await town(
      {
        intercept: (request, response) => {
          if (!broken || request.form['action'] !== 'get_single_activity_content') return false
          INSTEAD[what](response)
          return true
        },
      },
      community(),
    )
    const one = desk()
    const first = outcome(await one.run(server.url + GROUP))
    expect(first).toMatchObject({ code: 3, state: 'partial' })
    expect(first.message).toContain('The full text of post 1')
    const [thread] = one.threads()
    expect(thread?.completeness).toEqual({ state: 'short', held: 0, claimed: 2 })
    expect(thread?.posts[0]?.post).toMatchObject({ truncated: true, text: expect.stringMatching(/^Beans want warm/) })
    broken = false
    expect(outcome(await one.run(server.url + GROUP))).toMatchObject({ code: 0, state: 'done' })
    expect(one.threads()[0]?.completeness).toEqual({ state: 'complete', held: 2, claimed: 2 })
    expect(one.threads()[0]?.posts[0]?.post).toMatchObject({ truncated: false, revisions: 0, html: long.trim() })
  })

  it('is refused for ever: the run after the next one looks for new posts again', async () => {
    const posts = community()
    const { server } = await town(
      {
        intercept: (request, response) => {
          if (request.form['action'] !== 'get_single_activity_content') return false
          response.end('{"success":false}')
          return true
        },
      },
      posts,
    )
    const one = desk()
    for (const expected of [3, 3]) expect((await one.run(server.url + GROUP)).exitCode).toBe(expected)
    posts.posts.push(...communityOf({ posts: [{ id: 9, html: '<p>New.</p>\n' }] }).posts)
    await one.run(server.url + GROUP)
    expect(idsHeld(one)).toContain(9)
  })
})

describe('what an earlier run of the same reading gave up', () => {
  it('keeps a later one from ending as if all were there', async () => {
    const broken = new Set(['29', '30', 'page'])
    const long = `<p>${'Beans want warm soil and patience. '.repeat(30)}</p>\n`
    const posts = Array.from({ length: 30 }, (_, at) => ({ html: at < 28 ? '<p>Short</p>\n' : long }))
    let stop = new AbortController()
    const { server } = await town(
      {
        intercept: (request, response) => {
          const what = isList(request, 2) ? 'page' : (request.form['id'] ?? '')
          if (!broken.has(what)) return false
          if (what === '29' && broken.size === 2) stop.abort()
          INSTEAD['a login form'](response)
          return true
        },
      },
      communityOf({ posts }),
    )
    const one = desk()
    const run = async () => {
      stop = new AbortController()
      return outcome(await one.run(server.url + GROUP, { signal: stop.signal }))
    }
    expect((await run()).code).toBe(4)
    // One text is had, so the other, refused a second time, fails for good; the page is still waited for.
    broken.delete('30')
    expect((await run()).code).toBe(130)
    broken.clear()
    const third = await run()
    expect(third).toMatchObject({ code: 3, advice: expect.stringContaining('once more') })
    expect(third.message).toMatch(/^An earlier run could not read this: The full text of post 29 /)
    expect((await run()).code).toBe(0)
    expect(one.threads().every(thread => thread.completeness.state === 'complete')).toBe(true)
  })
})

describe('a site that has had enough', () => {
  it('is left alone after three refusals in a row', async () => {
    const groups = Array.from({ length: 12 }, (_, at) => ({ slug: `g${at}` }))
    const { server } = await town(
      {
        intercept: (request, response) => {
          if (!/\/groups\/g\d+\//.test(request.path)) return false
          INSTEAD['a challenge'](response)
          return true
        },
      },
      communityOf({ groups }),
    )
    const one = desk()
    expect(outcome(await one.run(server.url)).code).toBe(8)
    expect(server.requests.filter(({ path }) => /\/groups\/g/.test(path))).toHaveLength(3)
  })

  it('a group whose page fails is asked again by the next run, and by it alone', async () => {
    let broken = true
    const { server } = await town(
      {
        pack: 'legacy',
        intercept: (request, response) => {
          if (!broken || !request.path.endsWith('/groups/bakers/')) return false
          INSTEAD['an error 500'](response)
          return true
        },
      },
      mixedTown(),
    )
    const [one, calm] = [desk(), desk()]
    expect(outcome(await one.run(server.url))).toMatchObject({ code: 3, state: 'partial' })
    broken = false
    server.requests.length = 0
    expect(outcome(await one.run(server.url))).toMatchObject({ code: 0, state: 'done' })
    // The posts are compared with the feed once all groups are read.
    const again = server.requests.filter(({ path }) => path.includes('gardeners') && !path.endsWith('/feed/'))
    expect(again).toEqual([])
    await calm.run(server.url)
    expect(contentOf(one, server.url)).toEqual(contentOf(calm, server.url))
  })
})
