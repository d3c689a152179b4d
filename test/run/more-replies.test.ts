import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { communityOf } from '../community/index.js'
import { town } from '../community/town.js'
import { INSTEAD } from './answers.js'
import { desk } from './outside.js'
import { reread } from './reparse/reread.js'

/**
 * BuddyBoss: a thread whose text its stream shortens, by a member without an address, so that its own view can't be asked for:
 * its replies are asked for by "View more comments". Later the stream counts and shows one reply less.
 */

const reply = (id: number): string =>
  `<li id="acomment-${id}" class="comment-item activity-comment" data-bp-activity-comment-id="${id}" data-bp-timestamp="17731338${id}">
  <div class="acomment-meta"><a class="author-name" href="">Bea</a></div><div class="acomment-content"><p>Reply ${id}</p></div></li>`

const READ_MORE = '<span class="activity-read-more"><a href="#">Read more</a></span>'

const item = (
  replies: number[],
  count = replies.length,
  more = READ_MORE,
): string => `<li class="groups activity_update activity-item has-comments" id="activity-1" data-bp-activity-id="1"
  data-bp-timestamp="1773132900" data-bp-activity="{&quot;id&quot;: 1}">
  <div class="activity-header"><p>Ada posted an update in the group <a href="/groups/gardeners/">Gardeners</a></p></div>
  <div class="activity-content"><div class="activity-inner"><p>A long tale ${more}</p></div>
  <span class="comments-count" data-comments-count="${count}">Comments</span></div>
  <div class="activity-comments"><ul data-activity_id=1 data-parent_comment_id=1>${replies.map(reply).join('')}</ul></div></li>`

const list = (...of: Parameters<typeof item>): string => `<ul class="activity-list">${item(...of)}</ul>`

const NO_MORE = '<aside class="bp-feedback bp-messages info"><p>Sorry, there was no activity found.</p></aside>'

type More = (response: ServerResponse, offset: string) => void

const json = (response: ServerResponse, body: object) =>
  void response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))

const holding =
  (...ids: number[]): More =>
  (response, offset) =>
    json(response, { success: true, data: { comments: offset === '0' ? ids.map(reply).join('') : '' } })

async function archived(more = holding(11, 12, 13), stream = (shown: number[]) => list(shown)) {
  const site = { shown: [11, 12, 13], more }
  const { server } = await town(
    {
      pack: 'nouveau',
      intercept: ({ form }, response) => {
        if (form['action'] === 'activity_loadmore_comments') site.more(response, form['offset'] ?? '')
        else if (form['action'] === 'activity_filter')
          json(response, { success: true, data: { contents: form['page'] === '1' ? stream(site.shown) : NO_MORE } })
        else return false
        return true
      },
    },
    communityOf({ posts: [{ id: 1 }] }),
  )
  const one = desk()
  const report = await one.run(`${server.url}groups/gardeners/`)
  site.shown = [11, 12]
  const status = () => one.sql("SELECT status FROM posts WHERE site_post_id = '13'").map(row => row['status'])
  const sync = (options = {}) => {
    one.clock.advance(86_400_000)
    return one.sync({ retries: 0, ...options })
  }
  return { report, site, status, sync, one }
}

describe('a thread of which the stream shows the newest reply', () => {
  const NEWEST = (count: number) => () => list([13], count, '')
  const refused: More = (response, offset) =>
    offset === '0' ? holding(11, 12, 13)(response, offset) : json(response, { success: false })

  it.each([
    ['an empty answer', 3, holding(11, 12, 13), { state: 'complete', held: 4, claimed: 4 }],
    ['a refusal', 3, refused, { state: 'complete', held: 4, claimed: 4 }],
    ['fewer replies than the stream counts', 5, holding(11, 12, 13), { state: 'short', held: 4, claimed: 6 }],
    ['a login form', 3, INSTEAD['a login form'], { state: 'unknown', held: 2, claimed: null }],
  ] as const)(
    'is whole where "View more comments" ends with %s, or short of what is counted',
    async (_what, count, more, completeness) => {
      const { one } = await archived(more, NEWEST(count))
      expect(one.threads()[0]?.completeness).toEqual(completeness)
      expect((await reread(one.file)).posts.changed).toBe(0)
      expect(one.threads()[0]?.completeness).toEqual(completeness)
    },
  )
})

describe('a reply that only "View more comments" shows', () => {
  it('is there as long as that call shows it', async () => {
    const { report, site, status, sync } = await archived()
    // The text of the opening post stays shortened: nobody can ask for it.
    expect(report).toMatchObject({
      exitCode: 3,
      targets: [{ problems: [{ message: expect.stringContaining('Incomplete: 1.') }] }],
    })
    expect((await sync()).gonePosts).toBe(0)
    site.more = holding(11, 12)
    expect((await sync()).gonePosts).toBe(1)
    expect(status()).toEqual(['gone'])
  })

  const failures: [string, number, More][] = [
    ['a login form', 4, INSTEAD['a login form']],
    ['a refusal', 3, response => json(response, { success: false })],
  ]
  it.each(failures)('is not taken for gone where that call fails for good: %s', async (_what, exitCode, failure) => {
    const { site, status, sync } = await archived()
    site.more = failure
    // The second failure is final, and the pass ends with it.
    for (let runs = 0; runs < 3; runs++) expect(await sync()).toMatchObject({ exitCode, gonePosts: 0 })
    expect(status()).toEqual(['live'])
    site.more = holding(11, 12, 13)
    await sync()
    // What is left is the shortened text.
    expect(await sync()).toMatchObject({
      exitCode: 3,
      gonePosts: 0,
      targets: [{ problems: [{ message: expect.stringContaining('Incomplete: 1.') }] }],
    })
  })
})
