import { describe, expect, it } from 'vitest'
import { chance } from '../chance.js'
import type { SeenRequest } from '../community/index.js'
import { town } from '../community/town.js'
import { INSTEAD, type Instead } from './answers.js'
import { later, liveIds, lively, ROUTES, type Way } from './lively.js'
import { type Desk, desk, outcome } from './outside.js'

/** What says nothing of whether a post is there. A 404 does: it is left out. */
const KINDS = Object.keys(INSTEAD).filter(kind => kind !== 'not found') as Instead[]

const statuses = (one: Desk) =>
  new Map(one.threads().flatMap(thread => thread.posts.map(({ post }) => [Number(post.id), post.status] as const)))

const gone = (one: Desk): number[] => [...statuses(one)].flatMap(([id, status]) => (status === 'gone' ? [id] : []))
const live = (one: Desk): number[] =>
  [...statuses(one)].flatMap(([id, status]) => (status === 'live' ? [id] : [])).sort((a, b) => a - b)

/** A community that answers some requests with something else, while `trouble` is set. */
async function troubled({ pack, rest }: Way, size: number) {
  const community = lively(size)
  const site = { community, trouble: (_request: SeenRequest): Instead | null => null }
  const { server } = await town(
    {
      pack,
      rest,
      intercept: (request, response) => {
        const what = site.trouble(request)
        if (what) INSTEAD[what](response)
        return what !== null
      },
    },
    community,
  )
  return { ...site, server, site }
}

const CALM = () => null

describe.each(ROUTES)('walls that come and go during a sync by $name', way => {
  it.each(Array.from({ length: 12 }, (_, seed) => seed + 1))('make no false tombstone (seed %i)', async seed => {
    const { site, community, server } = await troubled(way, 45)
    const one = desk()
    expect(outcome(await one.run(server.url, { via: way.via as 'rest' }))).toMatchObject({ code: 0 })
    const was = seed % 2 ? later(community) : { gone: [] as number[] }
    one.clock.advance(86_400_000)
    const random = chance(seed)
    site.trouble = () => (random() < 0.25 ? (KINDS[Math.floor(random() * KINDS.length)] ?? null) : null)
    await one.sync({ retries: 0, ...(seed % 3 ? {} : { audit: 20, lookBackSeconds: 3600 }) })
    for (const id of gone(one)) expect(was.gone).toContain(id)
    site.trouble = CALM
    for (let runs = 0; runs < 3; runs++) {
      one.clock.advance(86_400_000)
      await one.sync()
    }
    expect(live(one)).toEqual(liveIds(community))
  })
})

describe('what is no proof that a thread is gone', () => {
  it.each(['a login form', 'an error 500', 'a challenge', 'not BuddyPress'] as const)(
    '%s in the place of its own page',
    async what => {
      const { site, community, server } = await troubled(ROUTES[3] as Way, 25)
      const one = desk()
      await one.run(server.url)
      later(community)
      one.clock.advance(86_400_000)
      site.trouble = ({ path }) => (path.includes('/activity/p/5') ? what : null)
      await one.sync({ retries: 0 })
      expect(statuses(one).get(5)).toBe('live')
      expect(one.sql("SELECT missed_at IS NOT NULL AS missed FROM posts WHERE site_post_id = '5'")).toEqual([
        { missed: what === 'an error 500' || what === 'a challenge' ? 0 : 1 },
      ])
      site.trouble = CALM
      one.clock.advance(86_400_000)
      await one.sync()
      expect(statuses(one).get(5)).toBe('gone')
    },
  )

  it('a page that a redirect leads elsewhere', async () => {
    const community = lively(25)
    const { server } = await town({ pack: 'legacy' }, community)
    const one = desk()
    await one.run(server.url)
    // The account of its author is deleted, and with it the page of the thread; the group shows it no more.
    community.members = community.members.filter(({ id }) => id !== 2)
    community.posts = community.posts.filter(({ id }) => id !== 5)
    community.posts.push({ ...(community.posts[0] as (typeof community.posts)[0]), id: 5, groupSlug: null })
    one.clock.advance(86_400_000)
    await one.sync()
    expect(statuses(one).get(5)).toBe('live')
  })
})

describe('a feed that tells nothing of use', () => {
  it.each(['a login form', 'an error 500', 'not BuddyPress', 'not found'] as const)(
    '%s: the sync says so, and goes on by turns',
    async what => {
      const { site, server } = await troubled(ROUTES[3] as Way, 620)
      const one = desk()
      await one.run(server.url)
      one.clock.advance(86_400_000)
      site.trouble = ({ path }) => (path.endsWith('/feed/') ? what : null)
      const report = await one.sync({ retries: 0, lookBackSeconds: 3600, explain: true })
      expect(outcome(report)).toMatchObject({ code: 0 })
      expect(report.targets[0]?.notes.map(({ message }) => message).join()).toMatch(
        /feed\/\?num=100 gave no reply counts/,
      )
      expect(
        report.targets[0]?.explained?.filter(({ read, why }) => read && why === 'its turn to be read again'),
      ).toHaveLength(100)
    },
  )

  it('is asked for with the validators of before, and of a feed that has not changed nothing more is asked', async () => {
    const { server } = await troubled(ROUTES[3] as Way, 620)
    const one = desk()
    await one.run(server.url)
    const feeds = () => server.requests.filter(({ path }) => path.endsWith('/feed/'))
    for (let day = 0; day < 2; day++) {
      one.clock.advance(86_400_000)
      await one.sync({ lookBackSeconds: 3600 })
    }
    // Its pages the first time, and one answer without a body the second.
    const shown = feeds().map(({ headers }) => headers['if-none-match'] !== undefined)
    expect(shown.length).toBeGreaterThan(5)
    expect(shown.indexOf(true)).toBe(shown.length - 1)
    expect(one.sql("SELECT status FROM captures WHERE url LIKE '%/feed/%' ORDER BY id DESC LIMIT 1")).toEqual([
      { status: 304 },
    ])
  })

  it('that tells another number for ever leads to one more look, not to one at each sync', async () => {
    const community = lively(620)
    const { server } = await town({ pack: 'legacy' }, community)
    const one = desk()
    await one.run(server.url)
    const threads = () => server.requests.filter(({ path }) => path.endsWith('/activity/p/1/')).length
    // As a plugin would that counts what it hides: the archive holds one less.
    community.posts.push({
      ...(community.posts[0] as (typeof community.posts)[0]),
      id: 30_001,
      parentId: 1,
      type: 'activity_comment',
    })
    one.clock.advance(86_400_000)
    await one.sync({ lookBackSeconds: 3600 })
    const looks = threads()
    expect(looks).toBe(1)
    community.posts.pop()
    for (let day = 0; day < 2; day++) {
      one.clock.advance(86_400_000)
      await one.sync({ lookBackSeconds: 3600 })
    }
    expect(threads()).toBeLessThanOrEqual(2)
  })
})

describe('targets of a sync', () => {
  it('are read as they were registered, and none is asked that was not', async () => {
    const { server } = await town({ pack: 'legacy' }, lively(25))
    const one = desk()
    await one.run(`${server.url}groups/gardeners/`, { via: 'ajax' })
    server.requests.length = 0
    const report = await one.sync()
    expect(report.targets.map(({ target, route }) => [target, route])).toEqual([
      [`${server.url}groups/gardeners/`, 'ajax'],
    ])
    expect(server.requests.some(({ form }) => form['action'] === 'activity_get_older_updates')).toBe(true)
  })

  it.each(ROUTES)(
    'by $name, a single thread: edits, new replies, and its end, which is told once more and no failure',
    async way => {
      const { site, community, server } = await troubled(way, 25)
      const one = desk()
      const thread = `${server.url}activity/p/3/`
      expect((await one.run([thread, `${server.url}activity/p/5/`], { via: way.via as 'rest' })).exitCode).toBe(0)
      later(community)
      one.clock.advance(86_400_000)
      const report = await one.sync()
      expect(report).toMatchObject({ exitCode: 0, newPosts: 1, changedPosts: 1, gonePosts: 3 })
      expect(report.targets.map(({ notes }) => notes.map(({ message }) => message))).toEqual([
        [],
        ['Thread 5 is gone from the site (HTTP 404). The archive keeps what was read of it.'],
      ])
      one.clock.advance(86_400_000)
      expect(await one.sync()).toMatchObject({ exitCode: 0, gonePosts: 0 })
      expect(statuses(one).get(5)).toBe('gone')
      site.trouble = CALM
    },
  )

  it('that a stopped command did not come to are there for the next sync', async () => {
    const { server } = await town({ pack: 'legacy' }, lively(25))
    const one = desk()
    const targets = ['groups/gardeners/', 'activity/'].map(path => server.url + path)
    await one.run(targets, { maxRequests: 1 })
    expect(one.standing().targets.map(({ url, startedAt }) => [url, startedAt === null])).toEqual([
      [targets[0], false],
      [targets[1], true],
    ])
    expect((await one.sync()).targets.map(({ state }) => state)).toEqual(['done', 'done'])
  })

  it('at which nothing was found are not kept: a mistyped address must not fail at each sync', async () => {
    const { server } = await town({ pack: 'legacy' }, lively(25))
    const one = desk()
    expect((await one.run([`${server.url}nowhere/`, `${server.url}groups/gardeners/`])).exitCode).toBe(3)
    expect(one.standing().targets.map(({ url }) => url)).toEqual([`${server.url}groups/gardeners/`])
    expect((await one.sync()).exitCode).toBe(0)
  })

  it('are not dropped by a sync that finds something else there: a stopped command may never have come to them', async () => {
    const { site, server } = await troubled(ROUTES[3] as Way, 25)
    const one = desk()
    const targets = ['groups/gardeners/', 'activity/'].map(path => server.url + path)
    await one.run(targets, { maxRequests: 1 })
    site.trouble = ({ path }) => (path.endsWith('/activity/') ? 'not BuddyPress' : null)
    await one.sync()
    expect(one.standing().targets.map(({ url }) => url)).toEqual(targets)
    site.trouble = CALM
    expect((await one.sync()).targets.map(({ state }) => state)).toEqual(['done', 'done'])
  })

  it('with and without a closing slash are one', async () => {
    const { server } = await town({ pack: 'legacy' }, lively(25))
    const one = desk()
    await one.run([`${server.url}groups/gardeners`, `${server.url}groups/gardeners/`])
    await one.run(`${server.url}groups/gardeners/`)
    expect(one.standing().targets.map(({ url }) => url)).toEqual([`${server.url}groups/gardeners/`])
  })

  it('that were never archived are wrong usage, and so is an archive without any', async () => {
    const { server } = await town({ pack: 'legacy' }, lively(25))
    const one = desk()
    await expect(one.sync()).rejects.toMatchObject({ exitCode: 2, message: 'The archive has no targets yet.' })
    await one.run(`${server.url}groups/gardeners/`)
    await expect(one.sync({ targets: ['https://other.example/'] })).rejects.toMatchObject({
      exitCode: 2,
      message: 'https://other.example/ was not archived yet, so it cannot be synced.',
      advice: expect.stringContaining(`${server.url}groups/gardeners/`),
    })
  })
})
