import { describe, expect, it } from 'vitest'
import { ajaxUrlOf } from '../../src/run/plan/requests.js'
import { bySource } from '../../src/run/session/by-host.js'
import { page, SITE } from '../archive/shelf.js'
import { town } from '../community/town.js'
import { desk } from './outside.js'

/** Targets on one host share one pace and one set of rules: the more careful ones. */

describe('a sync of two targets on one host', () => {
  const targets = (url: string) => ['mend-and-make', 'swap-shelf'].map(slug => `${url}groups/${slug}/`)

  it.each([[[0, 0]], [[5, 9]]] as const)('keeps the slower of their paces, and none quicker than %j', async given => {
    const { server } = await town({ pack: 'legacy' })
    const one = desk()
    const [quick = '', slow = ''] = targets(server.url)
    await one.run(slow, { sleepSeconds: [6, 6] })
    await one.run(quick, { sleepSeconds: [2, 8] })
    one.clock.slept.length = 0
    const { requests } = await one.sync({ sleepSeconds: given })
    expect(one.clock.slept).toHaveLength(requests - 1)
    expect(Math.min(...one.clock.slept)).toBeGreaterThan(5900)
    expect(Math.max(...one.clock.slept)).toBeLessThanOrEqual(given[1] === 9 ? 9000 : 8000)
  })

  it('obeys robots.txt if it was ignored for one of them only', async () => {
    const { server } = await town({
      pack: 'legacy',
      intercept: ({ path }, response) => {
        if (path !== '/robots.txt') return false
        response.end('User-agent: *\nDisallow: /groups/mend-and-make/\n')
        return true
      },
    })
    const one = desk()
    const [closed = '', open = ''] = targets(server.url)
    await one.run(closed, { ignoreRobots: true })
    expect((await one.sync()).exitCode).toBe(0)
    await one.run(open)
    expect((await one.sync()).targets.map(({ state }) => state)).toEqual(['failed', 'done'])
  })
})

it('with and without www. is one host, which is never asked twice at once', () => {
  const urls = ['https://www.a.example/x/', 'https://b.example/', 'http://a.example/', 'https://a.example:8080/']
  expect(bySource(urls)).toEqual([[urls[0], urls[2]], [urls[1]], [urls[3]]])
})

it.each([
  ['https://evil.example/wp-admin/admin-ajax.php', `${SITE}wp-admin/admin-ajax.php`],
  ['https://town.example:8443/wp-admin/admin-ajax.php', `${SITE}wp-admin/admin-ajax.php`],
  ['http://www.town.example/town/wp-admin/admin-ajax.php', `${SITE}town/wp-admin/admin-ajax.php`],
  [null, `${SITE}wp-admin/admin-ajax.php`],
])('calls with a nonce go to the host of the page, whatever the page names: %s', (ajaxUrl, expected) => {
  expect(ajaxUrlOf(page([], { ajaxUrl }))).toBe(expected)
})
