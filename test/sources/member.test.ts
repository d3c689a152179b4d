import { describe, expect, it } from 'vitest'
import { NetworkError, RobotsError, SessionEnded } from '../../src/model/errors.js'
import { credentialsIn } from '../../src/sources/index.js'
import { capturing, failing, type Handler, page, reading, roughServer, routes } from './site/rough-server.js'

/** What the source asks of its own accord for a member: nonces, and whether the session still holds. */

const credentials = credentialsIn('127.0.0.1\tFALSE\t/\tFALSE\t0\twordpress_logged_in_1\tanna', null)
const GOOD = 'ab12cd34ef'
const AJAX = '/wp-admin/admin-ajax.php'
const PROBE = `${AJAX}?action=rest-nonce`

const refused: Handler = (_request, response) =>
  void response.writeHead(403, { 'Content-Type': 'application/json' }).end('{"code":"rest_cookie_invalid_nonce"}')

interface Site {
  robots: string
  /** What the site says when it is asked for a nonce of REST. */
  probe: string
  /** The classes of its front page. */
  front: string
  rest: Handler
}

async function siteOf(change: Partial<Site> = {}) {
  const site: Site = {
    robots: '',
    probe: GOOD,
    front: 'home',
    rest: (_q, response) => void response.end('[]'),
    ...change,
  }
  const server = await roughServer(
    routes({
      '/robots.txt': (_request, response) => void response.end(`User-agent: *\n${site.robots}\n`),
      '/': (_request, response) => page(response, `<html><body class="${site.front}"></body></html>`),
      '/group/': (_request, response) => page(response, `<html>{"nonces":{"activity":"${GOOD}"}}</html>`),
      '/rest': (request, response) => site.rest(request, response),
      [AJAX]: (request, response) =>
        request.method === 'GET' ? void response.end(site.probe) : void response.end('{"success":false}'),
    }),
  )
  const { url } = server
  const at = (path: string) => new URL(path, url).href
  return {
    site,
    server,
    call: { url: at(AJAX), form: { action: 'x' }, nonce: 'activity', referer: at('/group/') } as const,
    rest: { url: at('/rest'), nonce: 'rest', nonceFrom: at(PROBE) } as const,
  }
}

describe('robots.txt counts', () => {
  it.each(['call', 'rest'] as const)(
    'for the question whether the session holds, and for its nonce: %s',
    async what => {
      const { server, ...asked } = await siteOf({ robots: 'Disallow: /*rest-nonce' })
      expect(await failing(asked[what], { credentials })).toBeInstanceOf(RobotsError)
      expect(server.paths()).not.toContain(PROBE)
    },
  )

  it('for the front page, where that tells', async () => {
    const { server, rest } = await siteOf({ robots: 'Disallow: /$', probe: '0' })
    expect(await failing(rest, { credentials })).toBeInstanceOf(RobotsError)
    expect(server.paths()).toEqual(['/robots.txt', PROBE])
  })
})

describe('a session has ended', () => {
  it('where a page call has but the nonce of a visitor', async () => {
    const { server, call } = await siteOf({ probe: '0' })
    const error = await failing(call, { credentials })
    expect(error).toBeInstanceOf(SessionEnded)
    expect(error).toMatchObject({ advice: expect.stringContaining(`(threadkeep login ${server.url}, or`) })
  })

  it('where no nonce of REST is to be had any more, though a cache shows the front page of a member', async () => {
    const { site, server, rest } = await siteOf({ front: 'logged-in' })
    let left = 1
    site.rest = (...exchange) => {
      if (left-- > 0) return void exchange[1].end('[]')
      site.probe = '0'
      refused(...exchange)
    }
    const [first, second] = await reading([rest, rest], { credentials })
    expect(first).toMatchObject({ status: 200 })
    expect(second).toMatchObject({ error: expect.any(SessionEnded) })
    expect(server.paths()).not.toContain('/')
  })
})

it.each([['call'], ['rest']] as const)('half a nonce is asked for again, and ends no session: %s', async what => {
  const { server, ...asked } = await siteOf({ probe: GOOD.slice(0, 5) })
  const error = await failing(asked[what], { credentials, retries: 1 })
  expect(error).not.toBeInstanceOf(SessionEnded)
  expect(error.message).toMatch(/could not be read \(tried 2 times\): the nonce is cut off\.$/)
  expect(server.paths().filter(path => path === PROBE)).toHaveLength(2)
})

it('a WordPress without that nonce (before 5.3) closes REST to a member, and ends no session', async () => {
  const { rest } = await siteOf({ probe: '0', front: 'home logged-in' })
  const error = await failing(rest, { credentials })
  expect(error).toBeInstanceOf(NetworkError)
  expect(error).not.toBeInstanceOf(SessionEnded)
  expect(error.message).toContain('gave no REST nonce')
})

it('a visitor asks for no nonce of REST', async () => {
  const { server, rest } = await siteOf()
  await capturing(rest)
  expect(server.paths()).toEqual(['/robots.txt', '/rest'])
})
