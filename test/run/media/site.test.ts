import { describe, expect, it } from 'vitest'
import { mediaLimitsOf } from '../../../src/run/run.js'
import { DEMO } from '../../community/index.js'
import { town } from '../../community/town.js'
import { desk } from '../outside.js'
import { png } from './hosts.js'

const MEDIA = { media: mediaLimitsOf({}) }

/** The demo community, where a post shows a picture of the site itself, and another one soon will. One of the demo's own posts has a picture, too. */
async function withPictures() {
  const community = structuredClone(DEMO)
  const [first, second] = community.posts.filter(post => post.parentId === null && post.html)
  if (!first || !second) throw new Error('no posts')
  first.html = '<p>Look <img src="/up/one.png" alt="One"></p>'
  const { server } = await town(
    {
      intercept: ({ path }, response) => {
        if (!/\.(?:png|jpg)$/.test(path)) return false
        response.writeHead(200, { 'content-type': 'image/png' }).end(png(path))
        return true
      },
    },
    community,
  )
  const asked = () => server.requests.map(({ path }) => path).filter(path => path.startsWith('/up/'))
  return { server, asked, second }
}

describe('a run that fetches files, too', () => {
  it('asks for them after the posts, also where the site is on this machine; a sync for new ones only', async () => {
    const { server, asked, second } = await withPictures()
    const one = desk()
    const report = await one.run(server.url, MEDIA)
    expect([report.exitCode, report.media]).toEqual([0, expect.objectContaining({ kept: 2, missed: 0, left: 0 })])
    expect(asked()).toEqual(['/up/one.png'])
    expect(server.requests.slice(-2).map(({ path }) => path.replace(/^.*\./, ''))).toEqual(
      expect.arrayContaining(['png', 'jpg']),
    )
    second.html = '<p>And <img src="/up/two.png"> <img src="/up/one.png"></p>'
    const synced = await one.sync(MEDIA)
    expect([synced.exitCode, synced.media?.kept, asked()]).toEqual([0, 1, ['/up/one.png', '/up/two.png']])
    expect((await one.sync()).media).toBeUndefined()
  })

  it('asks for those of its targets only', async () => {
    const { server, asked } = await withPictures()
    const one = desk()
    await one.run(server.url)
    const [shown] = one.sql<{ url: string }>(
      `SELECT groups.url FROM attachments JOIN posts ON posts.id = post_id JOIN groups ON groups.id = group_id
        WHERE attachments.url LIKE '%/up/one.png'`,
    )
    const other = one.groups().find(({ url }) => url !== shown?.url)
    await one.run(other?.url ?? '', MEDIA)
    expect(asked()).toEqual([])
    await one.run(shown?.url ?? '', MEDIA)
    expect(asked()).toEqual(['/up/one.png'])
  })

  it('leaves the rest to the next run where it is stopped', async () => {
    const { server, asked } = await withPictures()
    const one = desk()
    const { requests } = await one.run(server.url)
    const again = desk()
    const stopped = await again.run(server.url, { ...MEDIA, maxRequests: requests })
    expect([stopped.exitCode, stopped.reason, stopped.media?.left, asked()]).toEqual([3, 'limit', 2, []])
    expect((await again.run(server.url, MEDIA)).media?.kept).toBe(2)
  })
})
