import { expect, it } from 'vitest'
import { communityOf } from '../community/index.js'
import { town } from '../community/town.js'
import { desk, idsHeld, outcome } from './outside.js'

/** A theme whose lists ask with another filter: all its groups say "no activity found". Only their feeds have posts. */

/** A site of which no page shows a post but `posts`. `feeds`: ids of the posts in the feed of each group; `repeats`: on each of its pages. */
async function silentTown(
  feeds: Record<string, number[]>,
  posts: { id: number; groupSlug: string }[] = [],
  repeats = false,
) {
  const slugs = Object.keys(feeds)
  const { server } = await town(
    {
      pack: 'legacy',
      intercept: ({ path, query }, response) => {
        const slug = /\/groups\/([^/]+)\/feed\/$/.exec(path)?.[1]
        if (slug === undefined) return false
        const ids = query.has('acpage') && !repeats ? [] : (feeds[slug] ?? [])
        response
          .writeHead(200, { 'content-type': 'application/rss+xml' })
          .end(feed(ids.map(id => update(`${server.url}activity/p/${id}/`, id))))
        return true
      },
    },
    communityOf({ groups: slugs.map(slug => ({ slug })), posts }),
  )
  return { url: server.url, asked: () => server.requests.filter(({ path }) => path.endsWith('/feed/')).length }
}

const feed = (items: string[]) =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>${items.join('')}</channel></rss>`

const update = (link: string, id: number) =>
  `<item><title>Ada posted an update</title><link>${link}</link><pubDate>Mon, 01 Jun 2026 10:00:00 +0000</pubDate><content:encoded><![CDATA[<p>The lamp is lit for the ${id}. time.</p>]]></content:encoded></item>`

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
  const { url } = await silentTown({ a: [], b: [2, 1] }, [], true)
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

it('a single group whose lists leave out its posts: what cannot be read of them is a problem in each run', async () => {
  const { url } = await silentTown({ a: [], b: [2], c: [] }, [{ id: 1, groupSlug: 'a' }])
  const one = desk()
  expect(outcome(await one.run(url))).toMatchObject({ code: 3, state: 'partial' })
  expect(idsHeld(one)).toEqual([1, 2])
  expect(one.groups().map(({ slug, completeness }) => [slug, completeness.state])).toEqual([
    ['a', 'complete'],
    ['b', 'unknown'],
    ['c', 'complete'],
  ])
  expect(outcome(await one.sync())).toMatchObject({ code: 3, state: 'partial' })
})

it('all empty groups among others are asked for once, and later a few in each pass', async () => {
  const { url, asked } = await silentTown({ a: [], b: [], c: [], d: [], e: [], f: [] }, [{ id: 1, groupSlug: 'a' }])
  const one = desk()
  expect(outcome(await one.run(url))).toMatchObject({ code: 0, state: 'done' })
  expect(asked()).toBe(6)
  expect(outcome(await one.sync())).toMatchObject({ code: 0, state: 'done' })
  expect(asked()).toBeLessThanOrEqual(10)
})
