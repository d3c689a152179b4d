import { load } from 'cheerio'
import { describe, expect, it } from 'vitest'
import { communityOf, DEMO, viewOf } from './index.js'
import { NONCES } from './site.js'
import { idsOf, town } from './town.js'

const HOME = 'groups/fox-hollow-gardeners/'
const view = viewOf(DEMO)
const threads = view.threads('fox-hollow-gardeners')
const FILTER = { action: 'activity_filter', object: 'activity', nonce: NONCES.activity }

interface Loaded {
  success: boolean
  data: { contents?: string; feedback?: string }
}

const loaded = ({ body }: { body: string }): Loaded => JSON.parse(body)
const items = (answer: { body: string }) => load(loaded(answer).data.contents ?? '')

describe('a Nouveau site', () => {
  it('sends pages with a loader and no posts, and tells its scripts the nonces', async () => {
    const { get, server } = await town()
    for (const path of [HOME, `${HOME}?acpage=2`, 'groups/swap-shelf/', 'activity/', 'members/bert/']) {
      const { $ } = await get(path)
      expect($('li[id^=activity-], li[id^=acomment-]').length, path).toBe(0)
      expect($('#bp-activity-ajax-loader, #bp-ajax-loader').text(), path).toContain('Please wait.')
    }
    const { $, body } = await get(HOME)
    expect($('#item-header').attr('data-bp-item-id')).toBe('1')
    const settings = JSON.parse(/var BP_Nouveau = (\{.*\});/.exec(body)?.[1] ?? '')
    expect(settings).toMatchObject({ ajaxurl: `${server.url}wp-admin/admin-ajax.php`, nonces: NONCES })
  })

  it('loads the stream that the Referer names, page by page', async () => {
    const { ajax } = await town()
    const first = items(await ajax(FILTER, HOME))
    const second = items(await ajax({ ...FILTER, page: '2' }, HOME))
    expect(idsOf(first('ul.activity-list > li.activity-item'))).toEqual(threads.slice(0, 20).map(post => post.id))
    expect(idsOf(second('li.activity-item'))).toEqual(threads.slice(20).map(post => post.id))
    expect(second('ul.activity-list, li.load-more').length).toBe(0)
    expect(loaded(await ajax({ ...FILTER, page: '3' }, HOME)).data.contents).toContain('no activity found')
    const mixed = items(await ajax(FILTER))
    expect(idsOf(mixed('li.activity-item'))).toEqual(
      view
        .siteStream()
        .slice(0, 20)
        .map(post => post.id),
    )
  })

  it('loads a whole thread for the Referer of its page', async () => {
    const { ajax, get } = await town()
    const long = DEMO.posts.find(post => post.html.includes('The newts thank you'))
    const path = (await get(`activity/p/${long?.id}/`)).headers.get('location') ?? ''
    expect(path).toMatch(/\/members\/bert\/activity\/\d+\/$/)
    expect((await get(path)).$('div[data-bp-single] #bp-ajax-loader').length).toBe(1)
    const $ = items(await ajax(FILTER, path))
    expect(idsOf($('li.activity-item'))).toEqual([long?.id])
    expect($('.activity-read-more').length).toBe(0)
    expect($('li[id^=acomment-]').length).toBe(5)
  })

  it('dates replies truly, in its own spelling', async () => {
    const { ajax } = await town({}, communityOf({ posts: [{}, { parentId: 1, date: '2024-01-01T10:11:12Z' }] }))
    const $ = items(await ajax(FILTER, 'groups/gardeners/'))
    const date = $('#acomment-2 time.time-since')
    expect([date.attr('datetime'), date.attr('data-bp-timestamp')]).toEqual(['2024-01-01 10:11:12', '1704103872'])
    expect($('#activity-1').attr('data-bp-timestamp')).toBe('1704099600')
  })

  it('refuses a wrong nonce, and answers 0 to what it does not know', async () => {
    const { ajax } = await town()
    const wrong = await ajax({ ...FILTER, nonce: 'stale' }, HOME)
    expect([wrong.status, loaded(wrong).success]).toEqual([200, false])
    expect(loaded(wrong).data.feedback).toContain('There was a problem displaying the content')
    const unknown = await ajax({ action: 'make_tea' })
    expect([unknown.status, unknown.body]).toEqual([400, '0'])
    expect((await ajax(FILTER, 'groups/nowhere/')).status).toBe(404)
  })

  it('gives the full text of a reply, and the list of groups', async () => {
    const { ajax } = await town()
    const post = DEMO.posts.find(one => one.html.includes('better than the wireless'))
    const text = await ajax({ action: 'get_single_activity_content', id: `${post?.id}`, nonce: NONCES.activity })
    expect(loaded(text).data.contents).toContain('which is better than the wireless')
    const $ = items(await ajax({ action: 'groups_filter', object: 'groups', nonce: NONCES.groups }, 'groups/'))
    expect(
      $('#groups-list > li')
        .toArray()
        .map(li => li.attribs['data-bp-item-id']),
    ).toEqual(['1', '2', '3', '4'])
  })

  it('obeys offset_lower, which loses younger ids', async () => {
    const { ajax } = await town()
    const $ = items(await ajax({ ...FILTER, offset_lower: String(threads[2]?.id) }, HOME))
    expect(idsOf($('li.activity-item'))[0]).toBe(threads[2]?.id)
  })
})
