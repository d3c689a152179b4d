import { expect, it } from 'vitest'
import { communityOf } from '../community/index.js'
import { town } from '../community/town.js'
import { desk, idsHeld, outcome } from './outside.js'

/** A theme whose lists ask with another filter: all its groups say "no activity found". Only their feeds have posts. */

/** A site of which no page shows a post. `feeds`: ids of the posts in the feed of each group. */
async function silentTown(feeds: Record<string, number[]>, repeats = false) {
  const slugs = Object.keys(feeds)
  const { server } = await town(
    {
      pack: 'legacy',
      intercept: ({ path, query }, response) => {
        const slug = /\/groups\/([^/]+)\/feed\/$/.exec(path)?.[1]
        if (slug === undefined) return false
        const ids = query.has('acpage') && !repeats ? [] : (feeds[slug] ?? [])
        response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(feed(server.url, ids))
        return true
      },
    },
    communityOf({ groups: slugs.map(slug => ({ slug })), posts: [] }),
  )
  return { url: server.url, asked: () => server.requests.filter(({ path }) => path.endsWith('/feed/')).length }
}

const feed = (url: string, ids: number[]) =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>${ids
    .map(
      id =>
        `<item><title>Ada posted an update</title><link>${url}activity/p/${id}/</link><pubDate>Mon, 01 Jun 2026 10:00:00 +0000</pubDate><content:encoded><![CDATA[<p>The lamp is lit for the ${id}. time.</p>]]></content:encoded></item>`,
    )
    .join('')}</channel></rss>`

it('groups that show no post while their feeds have some: the posts are kept, and threads that cannot be read are problems', async () => {
  const { url } = await silentTown({ a: [], b: [2, 1], c: [], d: [3] })
  const one = desk()
  const report = await one.run(url)
  expect(outcome(report)).toMatchObject({ code: 3, state: 'partial' })
  expect(idsHeld(one)).toEqual([1, 2, 3])
  expect(report.targets[0]?.problems.map(({ url: where }) => where.slice(url.length)).sort()).toEqual([
    'activity/p/1/',
    'activity/p/2/',
    'activity/p/3/',
  ])
  expect(one.groups().map(({ slug, completeness }) => [slug, completeness.state])).toEqual([
    ['a', 'complete'],
    ['b', 'unknown'],
    ['c', 'complete'],
    ['d', 'unknown'],
  ])
  expect(outcome(await one.sync())).toMatchObject({ code: 3, state: 'partial' })
  expect(idsHeld(one)).toEqual([1, 2, 3])
})

it('a feed whose pages repeat may not have all posts that the lists leave out: a problem', async () => {
  const { url } = await silentTown({ a: [], b: [2, 1] }, true)
  const report = await desk().run(url)
  expect(report.targets[0]?.problems.map(({ message }) => message)).toContainEqual(
    expect.stringContaining('the pages of this feed repeat'),
  )
})

it('a site without posts is complete, after the feeds of a few of its groups', async () => {
  const { url, asked } = await silentTown({ a: [], b: [], c: [], d: [], e: [] })
  const report = await desk().run(url)
  expect(outcome(report)).toMatchObject({ code: 0, state: 'done' })
  expect(asked()).toBe(3)
})

it('the feed of one empty group is read where other groups of the site show posts', async () => {
  const { server } = await town(
    { pack: 'legacy' },
    communityOf({ groups: [{ slug: 'a' }, { slug: 'b' }, { slug: 'c' }], posts: [{ id: 1, groupSlug: 'a' }] }),
  )
  expect((await desk().run(server.url)).exitCode).toBe(0)
  expect(server.requests.map(({ path }) => path).filter(path => path.endsWith('/feed/'))).toEqual([
    '/groups/a/feed/',
    '/groups/b/feed/',
  ])
})
