import { describe, expect, it } from 'vitest'
import { siteUrlBy } from '../../src/parse/document/site.js'
import { town } from '../community/town.js'
import { desk } from './outside.js'

const ANSWERS = {
  'a login notice': '<p>Please log in to read this.</p>',
  'a few words of the text': '<p>After the meeting on</p>',
  'a PHP error': '<b>Fatal error</b>: Uncaught Error in functions.php',
}

describe('a read-more answer that is not the rest of the text', () => {
  it.each(Object.entries(ANSWERS))('%s takes nothing away, and is told', async (_what, contents) => {
    const { server } = await town({
      pack: 'nouveau',
      intercept: (request, response) => {
        if (request.form['action'] !== 'get_single_activity_content') return false
        response.writeHead(200, { 'Content-Type': 'application/json' })
        response.end(JSON.stringify({ success: true, data: { contents } }))
        return true
      },
    })
    const one = desk()
    const report = await one.run(`${server.url}groups/fox-hollow-gardeners/`)
    const thread = one.threads().find(({ id }) => id === '111')
    expect(report.exitCode).toBe(3)
    expect(thread?.posts[0]?.post).toMatchObject({ truncated: true, text: expect.stringContaining('the water rules') })
    expect(thread?.completeness.state).toBe('short')
  })
})

describe('a page that names other hosts', () => {
  it.each(['nouveau', 'legacy'] as const)('%s: they are not asked, and the run says so', async pack => {
    const stranger = await town({ pack })
    const { server } = await town({
      pack,
      intercept: (request, response) => {
        if (!request.path.startsWith('/groups/')) return false
        if (request.path !== '/groups/') return false
        const row = `<li class="bp-group-status-public"><div class="item-title"><a href="${stranger.server.url}groups/x/">X</a></div></li>`
        response.writeHead(200, { 'Content-Type': 'text/html' })
        response.end(
          `<html><body class="directory groups buddypress"><div id="groups-dir-list"><ul id="groups-list">${row}</ul></div></body></html>`,
        )
        return true
      },
    })
    const report = await desk().run(`${server.url}groups/`)
    expect(stranger.server.requests).toEqual([])
    expect(report.exitCode).toBe(3)
    expect(report.targets[0]?.problems[0]?.message).toContain('was not read: it is on another host')
  })
})

describe('a page whose REST interface lies on another host', () => {
  it.each(['nouveau', 'legacy'] as const)('is read without it (%s)', async pack => {
    const stranger = await town({ pack, rest: true })
    const { server } = await town({
      pack,
      intercept: (_request, response) => {
        response.setHeader('Link', `<${stranger.server.url}wp-json/>; rel="https://api.w.org/"`)
        return false
      },
    })
    const one = desk()
    const report = await one.run(`${server.url}groups/mend-and-make/`)
    expect([report.exitCode, report.targets[0]?.problems]).toEqual([0, []])
    expect(one.threads().length).toBeGreaterThan(0)
    expect(stranger.server.requests).toEqual([])
  })
})

describe('the site that a page belongs to', () => {
  const PAGE = 'https://a.example/town/groups/x/'

  it.each([
    ['its REST address', 'https://a.example/town/wp-json/', null, 'https://a.example/town/'],
    [
      'its AJAX address where there is none',
      null,
      'https://a.example/town/wp-admin/admin-ajax.php',
      'https://a.example/town/',
    ],
    [
      'its host, if WordPress lives in another folder',
      null,
      'https://a.example/wp/wp-admin/admin-ajax.php',
      'https://a.example/',
    ],
    ['its host, if the address is on another one', 'https://victim.example/wp-json/', null, 'https://a.example/'],
    ['its host, if the host itself looks like a path', 'https://wp-json.example/', null, 'https://a.example/'],
    ['its own spelling of http and www', 'http://www.a.example/town/wp-json/', null, 'https://a.example/town/'],
  ])('is told by %s', (_how, api, ajax, site) => expect(siteUrlBy(api, ajax, PAGE)).toBe(site))
})
