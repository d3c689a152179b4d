import { load } from 'cheerio'
import { describe, expect, it } from 'vitest'
import { DEMO, postHtml, viewOf } from './index.js'
import { town } from './town.js'

const REST = 'wp-json/buddypress/v1'
const view = viewOf(DEMO)

interface RestActivity {
  id: number
  user_id: number
  date_gmt: string
  primary_item_id: number
  secondary_item_id: number
  content: { rendered: string }
  comments?: RestActivity[]
}

const flat = (all: RestActivity[]): RestActivity[] => all.flatMap(one => [one, ...flat(one.comments ?? [])])

describe('the REST routes', () => {
  it('are named by the index', async () => {
    const { json } = await town({ rest: true })
    expect(await json('wp-json/')).toMatchObject({
      name: DEMO.name,
      namespaces: expect.arrayContaining(['buddypress/v1']),
    })
  })

  it('give every post of a group in full, nested', async () => {
    const { get, server } = await town({ rest: true })
    const answer = await get(`${REST}/activity?group_id=1&per_page=100&display_comments=threaded`)
    const all = flat(JSON.parse(answer.body))
    const group = DEMO.posts.filter(post => post.groupSlug === 'fox-hollow-gardeners')
    expect(answer.headers.get('x-wp-total')).toBe(String(view.threads('fox-hollow-gardeners').length))
    expect(
      new Map(all.map(one => [one.id, [one.secondary_item_id, `${one.date_gmt}Z`, one.content.rendered]])),
    ).toEqual(new Map(group.map(post => [post.id, [post.parentId ?? 0, post.date, postHtml(post, server.url)]])))
  })

  it('page, and refuse more than a hundred', async () => {
    const { get, json } = await town({ rest: true })
    expect(await json(`${REST}/activity?group_id=1&page=99`)).toEqual([])
    expect(await json(`${REST}/activity?group_id=2&per_page=2&page=2&_fields=id`)).toEqual(
      view
        .threads('mend-and-make')
        .slice(2, 4)
        .map(post => ({ id: post.id })),
    )
    expect((await get(`${REST}/activity?per_page=101`)).status).toBe(400)
  })

  it('keep a private group closed, and know no deleted member', async () => {
    const { get, json } = await town({ rest: true })
    const hidden = await get(`${REST}/activity?group_id=3`)
    expect([hidden.status, hidden.body, hidden.headers.get('x-wp-total')]).toEqual([200, '[]', null])
    const secret = DEMO.posts.find(post => post.groupSlug === 'committee-corner')
    expect((await get(`${REST}/activity/${secret?.id}`)).status).toBe(401)
    expect((await get(`${REST}/members/18`)).status).toBe(404)
    expect(await json(`${REST}/members/8`)).toMatchObject({ id: 8, name: 'R&D "Night" <3' })
    expect(await json(`${REST}/groups`)).toMatchObject(
      DEMO.groups.map(({ id, slug, status }) => ({ id, slug, status })),
    )
    expect(await json(`${REST}/nothing`)).toMatchObject({ code: 'rest_no_route' })
  })
})

describe('a group feed', () => {
  it('has the newest opening posts, shortened, without replies', async () => {
    const { get } = await town({ rest: true })
    const answer = await get('groups/fox-hollow-gardeners/feed/')
    const $ = load(answer.body, { xml: true })
    expect(answer.headers.get('content-type')).toContain('text/xml')
    expect($('item').length).toBe(35)
    expect($('item').first().find('link').text()).toMatch(/\/activity\/p\/\d+\/$/)
    expect($('item').first().find('pubDate').text()).toBe('Sun, 18 Jan 2026 13:30:00 +0000')
    expect(answer.body).not.toContain('The newts thank you')
  })
})
