import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { Statements } from '../../src/archive/database/statements.js'
import { unviewed } from '../../src/archive/sync/absent-posts.js'
import { afterTest } from '../cleanup.js'
import { type Community, communityOf, type DemoPost } from '../community/index.js'
import { town } from '../community/town.js'
import { type Desk, desk, idsHeld, outcome } from './outside.js'

/** A theme whose lists ask with a filter of their own, or print nothing that can be read. The feeds have the posts, and their own pages show them. */

const gardens = (): Community =>
  communityOf({
    groups: [{ slug: 'beans' }, { slug: 'peas' }],
    posts: [
      { id: 1, groupSlug: 'beans', type: 'joined_group', html: '' },
      { id: 2, groupSlug: 'beans', html: '<p>The beans are up.</p>\n' },
      { id: 3, groupSlug: 'peas', html: '<p>The peas are late.</p>\n' },
      { id: 4, parentId: 3, html: '<p>Ours, too.</p>\n' },
      { id: 5, groupSlug: 'peas', html: '<p>Sow them in March.</p>\n' },
      { id: 6, groupSlug: 'peas', html: '<p>Or in April.</p>\n' },
    ],
  })

/** A site of which the lists show only some posts. `closed`: paths that are answered with `status`. */
async function filtered(shows: (post: DemoPost) => boolean, closed = /^$/, status = 403, community = gardens()) {
  const all = community.posts
  let isList = false
  Object.defineProperty(community, 'posts', { get: () => (isList ? all.filter(shows) : all) })
  const { server } = await town(
    {
      pack: 'legacy',
      intercept: ({ path }, response) => {
        isList = /^\/groups\/[^/]+\/$/.test(path) || path === '/activity/'
        if (!closed.test(path)) return false
        response.writeHead(status).end('closed')
        return true
      },
    },
    community,
  )
  return server
}

const states = (one: Desk) => one.groups().map(({ slug, completeness }) => [slug, completeness.state])

describe('posts that the feeds have and the lists of the site leave out', () => {
  it.each<[string, (post: DemoPost) => boolean]>([
    ['of a type', ({ type }) => type !== 'joined_group'],
    ['of a group', ({ groupSlug }) => groupSlug !== 'peas'],
    ['older ones', ({ id }) => id > 3],
  ])('%s: are read on their own pages, with their replies', async (_, shows) => {
    const server = await filtered(post => post.parentId !== null || shows(post))
    const one = desk()
    const report = await one.run(server.url)
    expect(outcome(report)).toMatchObject({ code: 0, state: 'done' })
    expect(idsHeld(one)).toEqual([1, 2, 3, 4, 5, 6])
    expect(one.sql('SELECT type FROM posts WHERE site_post_id = 1')).toEqual([{ type: 'joined_group' }])
    expect(report.targets[0]?.notes.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/leave out .+: each is requested by its own address\.$|own pages of its threads\.$/),
    )
    expect(states(one)).toEqual([
      ['beans', 'complete'],
      ['peas', 'complete'],
    ])
    expect(outcome(await one.sync())).toMatchObject({ code: 0, state: 'done' })
    expect(idsHeld(one)).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('are a problem if their own pages cannot be read: the run ends with 3, and asks for two of them', async () => {
    const server = await filtered(({ groupSlug }) => groupSlug !== 'peas', /^\/(activity\/p|members\/ada\/activity)\//)
    const one = desk()
    const report = await one.run(server.url, { retries: 0 })
    expect(outcome(report)).toMatchObject({ code: 3, state: 'partial' })
    expect(report.targets[0]?.problems.map(({ url }) => url)).toEqual([
      `${server.url}activity/p/6/`,
      `${server.url}activity/p/5/`,
    ])
    expect(server.requests.some(({ path }) => path === '/activity/p/3/')).toBe(false)
  })
})

describe('a thread that a feed has, and whose own page is 404', () => {
  const noNotice = ({ type }: DemoPost) => type !== 'joined_group'

  it('is deleted, and the feed is older, if another thread can be read on its own page', async () => {
    const server = await filtered(noNotice, /^\/(activity\/p|members\/\w+\/activity)\/1\//, 404)
    const one = desk()
    for (const report of [await one.run(server.url), await one.sync()]) {
      expect(outcome(report)).toMatchObject({ code: 0, state: 'done' })
      expect(report.targets[0]?.notes.map(({ message }) => message)).toContainEqual(
        'A feed has thread 1, and its own page says that there is none (HTTP 404): it was deleted, and the feed is older.',
      )
    }
    expect(idsHeld(one)).toEqual([2, 3, 4, 5, 6])
  })

  it('is missing, if the site leads its permalink to a page that fails: it has the thread', async () => {
    const server = await filtered(noNotice, /^\/members\/\w+\/activity\/1\//, 404)
    const report = await desk().run(server.url)
    expect(outcome(report)).toMatchObject({ code: 3, state: 'partial' })
    expect(report.targets[0]?.problems.map(({ message }) => message)).toEqual([
      'Thread 1 does not exist for this reader (HTTP 404).',
    ])
  })

  it('is missing, if no thread can be read on its own page', async () => {
    const server = await filtered(noNotice, /^\/(activity\/p|members\/\w+\/activity)\//, 404)
    const report = await desk().run(server.url)
    expect(outcome(report)).toMatchObject({ code: 3, state: 'partial' })
    expect(report.targets[0]?.problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^The pages of single threads cannot be read on this site .+ are missing\.$/),
    ])
  })
})

it('threads that only feeds have do not keep a sync from finding that others are gone', async () => {
  const notices = Array.from({ length: 103 }, (_, at) => ({
    id: at + 1,
    groupSlug: 'beans',
    html: '',
    type: 'joined_group',
  }))
  const update = { id: 104, groupSlug: 'beans', html: '<p>Soon gone.</p>\n' }
  const community = communityOf({ groups: [{ slug: 'beans' }], posts: [...notices, update] })
  const { posts } = community
  const [late] = posts.splice(
    posts.findIndex(({ id }) => id === update.id),
    1,
  )
  const server = await filtered(({ type }) => type !== 'joined_group', /^$/, 403, community)
  const one = desk()
  await one.run(server.url)
  if (late) posts.push(late)
  await one.sync()
  posts.pop()
  await one.sync()
  expect(one.sql("SELECT site_post_id AS id FROM posts WHERE status = 'gone'")).toEqual([{ id: '104' }])
})

it('the threads of a site whose lists show nothing are read on their own pages', async () => {
  const server = await filtered(() => false)
  const one = desk()
  const report = await one.run(server.url)
  expect(outcome(report)).toMatchObject({ code: 0, state: 'done' })
  expect(idsHeld(one)).toEqual([1, 2, 3, 4, 5, 6])
})

it('of threads that were read on their own pages, ten are read again in a pass: those read longest ago', async () => {
  const posts = Array.from({ length: 12 }, (_, at) => ({
    id: at + 1,
    groupSlug: 'beans',
    html: `<p>Bean ${at}.</p>\n`,
  }))
  const server = await filtered(() => false, /\/p\/3\//, 403, communityOf({ groups: [{ slug: 'beans' }], posts }))
  const one = desk()
  await one.run(server.url, { retries: 0 })
  const database = new Sqlite(one.file, { readonly: true })
  afterTest(() => database.close())
  const ids = unviewed(new Statements(database), 1, one.sql('SELECT site_post_id AS id FROM posts') as { id: string }[])
  expect(ids.map(Number).sort((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
})
