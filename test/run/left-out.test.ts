import { describe, expect, it } from 'vitest'
import { exportTo } from '../../src/index.js'
import type { CommunityServer } from '../community/index.js'
import { filteredTown, inGroups, noNotice, notices, update } from './left-out.js'
import { contentOf, type Desk, desk, idsHeld, outcome } from './outside.js'
import { reread } from './reparse/reread.js'

/** Posts that only feeds have, in the runs after the first. */

const FILTERS = [
  ['lists without notices', noNotice],
  ['lists that show nothing', () => false],
] as const

const states = (one: Desk) => one.groups().map(({ completeness }) => completeness.state)
const goneIds = (one: Desk) =>
  one.sql("SELECT site_post_id AS id FROM posts WHERE status = 'gone' ORDER BY 1").map(({ id }) => id)
const ownPages = (server: CommunityServer) =>
  server.requests.filter(({ path }) => /\/activity\/(?!p\/)\d+\/$/.test(path))

describe.each(FILTERS)('%s', (_, shows) => {
  it('a feed whose pages repeat is a problem in each run, and its group is not known to be complete', async () => {
    const { server } = await filteredTown(inGroups(...notices(3, 'beans'), update(9, 'beans')), {
      shows,
      intercept: ({ path, query }) => {
        if (path.endsWith('/feed/')) query.delete('acpage')
        return false
      },
    })
    const one = desk()
    for (const report of [await one.run(server.url), await one.sync(), await one.sync()]) {
      expect(outcome(report)).toMatchObject({ code: 3, state: 'partial' })
      expect(report.targets[0]?.problems.map(({ message }) => message)).toEqual([
        expect.stringMatching(/the pages of this feed repeat/),
      ])
      expect(states(one)).toEqual(['unknown'])
    }
  })

  it('a sync requests ten of the threads that only feeds have, in turn, and finds which are gone', async () => {
    const { server, gone } = await filteredTown(inGroups(...notices(25, 'beans'), update(30, 'beans')), { shows })
    const one = desk()
    await one.run(server.url)
    gone.add(1).add(24)
    for (const found of [['24'], ['24'], ['1', '24']]) {
      server.requests.length = 0
      expect(outcome(await one.sync())).toMatchObject({ code: 0, state: 'done' })
      expect(ownPages(server).length).toBeLessThanOrEqual(11)
      expect(goneIds(one)).toEqual(found)
    }
  })
})

it('a new post that the lists leave out is found in any group', async () => {
  const groups = ['beans', 'peas', 'kale', 'leeks', 'chard']
  const { server, all } = await filteredTown(
    inGroups(...groups.flatMap((slug, at) => [...notices(1, slug, at + 1), update(at + 10, slug)])),
    { shows: noNotice },
  )
  const one = desk()
  const late = all.splice(4, 1)
  await one.run(server.url)
  all.push(...late)
  expect((await one.sync()).newPosts).toBe(1)
  expect(idsHeld(one)).toEqual([1, 2, 3, 4, 5, 10, 11, 12, 13, 14])
})

it('feeds that are closed later are a problem, because lists leave out posts: three are requested', async () => {
  let isClosed = false
  const groups = ['beans', 'peas', 'kale', 'leeks']
  const { server } = await filteredTown(
    inGroups(...groups.flatMap((slug, at) => [...notices(1, slug, at + 1), update(at + 10, slug)])),
    {
      shows: noNotice,
      intercept: ({ path }, response) =>
        isClosed && path.endsWith('/feed/') && Boolean(response.writeHead(403).end('closed')),
    },
  )
  const one = desk()
  expect((await one.run(server.url)).exitCode).toBe(0)
  isClosed = true
  const report = await one.sync()
  expect(outcome(report)).toMatchObject({ code: 3, state: 'partial' })
  expect(report.targets[0]?.problems.map(({ message }) => message)).toEqual(
    Array.from({ length: 3 }, () =>
      expect.stringMatching(
        /^The lists of this site leave out posts, and .+ has may be missing\. Feeds of other groups, which were not requested then: 1\.$/,
      ),
    ),
  )
  isClosed = false
  expect((await one.sync()).exitCode).toBe(0)
})

describe.each([
  ['legacy', noNotice],
  ['nouveau', () => false],
] as const)('a run over such a site that is stopped (%s)', (pack, shows) => {
  const reply = { id: 12, parentId: 3, groupSlug: 'beans', html: '<p>Welcome!</p>\n' }
  const garden = () => filteredTown(inGroups(...notices(4, 'beans'), update(9, 'beans'), reply), { pack, shows })

  it('goes on to the same end, and what a reparse and an import make of it is the same', async () => {
    const { server } = await garden()
    const calm = desk()
    expect((await calm.run(server.url)).exitCode).toBe(0)
    expect(idsHeld(calm)).toEqual([1, 2, 3, 4, 9, 12])
    const wanted = contentOf(calm, server.url)
    const total = server.requests.length
    for (let stopAfter = total - 1; stopAfter > total / 2; stopAfter -= 3) {
      const one = desk()
      const stop = new AbortController()
      let count = 0
      await one.run(server.url, {
        signal: stop.signal,
        reporter: { request: () => void (++count === stopAfter && stop.abort()) },
      })
      expect((await one.run(server.url)).exitCode).toBe(0)
      expect(contentOf(one, server.url), `after ${stopAfter}`).toEqual(wanted)
    }
    expect((await reread(calm.file)).posts).toMatchObject({ same: 6, changed: 0, added: 0, notFound: 0 })
    const left = `${calm.file}.warc.gz`
    await exportTo(left, { db: calm.file, format: 'warc' })
    const other = desk()
    await other.imports([left])
    expect(JSON.stringify(contentOf(other, server.url)).replaceAll('"import"', '"visitor"')).toEqual(
      JSON.stringify(wanted),
    )
  })
})
