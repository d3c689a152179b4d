import { describe, expect, it } from 'vitest'
import { communityOf, type SeenRequest } from '../community/index.js'
import { town } from '../community/town.js'
import { INSTEAD, type Instead, mixedTown } from './answers.js'
import { desk, idsHeld } from './outside.js'

/** One way to a site is out of order while another one answers. */

const isRest = ({ path, query }: SeenRequest) => path.includes('/wp-json') || query.has('rest_route')
const isAjax = ({ path }: SeenRequest) => path.includes('admin-ajax')
const isPage = (request: SeenRequest) => !isRest(request) && !isAjax(request) && request.path !== '/robots.txt'

type Fails = (request: SeenRequest) => boolean

interface Site {
  fails: Fails
  says: Instead
  /** Of the responses that fail. */
  headers?: Record<string, string>
}

const API = 'rel="https://api.w.org/"'

async function failing(community = mixedTown()) {
  const site: Site = { fails: () => false, says: 'an error 500', headers: {} }
  const { server } = await town(
    {
      pack: 'nouveau',
      rest: true,
      intercept: (request, response) => {
        if (!site.fails(request)) return false
        for (const [name, value] of Object.entries(site.headers ?? {})) response.setHeader(name, value)
        INSTEAD[site.says](response)
        return true
      },
    },
    community,
  )
  return { site, server, community, one: desk() }
}

describe('a known site whose pages fail while its REST answers', () => {
  it.each(['', 'groups/', 'groups/gardeners/', 'activity/p/1/'])('is read by REST, and /%s is named', async target => {
    const { site, server, community, one } = await failing()
    await one.run(server.url + target)
    const [post] = community.posts.filter(({ id }) => id === 1)
    if (post) community.posts.push({ ...post, id: 900, ...(target.includes('/p/') && { parentId: 1 }) })
    site.fails = isPage
    one.clock.advance(86_400_000)
    const report = await one.sync({ retries: 0 })
    const problems = report.targets.flatMap(one => one.problems.map(({ message }) => message))
    expect([report.exitCode, problems]).toEqual([3, [expect.stringMatching(/HTTP 500.*REST is asked for its posts/)]])
    expect(idsHeld(one)).toContain(900)
    site.fails = () => false
    expect((await one.sync()).exitCode).toBe(0)
  })

  it('asks a few pages, whatever their number', async () => {
    const groups = Array.from({ length: 12 }, (_, at) => ({ slug: `group-${at}`, status: 'private' as const }))
    const { site, server, one } = await failing(communityOf({ groups: [{}, ...groups], posts: [{}] }))
    await one.run(server.url)
    site.fails = isPage
    server.requests.length = 0
    const report = await one.sync({ retries: 0 })
    expect(server.requests.filter(isPage)).toHaveLength(8)
    expect(report.targets[0]?.problems.at(-1)?.message).toMatch(/^The pages of .* to 8 requests in a row/)
  })

  it('is left alone as before if its REST fails as well, and no other page is taken for the whole site', async () => {
    const { site, server, one } = await failing()
    await one.run(`${server.url}groups/gardeners/`)
    await one.run(`${server.url}members/ada/`)
    site.fails = request => request.path !== '/robots.txt'
    server.requests.length = 0
    expect((await one.sync({ retries: 0 })).exitCode).toBe(3)
    expect(server.requests.filter(({ path }) => path.endsWith('/wp-json/')).length).toBeLessThanOrEqual(1)
    expect(server.requests.length).toBeLessThan(10)
  })
})

describe('a new site whose pages fail while its REST answers', () => {
  async function broken(how: { link?: string; via?: 'auto' | 'rest' | 'page' }, target: string) {
    const { site, server, community, one } = await failing()
    Object.assign(site, { fails: isPage, headers: how.link && { Link: `<${new URL(how.link, server.url)}>; ${API}` } })
    const report = await one.run(server.url + target, { retries: 0, via: how.via ?? 'auto' })
    const problems = report.targets.flatMap(({ problems }) => problems.map(({ message }) => message))
    return { site, server, community, one, report, problems }
  }

  it.each([
    // The other ten are in no group.
    ['', 90],
    ['groups/', 90],
    ['groups/gardeners/', 50],
    ['groups/gardeners/activity/', 50],
    ['activity/p/1/', 1],
  ])('is read by REST if the response names it, and /%s is named', async (target, posts) => {
    const { site, one, report, problems } = await broken({ link: 'wp-json/' }, target)
    expect([report.exitCode, problems]).toEqual([3, [expect.stringMatching(/HTTP 500.*REST is asked for its posts/)]])
    const held = idsHeld(one)
    expect(held).toHaveLength(posts)
    site.fails = () => false
    expect((await one.sync()).exitCode).toBe(0)
    expect(idsHeld(one)).toEqual(held)
  })

  it('is read with --via rest, which asks for REST where no page names it', async () => {
    const { one, report } = await broken({ via: 'rest' }, 'groups/gardeners/')
    expect([report.exitCode, idsHeld(one)]).toEqual([3, Array.from({ length: 50 }, (_, at) => at + 1)])
  })

  it.each([
    ['no response names REST', {}, 'groups/gardeners/'],
    ['another route is chosen', { link: 'wp-json/', via: 'page' }, 'groups/gardeners/'],
    ['its address tells nothing', { link: 'wp-json/' }, 'about/us/'],
    ['REST is on another host', { link: 'https://elsewhere.example/wp-json/' }, 'groups/gardeners/'],
  ] as const)('is not asked for REST if %s', async (_why, how, target) => {
    const { server, report } = await broken(how, target)
    expect([report.exitCode, server.requests.filter(isRest)]).toEqual([3, []])
  })

  it('fails as before if REST is not of BuddyPress', async () => {
    const { server, report, problems } = await broken({ link: 'blog/wp-json/' }, 'groups/gardeners/')
    expect([report.exitCode, report.targets[0]?.state, problems.length]).toEqual([3, 'failed', 2])
    expect(server.requests.length).toBeLessThan(8)
  })
})

describe('a site whose pages answer while its REST and its AJAX fail', () => {
  const GROUPS = Array.from({ length: 8 }, (_, at) => ({ slug: `group-${at}` }))
  const posts = GROUPS.flatMap(({ slug }, at) =>
    Array.from({ length: 25 }, (_, n) => ({ id: at * 100 + n + 1, groupSlug: slug })),
  )
  const broken = ({ form, ...request }: SeenRequest) =>
    isRest({ form, ...request }) || form['action'] === 'activity_filter'

  it('each endpoint is asked a few times, one problem says so, and nothing is lost', async () => {
    const { site, server, one } = await failing(communityOf({ groups: GROUPS, posts }))
    site.fails = broken
    const report = await one.run(server.url, { retries: 2 })
    const asked = (is: Fails) => server.requests.filter(is).length
    // Three times the first request, and the others once.
    expect([asked(isRest), asked(({ form }) => form['action'] === 'activity_filter')]).toEqual([
      expect.toSatisfy((times: number) => times <= 7),
      10,
    ])
    const told = report.targets.flatMap(({ problems }) => problems.map(({ message }) => message))
    expect(
      told.filter(message => /activity_filter of .* to 8 requests in a row, so no more like them/.test(message)),
    ).toHaveLength(1)
    expect(report.exitCode).toBe(3)
    site.fails = () => false
    expect((await one.run(server.url)).exitCode).toBe(0)
    expect(idsHeld(one)).toHaveLength(posts.length)
  })

  it('a pass ends with the second run, so that later ones look for what is new', async () => {
    const { site, server, one } = await failing(communityOf({ groups: GROUPS, posts }))
    site.fails = broken
    for (let runs = 0; runs < 2; runs++) await one.run(server.url, { retries: 0 })
    expect(one.standing().targets.map(({ pending }) => pending)).toEqual([0])
    site.fails = () => false
    one.clock.advance(86_400_000)
    expect((await one.sync()).exitCode).toBe(0)
    expect(idsHeld(one)).toHaveLength(posts.length)
  })

  it('an endpoint that has answered in this run is asked for what it has answered before it is left', async () => {
    const { site, server, one } = await failing(communityOf({ groups: GROUPS, posts }))
    site.fails = ({ form }) => form['action'] === 'activity_filter' && form['page'] === '2'
    const report = await one.run(server.url, { via: 'ajax', retries: 0 })
    expect(
      report.targets.flatMap(({ problems }) => problems).filter(({ message }) => /in a row/.test(message)),
    ).toEqual([])
  })

  it.each([
    ['an error 500', 10],
    ['a challenge', 3],
  ] as const)('where one list of REST gives %s, all is read by pages, after %i requests', async (says, most) => {
    const many = Array.from({ length: 12 }, (_, at) => ({ slug: `group-${at}` }))
    const community = communityOf({ groups: many, posts: many.map(({ slug }) => ({ groupSlug: slug })) })
    const { site, server, one } = await failing(community)
    Object.assign(site, { says, fails: (request: SeenRequest) => isRest(request) && request.query.has('group_id') })
    const report = await one.run(server.url, { retries: 2 })
    expect(server.requests.filter(site.fails)).toHaveLength(most)
    expect([report.exitCode, idsHeld(one)]).toEqual([0, community.posts.map(({ id }) => id)])
  })

  it('a request that brought nothing does not stand for an endpoint that answers', async () => {
    const many = Array.from({ length: 12 }, (_, at) => ({ slug: `group-${at}` }))
    const { site, server, one } = await failing(
      communityOf({ groups: many, posts: many.map(({ slug }) => ({ groupSlug: slug })) }),
    )
    const groupOf = ({ form, referer }: SeenRequest) =>
      form['action'] === 'activity_filter' ? Number(/group-(\d+)/.exec(referer ?? '')?.[1]) : 0
    site.fails = request => {
      site.says = groupOf(request) === 1 ? 'not found' : 'an error 500'
      return groupOf(request) > 0 && groupOf(request) < 10
    }
    await one.run(server.url, { via: 'ajax', retries: 0 })
    expect(idsHeld(one)).toHaveLength(3)
  })
})
