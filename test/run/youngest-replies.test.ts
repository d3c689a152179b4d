import { expect, it } from 'vitest'
import { type Community, communityOf, DEMO_NOW, type DemoPost } from '../community/index.js'
import { town } from '../community/town.js'
import { desk, idsHeld } from './outside.js'

/** A large community by REST: new replies on old threads are found in the site's list of its youngest replies. */

const HOUR = 3_600_000
const hoursBefore = (hours: number) => new Date(DEMO_NOW * 1000 - hours * HOUR).toISOString()

/** Old threads, and 120 replies to one of them, a minute apart, the last of them so long before the first reading. */
function busy(hours: number): Community {
  const threads = Array.from({ length: 330 }, () => ({}))
  const replies = Array.from({ length: 120 }, (_, at) => ({ parentId: 320, date: hoursBefore(hours + at / 60) }))
  return communityOf({ posts: [...threads, ...replies] })
}

/** After the first reading a reply comes that is dated `earlier`: what the next sync holds of it, and how many pages of the list it asks for. */
async function lateReply(community: Community, dated: string) {
  const { server } = await town({ rest: true }, community)
  const one = desk()
  await one.run(server.url, { via: 'rest' })
  const [root] = community.posts as [DemoPost]
  community.posts = [...community.posts, { ...root, id: 9_000, parentId: 1, type: 'activity_comment', date: dated }]
  one.clock.advance(HOUR)
  server.requests.length = 0
  expect((await one.sync({ lookBackSeconds: 60, audit: 1 })).exitCode).toBe(0)
  const pages = server.requests.filter(
    ({ query }) => query.get('type') === 'activity_comment' && !query.has('primary_id'),
  )
  return { isHeld: idsHeld(one).includes(9_000), pages: pages.length }
}

it('reach a day behind the last reading: a reply that a slow clock has dated before others is found', async () => {
  expect(await lateReply(busy(2), hoursBefore(5))).toEqual({ isHeld: true, pages: 2 })
  expect(await lateReply(busy(20), hoursBefore(22.5))).toEqual({ isHeld: true, pages: 2 })
})

it('are read no further: what is older is found when the turn of its thread comes', async () => {
  expect(await lateReply(busy(30), hoursBefore(40))).toEqual({ isHeld: false, pages: 1 })
})

it('are read on while there are new ones among them, however old', async () => {
  expect(await lateReply(busy(30), hoursBefore(30.5))).toEqual({ isHeld: true, pages: 2 })
})
