import { describe, expect, it } from 'vitest'
import { communityOf, DEMO, DEMO_NOW, viewOf } from './index.js'
import { idsOf, town } from './town.js'

const HOME = 'groups/fox-hollow-gardeners/'
const view = viewOf(DEMO)
const threads = view.threads('fox-hollow-gardeners')

describe('a Legacy site', () => {
  it('has 20 items on a page, and says where it goes on until it ends', async () => {
    const { get, server } = await town({ pack: 'legacy' })
    const first = await get(HOME)
    const second = await get(`${HOME}?acpage=2`)
    expect(first.$('body').attr('class')).toMatch(
      /^single-item groups group-fox-hollow-gardeners group-home home buddypress bp-legacy /,
    )
    expect(first.$('li.load-more a').attr('href')).toBe(`${server.url}${HOME}?acpage=2&offset_lower=${threads[0]?.id}`)
    expect(idsOf(first.$('li.activity-item'))).toEqual(threads.slice(0, 20).map(post => post.id))
    expect(idsOf(second.$('li.activity-item'))).toEqual(threads.slice(20).map(post => post.id))
    expect(second.$('li.load-more').length).toBe(0)
    expect((await get(`${HOME}?acpage=3`)).$('#message.info').text()).toContain('no activity found')
  })

  it('shows every public post of the demo on its pages, in its place', async () => {
    const { get } = await town({ pack: 'legacy' })
    const pages = await Promise.all([1, 2, 3].map(page => get(`activity/?acpage=${page}`)))
    const found = pages.flatMap(({ $ }) => idsOf($('li.activity-item, li[id^=acomment-]')))
    const visible = DEMO.posts.filter(post => view.isPublic(post)).map(post => post.id)
    expect(found.toSorted((a, b) => a - b)).toEqual(visible)
    const parents = pages.flatMap(({ $ }) =>
      $('li[id^=acomment-]')
        .toArray()
        .map(li => [...idsOf($(li)), ...idsOf($(li).parents('li').first())]),
    )
    expect(new Map(parents as [number, number][])).toEqual(
      new Map(DEMO.posts.filter(post => post.parentId && view.isPublic(post)).map(post => [post.id, post.parentId])),
    )
  })

  it('dates posts truly and replies falsely', async () => {
    const posts = [{ date: '2026-01-01T00:00:01Z' }, { parentId: 1, date: '2026-01-01T07:00:00Z' }]
    const { get } = await town({ pack: 'legacy' }, communityOf({ posts }))
    const { $ } = await get('groups/gardeners/')
    expect($('.activity-header .time-since').attr('data-livestamp')).toBe('2026-01-01T00:00:01+0000')
    expect($('.acomment-meta .time-since').attr('data-livestamp')).toBe('2026-01-01T12:00:00+0000')
    expect($('.acomment-meta .time-since').text()).toBe('5 months, 2 weeks ago')
    expect(DEMO_NOW).toBe(Date.UTC(2026, 5, 15, 12) / 1000)
  })

  it('shortens long texts in streams, and shows them whole on the page of the thread', async () => {
    const { get } = await town({ pack: 'legacy' })
    const stream = (await get(`${HOME}?acpage=2`)).$
    const [id] = idsOf(stream('.activity-inner > ').end().find('span.activity-read-more[id^=activity-]'))
    const [replyId] = idsOf(stream('span.activity-read-more[id^=acomment-]'))
    expect(stream(`#activity-read-more-${id} a`).text()).toBe('[Read more]')
    expect(stream(`#activity-${id} > .activity-content .activity-inner`).text().trim().length).toBeLessThan(380)
    const page = (await get(`members/bert/activity/${id}/`)).$
    expect(page('.activity-read-more').length).toBe(0)
    expect(page('.activity-header a.view').length).toBe(0)
    expect(page('.activity-inner').text()).toContain('The newts thank you, too.')
    expect(page(`#acomment-${replyId} > .acomment-content`).text()).toContain('better than the wireless')
  })

  it('names a deleted member by nothing but a number', async () => {
    const { get } = await town({ pack: 'legacy' })
    const post = DEMO.posts.find(one => one.memberId === 18 && one.parentId === null)
    const { $ } = await get(`${HOME}?acpage=2`)
    expect($(`#activity-${post?.id} > .activity-avatar a`).attr('href')).toBe('')
    expect($(`#activity-${post?.id} > .activity-avatar img.user-18-avatar`).length).toBe(1)
    expect($('.acomment-meta a[href=""]').text()).toBe('')
    expect((await get(`activity/p/${post?.id}/`)).headers.get('location')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
  })

  it('loads older items by AJAX without a nonce, and whole texts as plain HTML', async () => {
    const { ajax } = await town({ pack: 'legacy' })
    const older = JSON.parse((await ajax({ action: 'activity_get_older_updates', page: '2' }, HOME)).body)
    expect(older.contents.match(/id="activity-\d+"/g)).toHaveLength(15)
    const text = await ajax({ action: 'get_single_activity_content', activity_id: String(threads[0]?.id) })
    expect(text.body).toBe(threads[0]?.html)
  })

  it('lists its groups in the page', async () => {
    const { get } = await town({ pack: 'legacy' })
    const { $ } = await get('groups/')
    expect(
      $('#groups-list li .item-title a')
        .toArray()
        .map(a => $(a).text()),
    ).toEqual(DEMO.groups.map(group => group.name))
    const many = communityOf({ groups: Array.from({ length: 21 }, () => ({})) })
    const large = await town({ pack: 'legacy' }, many)
    expect((await large.get('groups/?grpage=2')).$('#groups-list li').length).toBe(1)
  })

  it('shows replies as items in the stream of a member', async () => {
    const { get } = await town({ pack: 'legacy' })
    expect((await get('members/bert/activity/?acpage=2')).headers.get('location')).toMatch(/members\/bert\/\?acpage=2$/)
    const { $ } = await get('members/bert/')
    const item = $('li.activity.activity_comment').first()
    expect(item.find('.activity-meta a.view').text()).toBe('View Conversation')
    expect(item.find('.activity-header a.activity-time-since').attr('href')).toMatch(
      /\/activity\/p\/\d+\/#acomment-\d+$/,
    )
  })

  it('escapes names', async () => {
    const { get } = await town({ pack: 'legacy' })
    const { $ } = await get('members/night-shift/')
    expect($('h1.entry-title').text()).toBe('R&D "Night" <3')
    expect($('title').text()).toBe('R&D "Night" <3 – Fox Hollow Commons')
  })
})
