import { describe, expect, it } from 'vitest'
import { communityOf, DEMO } from './index.js'
import { town } from './town.js'

describe('any site', () => {
  it('answers what is no discussion as WordPress does', async () => {
    const { get, server } = await town({ rest: true })
    expect((await get('')).$('main a[href$="/groups/"]').length).toBe(1)
    expect((await get('robots.txt')).body).toContain('Allow: /wp-admin/admin-ajax.php')
    expect((await get('wp-login.php')).$('input[name=log]').length).toBe(1)
    const missing = await get('groups/nowhere/')
    expect([missing.status, missing.$('body').attr('class')]).toEqual([404, expect.stringContaining('error404')])
    const moved = await get('groups/mend-and-make/home/')
    expect([moved.status, moved.headers.get('location')]).toEqual([301, `${server.url}groups/mend-and-make/`])
    const { $ } = await get('groups/mend-and-make/')
    expect($('link[rel=canonical]').attr('href')).toBe(`${server.url}groups/mend-and-make/`)
    expect($('link[rel="https://api.w.org/"]').attr('href')).toBe(`${server.url}wp-json/`)
  })

  it('knows permalinks of threads only', async () => {
    const { get } = await town()
    const reply = DEMO.posts.find(post => post.parentId !== null)
    const secret = DEMO.posts.find(post => post.groupSlug === 'committee-corner')
    const login = /wp-login\.php\?redirect_to=.*action=bpnoaccess/
    expect((await get(`activity/p/${reply?.id}/`)).status).toBe(404)
    expect((await get('activity/p/99999/')).status).toBe(404)
    expect((await get(`activity/p/${secret?.id}/`)).headers.get('location')).toMatch(login)
    expect((await get('members/zoe/activity/101/')).headers.get('location')).toMatch(login)
  })

  it.each(['legacy', 'nouveau'] as const)('keeps a private group closed (%s)', async pack => {
    const { get } = await town({ pack })
    const { status, $ } = await get('groups/committee-corner/')
    expect(status).toBe(200)
    expect($('#message.info').text()).toContain('This is a private group.')
    expect((await get('groups/committee-corner/feed/')).status).toBe(302)
  })

  it('can be closed to visitors', async () => {
    const { get, ajax } = await town({ membersOnly: true })
    for (const path of ['groups/', 'groups/mend-and-make/', 'groups/nowhere/', 'activity/p/101/', 'members/zoe/']) {
      const { status, $ } = await get(path)
      expect([status, $('h1').text()], path).toEqual([200, 'Members-only area'])
    }
    expect((await get('wp-json/buddypress/v1/activity')).status).toBe(401)
    expect((await ajax({ action: 'activity_filter' })).body).toContain('"success":false')
    expect((await get('groups/mend-and-make/feed/')).status).toBe(404)
  })

  it('lives in a sub-directory', async () => {
    const { get, server } = await town({ basePath: '/town', pack: 'legacy' })
    expect(server.url).toMatch(/\/town\/$/)
    const { $ } = await get('groups/mend-and-make/')
    expect($('.activity-header a').attr('href')).toMatch(/\/town\/members\//)
    expect((await get('/groups/mend-and-make/')).status).toBe(404)
  })

  it('notes what was asked, and lets a test answer first', async () => {
    const { ajax, get, server } = await town({
      intercept: (request, response) => {
        if (!request.path.startsWith('/teapot')) return false
        response.writeHead(418).end('short and stout')
        return true
      },
    })
    expect((await get('teapot?milk=1')).status).toBe(418)
    await ajax({ action: 'nothing', page: '2' }, 'groups/x/')
    expect(server.requests).toMatchObject([
      { method: 'GET', path: '/teapot' },
      { method: 'POST', form: { action: 'nothing', page: '2' }, referer: `${server.url}groups/x/` },
    ])
    expect(server.requests[0]?.query.get('milk')).toBe('1')
  })

  it('lives by the clock it is given, and compresses what may be compressed', async () => {
    let now = Date.UTC(2024, 0, 1, 10) / 1000
    const { get } = await town({ pack: 'legacy', now: () => now }, communityOf({ posts: [{}] }))
    const { $, headers } = await get('groups/gardeners/')
    expect($('.time-since').text()).toBe('1 hour ago')
    expect(headers.get('date')).toBe('Mon, 01 Jan 2024 10:00:00 GMT')
    expect(headers.get('content-encoding')).toBe('gzip')
    now += 60
    const plain = await get('groups/gardeners/', { 'accept-encoding': 'identity' })
    expect(plain.$('.time-since').text()).toBe('1 hour, 1 minute ago')
    expect(plain.headers.get('content-encoding')).toBeNull()
  })

  it('shows a change of the community at once', async () => {
    const community = communityOf({ posts: [{}] })
    const { get } = await town({ pack: 'legacy' }, community)
    await get('groups/gardeners/')
    Object.assign(community.posts[0] ?? {}, { html: '<p>Edited.</p>\n' })
    community.posts.push(...communityOf({ posts: [{ id: 7 }] }).posts)
    const { $ } = await get('groups/gardeners/')
    expect([$('li.activity-item').length, $('#activity-1 .activity-inner').text().trim()]).toEqual([2, 'Edited.'])
  })
})
