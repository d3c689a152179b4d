import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { NO_CREDENTIALS } from '../../src/model/credentials.js'
import { credentialsIn } from '../../src/run/run.js'
import type { SeenRequest, ServeOptions } from '../community/index.js'
import { town } from '../community/town.js'
import { contentOf, desk, idsHeld } from './outside.js'

const SECRET = 'anna%7Cvery-secret'
const NONCE = 'ab12cd34ef'
const session = credentialsIn(`127.0.0.1\tFALSE\t/\tFALSE\t0\twordpress_logged_in_1\t${SECRET}\n`, null)
const isRest = ({ path }: SeenRequest) => path.includes('/wp-json')
const isProbe = ({ query }: SeenRequest) => query.get('action') === 'rest-nonce'

/**
 * The demo community knows no members. Here its visitor is one, for so many requests: pages carry the mark of those who are
 * logged in, and the nonce of REST is to be had. Then all is as for visitors, without a word.
 */
function membership(lasts = Number.POSITIVE_INFINITY, nonce = () => NONCE) {
  let left = lasts
  const intercept: NonNullable<ServeOptions['intercept']> = (request, response) => {
    const isMember = request.headers['cookie'] !== undefined && request.path !== '/robots.txt' && left-- > 0
    if (isProbe(request)) {
      response.writeHead(isMember ? 200 : 400).end(isMember ? nonce() : '0')
      return true
    }
    if (isRest(request) && request.headers['x-wp-nonce'] && !isMember) {
      response.writeHead(403, { 'content-type': 'application/json' })
      response.end('{"code":"rest_cookie_invalid_nonce","message":"Cookie check failed","data":{"status":403}}')
      return true
    }
    if (isMember) markAsMember(request, response)
    return false
  }
  const renew = (requests = Number.POSITIVE_INFINITY) => {
    left = requests
  }
  return { intercept, renew }
}

type Response = Parameters<NonNullable<ServeOptions['intercept']>>[1]

/** `body.logged-in` (body_class of WordPress). */
function markAsMember(request: SeenRequest, response: Response): void {
  delete request.headers['accept-encoding']
  const { writeHead, end } = response
  response.writeHead = ((status: number, { 'Content-Length': _length, ...headers }: Record<string, string>) =>
    writeHead.call(response, status, headers)) as typeof writeHead
  response.end = ((body?: Buffer) =>
    end.call(response, body?.toString().replace('<body class="', '<body class="logged-in '), 'utf8')) as typeof end
}

describe('a session', () => {
  it('goes along, to REST with its nonce, and none of it is kept', async () => {
    const { server } = await town({ rest: true, intercept: membership().intercept })
    const one = desk()
    const report = await one.run(server.url, { credentials: session })
    expect([report.exitCode, report.targets[0]?.route]).toEqual([0, 'rest'])
    expect(server.requests.every(({ headers }) => headers['cookie'] === `wordpress_logged_in_1=${SECRET}`)).toBe(true)
    expect(server.requests.filter(isRest).every(({ headers }) => headers['x-wp-nonce'] === NONCE)).toBe(true)
    expect(server.requests.filter(isProbe)).toHaveLength(1)
    const kept = readFileSync(one.file, 'latin1') + JSON.stringify(report)
    for (const secret of ['very-secret', NONCE]) expect(kept).not.toContain(secret)
  })

  it('has its stale nonce asked for once more', async () => {
    let asked = 0
    const { intercept } = membership(undefined, () => `ab12cd34e${asked++}`)
    const { server } = await town({
      rest: true,
      intercept: (request, response) => {
        if (!isRest(request) || request.headers['x-wp-nonce'] === 'ab12cd34e1') return intercept(request, response)
        response.writeHead(403, { 'content-type': 'application/json' })
        response.end('{"code":"rest_cookie_invalid_nonce","message":"Cookie check failed","data":{"status":403}}')
        return true
      },
    })
    const report = await desk().run(server.url, { credentials: session })
    expect([report.exitCode, report.targets[0]?.route, asked]).toEqual([0, 'rest', 2])
  })

  it.each(['page', 'ajax'] as const)(
    'holds with a WordPress that has no such nonce, too (before 5.3; %s)',
    async via => {
      const { intercept } = membership()
      const { server } = await town({
        pack: 'legacy',
        intercept: (request, response) => {
          if (!isProbe(request)) return intercept(request, response)
          response.writeHead(400).end('0')
          return true
        },
      })
      expect((await desk().run(server.url, { credentials: session, via })).exitCode).toBe(0)
    },
  )

  it.each([true, false])(
    'that the site does not accept ends the run before anything is read (REST: %s)',
    async rest => {
      const { server } = await town({ rest, intercept: membership(0).intercept })
      const one = desk()
      const report = await one.run(server.url, { credentials: session })
      expect([report.exitCode, report.stopped, idsHeld(one)]).toEqual([4, 'session-ended', []])
      expect(report.targets[0]?.problems.map(({ message }) => message)).toEqual([
        `${new URL(server.url).origin} treats this reader as a visitor: the session has ended, or was never accepted.`,
      ])
    },
  )

  it('of another host, or none, makes a visitor', async () => {
    const { server } = await town({ rest: true })
    const other = credentialsIn('a=1', 'https://other.example/')
    const report = await desk().run(server.url, { credentials: other })
    expect(report.exitCode).toBe(0)
    expect(server.requests.some(({ query, headers }) => query.has('action') || headers['cookie'])).toBe(false)
    expect(server.requests.some(({ headers }) => headers['x-wp-nonce'])).toBe(false)
  })
})

/** REST; Nouveau's calls, with nonces; Legacy's calls, without; pages. */
const WAYS = [
  ['nouveau', true, 'auto'],
  ['nouveau', false, 'ajax'],
  ['legacy', false, 'ajax'],
  ['legacy', false, 'page'],
] as const

describe.each(WAYS)('a session that ends in mid-run (%s, REST: %s, via %s)', (pack, rest, via) => {
  it('stops the run with code 4, wherever it ends; who logs in again goes on, and has all in the end', async () => {
    const calm = desk()
    const quiet = await town({ pack, rest, intercept: membership().intercept })
    await calm.run(quiet.server.url, { credentials: session, via })
    const expected = contentOf(calm, quiet.server.url)

    const { intercept, renew } = membership(0)
    const { server } = await town({ pack, rest, intercept })
    const one = desk()
    let held = 0
    let stops = 0
    for (let lasts = 4; ; stops++) {
      renew(lasts)
      const report = await one.run(server.url, { credentials: session, via })
      expect(idsHeld(one).length).toBeGreaterThanOrEqual(held)
      held = idsHeld(one).length
      if (report.exitCode === 0) break
      expect([report.exitCode, report.stopped, report.targets[0]?.state]).toEqual([4, 'session-ended', 'interrupted'])
      expect(report.targets[0]?.problems.map(({ exitCode }) => exitCode)).toEqual([4])
      if (stops > 60) throw new Error('it never ends')
      lasts = 4 + (stops % 3)
    }
    expect(stops).toBeGreaterThan(0)
    expect(contentOf(one, server.url)).toEqual(expected)
  })
})

describe('where it can not be found out whose view a page is', () => {
  /** A theme that does not mark who is logged in, and a site that does not answer when it is asked. */
  const unanswered = (intercept: (stop: AbortController) => void = () => {}) => {
    const stop = new AbortController()
    const served = town({
      pack: 'legacy',
      intercept: (request, response) => {
        if (!isProbe(request)) return false
        intercept(stop)
        response.writeHead(500).end()
        return true
      },
    })
    return { served, stop }
  }

  it('nothing is taken for a session that has ended, and nothing is saved', async () => {
    const { server } = await unanswered().served
    const one = desk()
    const report = await one.run(server.url, { credentials: session })
    expect([report.exitCode, report.stopped, idsHeld(one)]).toEqual([3, null, []])
    expect(report.targets[0]?.problems[0]?.message).toContain('did not say whether you are logged in (HTTP 500)')
  })

  it('Ctrl-C is Ctrl-C', async () => {
    const { served, stop } = unanswered(one => one.abort())
    const { server } = await served
    const report = await desk().run(server.url, { credentials: session, signal: stop.signal })
    expect([report.exitCode, report.stopped, report.targets[0]?.problems]).toEqual([130, 'interrupted', []])
  })
})

it('another reader does not go on where a member stopped: what is left may look otherwise to them', async () => {
  const { intercept } = membership(4)
  const { server } = await town({ pack: 'legacy', intercept })
  const one = desk()
  expect((await one.run(server.url, { credentials: session })).exitCode).toBe(4)
  const resumed: boolean[] = []
  const reporter = { target: (_url: string, again: boolean) => void resumed.push(again) }
  expect((await one.run(server.url, { credentials: NO_CREDENTIALS, reporter })).exitCode).toBe(0)
  expect(resumed).toEqual([false])
})

it('an application password goes to REST alone, and none of it is kept', async () => {
  const { server } = await town({ rest: true })
  const one = desk()
  const passwords = [{ site: server.url, user: 'anna', password: 'abcd efgh ijkl' }]
  const report = await one.run(server.url, { credentials: { cookies: [], passwords } })
  expect([report.exitCode, report.targets[0]?.route]).toEqual([0, 'rest'])
  const header = `Basic ${Buffer.from('anna:abcd efgh ijkl').toString('base64')}`
  expect(server.requests.every(one => one.headers['authorization'] === (isRest(one) ? header : undefined))).toBe(true)
  const kept = readFileSync(one.file, 'latin1') + JSON.stringify(report)
  for (const secret of ['abcd efgh', header.slice(6)]) expect(kept).not.toContain(secret)
})

it('what was archived as a member is not brought up to date as a visitor: all that members wrote would look gone', async () => {
  const { server } = await town({ pack: 'legacy', intercept: membership().intercept })
  const one = desk()
  await one.run(server.url, { credentials: session })
  const [held, asked] = [idsHeld(one), server.requests.length]
  const report = await one.sync({ credentials: NO_CREDENTIALS })
  expect([report.exitCode, report.gonePosts, report.targets[0]?.state]).toEqual([4, 0, 'failed'])
  expect(report.targets[0]?.problems[0]?.message).toContain(
    'was archived with a login, but there is no login for it any more',
  )
  expect(report.targets[0]?.problems[0]?.advice).toContain(`(threadkeep login ${server.url}`)
  expect([idsHeld(one), server.requests.length]).toEqual([held, asked])
})

it('a member who logs in at the new address of a community that has moved reads on there: the old one has no login any more', async () => {
  const moved = { to: null as string | null }
  const { intercept } = membership()
  const old = await town({
    pack: 'legacy',
    intercept: (request, response) => {
      if (moved.to === null) return intercept(request, response)
      response.writeHead(301, { Location: `${moved.to}${request.path.slice(1)}` }).end()
      return true
    },
  })
  const next = await town({ pack: 'legacy', intercept })
  const one = desk()
  await one.run(old.server.url, { credentials: session })
  moved.to = next.server.url
  const left = await one.sync({ credentials: NO_CREDENTIALS, moved: true })
  // Now the archive knows the new address, and says what is missing there.
  expect([left.exitCode, left.gonePosts, left.targets.map(({ target }) => target)]).toEqual([4, 0, [next.server.url]])
  const report = await one.sync({ credentials: session, moved: true })
  expect([report.exitCode, report.newPosts, report.gonePosts]).toEqual([0, 0, 0])
})

it('that a community has moved is also seen where the question whether the session holds is redirected', async () => {
  let isAsked = false
  const moved = { to: null as string | null }
  const { intercept } = membership()
  const old = await town({
    pack: 'legacy',
    intercept: (request, response) => {
      if (moved.to === null) return intercept(request, response)
      // Something before the site answers once for its front page.
      if (request.path === '/' && !isAsked)
        response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Please wait.</body></html>')
      else
        response
          .writeHead(301, {
            Location: `${moved.to}${request.path.slice(1)}${isProbe(request) ? `?${request.query}` : ''}`,
          })
          .end()
      isAsked ||= request.path === '/'
      return true
    },
  })
  const next = await town({ pack: 'legacy', intercept })
  const one = desk()
  await one.run(old.server.url, { credentials: session })
  moved.to = next.server.url
  const report = await one.sync({ credentials: session, moved: true })
  expect([report.exitCode, report.targets.map(({ target }) => target)]).toEqual([0, [next.server.url]])
})
