import { expect, it } from 'vitest'
import type { Post } from '../../../src/model/discussion.js'
import { ANY_OFFSET, whenAt } from '../../../src/model/forum/site-zone.js'
import type { Page } from '../../../src/model/page.js'
import { blankPage } from '../../../src/parse/page.js'
import { ForumZones } from '../../../src/run/judge/forum-zones.js'

const HOME = 'https://town.example/groups/bees/forum/topic/swarm/'
const local = (at: string) => ({ from: Date.parse(`${at}:00Z`) / 1000, to: Date.parse(`${at}:00Z`) / 1000 + 59 })

const post = (id: string, url: string, type: string, when: Post['when']): Post => ({
  ...{ id, threadId: id, parentId: null, type, group: null, author: null, when, html: '', text: '' },
  ...{ truncated: false, edited: false, url, attachments: [], links: [] },
})

function topicPage(times: Record<string, string>): Page {
  const localTimes = Object.fromEntries(Object.entries(times).map(([id, at]) => [`bbp:${id}`, local(at)]))
  const posts = Object.entries(localTimes).map(([id, at]) =>
    post(id, `${HOME}#post-${id.slice(4)}`, 'reply', whenAt(at, ANY_OFFSET)),
  )
  return { ...blankPage(HOME), posts, localTimes }
}

const mirror = (number: string, at: string): Page => ({
  ...blankPage('https://town.example/groups/bees/'),
  posts: [post('7', `${HOME}#post-${number}`, 'bbp_reply_create', { from: at, to: at })],
})

const datesOf = (page: Page) => page.posts.map(({ when }) => [when.from, when.to])

it('leaves the dates as they are while nothing is known of the zone', () => {
  const page = topicPage({ 12: '2024-07-01T12:00' })
  expect(datesOf(new ForumZones().zoned(page))).toEqual([['2024-06-30T22:00:00Z', '2024-07-02T00:00:59Z']])
})

it('takes the zone of the index for all later pages of the site, and of no other', () => {
  const zones = new ForumZones()
  zones.zoned({ ...blankPage('https://town.example/'), zone: { name: 'Europe/Berlin', offset: 3600 } })
  const page = topicPage({ 12: '2024-07-01T12:00' })
  expect(datesOf(zones.zoned(page))).toEqual([['2024-07-01T10:00:00Z', '2024-07-01T10:00:59Z']])
  const elsewhere = { ...page, site: { url: 'https://other.example/', name: null } }
  expect(datesOf(zones.zoned(elsewhere))).toEqual(datesOf(page))
})

it('takes the offset that the exact date of an activity item shows, and an hour around it', () => {
  const zones = new ForumZones()
  zones.zoned(mirror('12', '2024-07-01T10:00:23Z'))
  expect(datesOf(zones.zoned(topicPage({ 12: '2024-07-01T12:00', 13: '2024-12-01T12:00' })))[1]).toEqual([
    '2024-12-01T09:00:00Z',
    '2024-12-01T11:00:59Z',
  ])
})

it('trusts two offsets of summer and winter, and none that are of no one zone', () => {
  const zones = new ForumZones()
  zones.zoned(mirror('12', '2024-07-01T10:00:00Z'))
  zones.zoned(mirror('13', '2024-12-01T11:00:00Z'))
  const page = topicPage({ 12: '2024-07-01T12:00', 13: '2024-12-01T12:00', 14: '2025-01-01T12:00' })
  expect(datesOf(zones.zoned(page))[2]).toEqual(['2025-01-01T10:00:00Z', '2025-01-01T11:00:59Z'])
  zones.zoned(mirror('15', '2024-12-01T20:00:00Z'))
  const torn = topicPage({ 15: '2024-12-01T12:00', 14: '2025-01-01T12:00' })
  expect(datesOf(zones.zoned(torn))).toEqual(datesOf(torn))
})
