import type { ServerResponse } from 'node:http'
import { expect, it } from 'vitest'
import { communityOf } from '../community/index.js'
import { town } from '../community/town.js'
import { desk } from './outside.js'

/** After the pages of a group, its feed is read once to compare the posts with. */

const WORDS = 'The beans are up on the south wall, and the slugs have noticed.'
const community = () =>
  communityOf({
    posts: [
      { id: 1, html: `<p>${WORDS}</p>` },
      { id: 2, html: `<p>${WORDS} Again.</p>` },
    ],
  })

const feed = (url: string, ...items: [id: number, author: string, text: string][]) =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>${items
    .map(
      ([id, author, text]) =>
        `<item><title>${author} posted an update</title><link>${url}activity/p/${id}/</link><content:encoded><![CDATA[<p>${text}</p>]]></content:encoded></item>`,
    )
    .join('')}</channel></rss>`

/** Archives the town whose feed is this. */
async function archived(items: [number, string, string][] | number) {
  const { server } = await town(
    {
      pack: 'legacy',
      intercept: ({ path }, response: ServerResponse) => {
        if (!path.endsWith('/feed/')) return false
        if (typeof items === 'number') response.writeHead(items).end('closed')
        else response.writeHead(200, { 'Content-Type': 'application/rss+xml' }).end(feed(server.url, ...items))
        return true
      },
    },
    community(),
  )
  const one = desk()
  const report = await one.run(server.url, { via: 'page' })
  const asked = server.requests.filter(({ path }) => path.endsWith('/feed/')).length
  return { report, asked, target: report.targets[0], one }
}

const author = community().members[0]?.name ?? ''

it('posts that agree with the feed are counted, with one request', async () => {
  const { report, asked, target, one } = await archived([
    [2, author, `${WORDS} Again.`],
    [1, author, WORDS],
  ])
  expect(asked).toBe(1)
  expect(report.exitCode).toBe(0)
  expect(target?.selfTest).toMatchObject({ compared: 2, agreed: 2, differences: [] })
  expect(one.standing().targets[0]?.selfTest).toMatchObject({ compared: 2, agreed: 2 })
})

it('a post that the feed has otherwise is a problem: the run ends with 3', async () => {
  const { report, target } = await archived([
    [2, author, 'Something else entirely, about a boat that never left its harbour.'],
    [1, author, WORDS],
  ])
  expect(report.exitCode).toBe(3)
  expect(target?.problems.map(({ message }) => message)).toEqual([expect.stringMatching(/1 of 2 posts.*post 2/)])
})

it('a feed that is closed is a note, and nothing is compared', async () => {
  const { report, target } = await archived(403)
  expect(report.exitCode).toBe(0)
  expect(target?.selfTest).toBeNull()
  expect(target?.notes.map(({ message }) => message)).toEqual([expect.stringContaining('not compared')])
})

it('a group of several pages is compared after the last one, also where REST was tried first', async () => {
  const posts = Array.from({ length: 45 }, (_, at) => ({
    id: at + 1,
    html: `<p>${WORDS} For the ${at + 1}. time.</p>`,
  }))
  const closed = {
    pack: 'legacy',
    rest: true,
    intercept: ({ path }: { path: string }, response: ServerResponse) =>
      path.includes('wp-json') && Boolean(response.writeHead(403).end()),
  } as const
  const { server } = await town(closed, communityOf({ posts }))
  const report = await desk().run(`${server.url}groups/gardeners/`)
  expect(report.targets[0]).toMatchObject({ state: 'done', selfTest: { compared: 45, agreed: 45 } })
})
