import { describe, expect, it } from 'vitest'
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

/** A site of which the lists show only some posts. `closed`: paths that are refused. */
async function filtered(shows: (post: DemoPost) => boolean, closed = /^$/) {
  const community = gardens()
  const all = community.posts
  let isList = false
  Object.defineProperty(community, 'posts', { get: () => (isList ? all.filter(shows) : all) })
  const { server } = await town(
    {
      pack: 'legacy',
      intercept: ({ path }, response) => {
        isList = /^\/groups\/[^/]+\/$/.test(path) || path === '/activity/'
        if (!closed.test(path)) return false
        response.writeHead(403).end('closed')
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

it('the threads of a site whose lists show nothing are read on their own pages', async () => {
  const server = await filtered(() => false)
  const one = desk()
  const report = await one.run(server.url)
  expect(outcome(report)).toMatchObject({ code: 0, state: 'done' })
  expect(idsHeld(one)).toEqual([1, 2, 3, 4, 5, 6])
})
