import { describe, expect, it } from 'vitest'
import { type Community, communityOf, type SeenRequest } from '../community/index.js'
import { town } from '../community/town.js'
import { INSTEAD } from './answers.js'
import { type Desk, desk, idsHeld, outcome } from './outside.js'

/** Addresses that fail for ever keep nothing back but what only they show. */

const WAYS = [
  { name: 'page', pack: 'legacy', via: 'page' },
  { name: "Legacy's AJAX", pack: 'legacy', via: 'ajax' },
  { name: "Nouveau's AJAX", pack: 'nouveau', via: 'ajax' },
] as const

const SETS = Number(process.env['SETS'] ?? 10)

/** Numbers from 0 to 1 that a seed and an address decide, and nothing else. */
function chanceOf(seed: number, address: string): number {
  let hash = Math.imul(seed, 0x9e3779b9)
  for (const letter of address) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return ((hash ^ (hash >>> 13)) >>> 0) / 4_294_967_296
}

/** What tells one address from another: for an AJAX call also its fields and the page that makes it. */
const addressOf = ({ path, query, form, referer }: SeenRequest): string => {
  const { nonce: _, ...fields } = form
  const from = referer === null || Object.keys(form).length === 0 ? '' : new URL(referer).pathname
  return `${path}?${query} ${JSON.stringify(fields)} ${from}`
}

/** Groups of 0 to 45 posts, with replies; every seventh post is long, so that the streams shorten it. */
function groups(): Community {
  const posts = [45, 20, 3].flatMap((size, group) =>
    Array.from({ length: size }, (_, at) => ({
      id: group * 1000 + at + 1,
      groupSlug: `group-${group + 1}`,
      ...longAt(at),
    })),
  )
  const replies = posts.filter((_, at) => at % 5 === 0).map(({ id }) => ({ id: 10_000 + id, parentId: id }))
  const slugs = [1, 2, 3, 4].map(at => ({ slug: `group-${at}` }))
  return communityOf({ groups: slugs, posts: [...posts, ...replies] })
}

const longAt = (at: number) => (at % 7 === 0 ? { html: `<p>${'A long tale about beans. '.repeat(30)}</p>\n` } : {})

/** Requests that the whole archive needs: they must answer, or nothing can be read. */
const isRoot = ({ path, query, form }: SeenRequest) =>
  path === '/robots.txt' || (path === '/groups/' && !query.has('grpage')) || form['action'] === 'groups_filter'

describe.each(WAYS)('by $name', ({ pack, via }) => {
  it.each(Array.from({ length: SETS }, (_, seed) => seed + 1))(
    'everything else is read by the next sync (set %i)',
    async seed => {
      const community = groups()
      const failing = new Set<string>()
      const share = [0.05, 0.2, 0.4][seed % 3] as number
      const { server } = await town(
        {
          pack,
          intercept: (request, response) => {
            const address = addressOf(request)
            const fails = !isRoot(request) && chanceOf(seed, address) < share
            if (!fails) return false
            failing.add(address)
            if (seed % 2) INSTEAD['an error 500'](response)
            else response.writeHead(200, { 'Content-Type': 'text/html' }).end()
            return true
          },
        },
        community,
      )
      const one = desk()
      await one.run(`${server.url}groups/`, { via, retries: 0 })
      one.clock.advance(86_400_000)
      const report = await one.sync({ retries: 0 })
      expect(missingOf(one, community).filter(id => !onlyOn(failing, community, id, pack, via))).toEqual([])
      if (missingOf(one, community).length > 0) expect(report.exitCode).toBe(3)
      for (const group of one.groups()) expect([group.slug, isTrue(group, community, one)]).toEqual([group.slug, true])
      // Nothing is left open: the next sync begins anew.
      expect(one.standing().targets.map(({ pending }) => pending)).toEqual([0])
    },
  )
})

/** A group that is called complete is held whole. */
function isTrue({ slug, completeness }: ReturnType<Desk['groups']>[0], { posts }: Community, one: Desk): boolean {
  const held = new Set(idsHeld(one))
  return completeness.state !== 'complete' || posts.every(({ id, groupSlug }) => groupSlug !== slug || held.has(id))
}

function missingOf(one: Desk, { posts }: Community): number[] {
  const held = new Set(idsHeld(one))
  return posts.map(({ id }) => id).filter(id => !held.has(id))
}

/** True if every list page that shows the thread of this post fails. */
function onlyOn(failing: ReadonlySet<string>, { posts }: Community, id: number, pack: string, via: string): boolean {
  const post = posts.find(one => one.id === id)
  const root = posts.find(one => one.id === (post?.parentId ?? id))
  const list = posts.filter(one => one.parentId === null && one.groupSlug === root?.groupSlug).toReversed()
  const page = Math.floor(list.indexOf(root as (typeof posts)[0]) / 20) + 1
  const home = `/groups/${root?.groupSlug}/`
  const shows = (address: string) => {
    if (via === 'page') return address.startsWith(page === 1 ? `${home}? ` : `${home}?acpage=${page} `)
    const action = pack === 'legacy' ? 'activity_get_older_updates' : 'activity_filter'
    return address.includes(action) && address.includes(`"page":"${page}"`) && address.endsWith(` ${home}`)
  }
  return [...failing].some(shows)
}

describe('one group whose page always fails', () => {
  const broken = (request: SeenRequest) => request.path === '/groups/group-2/'

  it('is told at each sync with the time since when, asked once, and all others are kept up to date', async () => {
    const community = groups()
    const { server } = await town(
      {
        pack: 'legacy',
        intercept: (request, response) => {
          if (!broken(request)) return false
          INSTEAD['an error 500'](response)
          return true
        },
      },
      community,
    )
    const one = desk()
    const first = new Date(one.clock.now()).toISOString().slice(0, 10)
    expect((await one.run(`${server.url}groups/`, { via: 'page' })).exitCode).toBe(3)
    const asked: number[] = []
    for (let day = 0; day < 3; day++) {
      one.clock.advance(86_400_000)
      const [post] = community.posts
      const date = new Date(one.clock.now()).toISOString()
      community.posts = [...community.posts, { ...(post as (typeof community.posts)[0]), id: 20_000 + day, date }]
      server.requests.length = 0
      expect(outcome(await one.sync()).code).toBe(3)
      expect(idsHeld(one)).toContain(20_000 + day)
      asked.push(server.requests.filter(broken).length)
    }
    // The first sync finishes the pass of the archive run, with retries.
    expect(asked[1]).toBeLessThanOrEqual(11)
    expect(asked[2]).toBe(asked[1])
    const [gap] = one.standing().targets[0]?.gaps ?? []
    expect(gap).toMatchObject({
      url: `${server.url}groups/group-2/`,
      again: false,
      since: expect.stringContaining(first),
    })
  })
})
