import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { communityOf, type SeenRequest } from '../community/index.js'
import { town } from '../community/town.js'
import { INSTEAD } from './answers.js'
import { contentOf, desk, outcome } from './outside.js'

/** Legacy shortens texts, so that threads are read on their own pages, to which their permalinks are redirected. */

const LONG = `<p>${'A long tale about beans. '.repeat(30)}</p>\n`

const community = communityOf({
  groups: [{ slug: 'gardeners' }],
  posts: Array.from({ length: 50 }, (_, at) => ({
    id: at + 1,
    groupSlug: 'gardeners',
    ...(at % 5 === 0 && { html: LONG }),
  })),
})

type Answer = (response: ServerResponse) => void

/** Archives the group. `instead`: the answer to each request of an own page that no redirect has led to. */
async function archived(instead?: Answer) {
  const asked = { permalinks: 0, direct: 0 }
  const directly = new Set<string>()
  let last = ''
  const intercept = ({ path }: SeenRequest, response: ServerResponse) => {
    const id = /\/(\d+)\/$/.exec(path)?.[1]
    const isRedirected = id !== undefined && last === id
    last = path.startsWith('/activity/p/') ? (id ?? '') : ''
    if (last) asked.permalinks++
    if (!id || last || isRedirected) return false
    // A redirect in a circle is followed some times.
    asked.direct = directly.add(id).size
    instead?.(response)
    return instead !== undefined
  }
  const { server } = await town({ pack: 'legacy', intercept }, community)
  const one = desk()
  const report = await one.run(`${server.url}groups/gardeners/`, { via: 'page', retries: 0 })
  const [{ shortened = -1 } = {}] = one.sql<{ shortened: number }>('SELECT sum(truncated) AS shortened FROM posts')
  return { asked, shortened, content: contentOf(one, server.url), outcome: outcome(report) }
}

it('once a site has led permalinks to the folders of authors, threads are requested there', async () => {
  const { asked, shortened, outcome } = await archived()
  expect(outcome).toMatchObject({ code: 0, state: 'done' })
  // Four of the ten threads are on the first page of the list, which is read before any permalink.
  expect([asked, shortened]).toEqual([{ permalinks: 4, direct: 6 }, 0])
})

it.each<[string, Answer]>([
  ['not found', INSTEAD['not found']],
  ['another page', INSTEAD['not BuddyPress']],
  ['a login form', INSTEAD['a login form']],
  ['an error', INSTEAD['an error 500']],
  ['a redirect to another site', response => response.writeHead(302, { Location: 'https://elsewhere.example/' }).end()],
  [
    'a redirect to another scheme, which has no server',
    response => response.writeHead(301, { Location: `https://${response.req.headers.host}/` }).end(),
  ],
  ['a redirect in a circle', response => response.writeHead(302, { Location: response.req.url ?? '' }).end()],
  ['no answer', response => response.destroy()],
  ['a redirect to the front page', response => response.writeHead(302, { Location: '/' }).end()],
])('where those addresses give %s, all is read by permalinks as before', async (_, instead) => {
  const [usual, { asked, shortened, content, outcome }] = [await archived(), await archived(instead)]
  expect(outcome).toMatchObject({ code: 0, state: 'done' })
  expect([shortened, content]).toEqual([0, usual.content])
  expect(asked).toEqual({ permalinks: 10, direct: 1 })
})

describe.each([
  ['an error 500', 3, /gave no usable answer to 3 requests in a row.* Thread \d+ could not be read/],
  ['a challenge', 8, /refused 3 requests in a row.* Thread \d+ could not be read/],
] as const)('a site that gives %s from a thread on', (instead, code, message) => {
  // Page 1 and its threads, then page 2: the next one is asked for by a permalink, or directly.
  it.each([4, 24])('after %s answers: the gap is named, and the next run fills it', async most => {
    const site = { answers: 0, most }
    const long = { ...community, posts: community.posts.map(post => ({ ...post, html: LONG })) }
    const intercept = ({ path }: SeenRequest, response: ServerResponse) => {
      if (path === '/robots.txt' || ++site.answers <= site.most) return false
      INSTEAD[instead](response)
      return true
    }
    const { server } = await town({ pack: 'legacy', intercept }, long)
    const one = desk()
    const run = async () => outcome(await one.run(`${server.url}groups/gardeners/`, { via: 'page', retries: 0 }))
    const { target, ...first } = await run()
    expect(first).toMatchObject({ code, state: 'partial', message: expect.stringMatching(message) })
    expect(target?.problems).toHaveLength(1)
    site.most = Number.POSITIVE_INFINITY
    expect(await run()).toMatchObject({ code: 0, state: 'done' })
    expect(one.sql('SELECT count(*) AS posts, sum(truncated) AS shortened FROM posts')).toEqual([
      { posts: 50, shortened: 0 },
    ])
  })
})
