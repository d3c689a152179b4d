import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { requestKey } from '../../../src/model/capture.js'
import { NetworkError } from '../../../src/model/errors.js'
import {
  capturing,
  failing,
  type Handler,
  PAGE,
  page,
  reading,
  roughServer,
  roughServerBeyondRobots,
  routes,
} from './rough-server.js'

const textOf = (body: Uint8Array) => Buffer.from(body).toString()
const go =
  (to: string, status = 302): Handler =>
  (_request, response) =>
    void response.writeHead(status, { Location: to }).end()

describe('redirects', () => {
  it('are followed on the same site, and the fragment is dropped', async () => {
    const { url } = await roughServer(
      routes({ '/a': go('/b/#there', 301), '/b/': go('../c?x=1', 308), '/c': (_q, response) => page(response) }),
    )
    expect(await capturing({ url: `${url}a` })).toMatchObject({
      url: `${url}c?x=1`,
      status: 200,
      request: { url: `${url}a` },
    })
  })

  it.each([
    ['/?bp_groups=1&amp;bp_group=%d1%81', '?bp_groups=1&bp_group=%d1%81'],
    ['/?bp_groups=1&#038;bp_group=%D1%81', '?bp_groups=1&bp_group=%D1%81'],
    [Buffer.from('/группы/').toString('latin1'), '%d0%b3%d1%80%d1%83%d0%bf%d0%bf%d1%8b/'],
  ])('to %j are followed with the codes and fields that the site means', async (to, path) => {
    const server = await roughServer((request, response) =>
      request.url === '/a' ? go(to)(request, response) : page(response),
    )
    expect(await capturing({ url: `${server.url}a` })).toMatchObject({ url: server.url + path })
    expect(server.paths()).toContain(`/${path}`)
  })

  it('in a circle are a known failure', async () => {
    const server = await roughServer(routes({ '/a': go('/b'), '/b': go('/a') }))
    const error = await failing({ url: `${server.url}a` })
    expect(error).toBeInstanceOf(NetworkError)
    expect(error.message).toBe(`${server.url}a redirects in a circle.`)
    expect(server.paths().filter(path => path !== '/robots.txt')).toEqual(['/a', '/b', '/a', '/b'])
  })

  it.each(['/a', '/consent?back=/a'])(
    'by way of %s, to test for a cookie, are passed as a browser passes them',
    async by => {
      const seen: (string | undefined)[] = []
      const server = await roughServer((request, response) => {
        seen.push(request.headers.cookie)
        if (request.headers.cookie === 'gate=1') return page(response)
        const to = request.url === by || request.url?.startsWith('/consent') ? '/a' : by
        response
          .writeHead(307, {
            Location: request.url === '/robots.txt' ? '/robots.txt' : to,
            'Set-Cookie': 'gate=1; path=/',
          })
          .end()
      })
      const requests = [{ url: `${server.url}a` }, { url: `${server.url}b` }]
      expect((await reading(requests)).map(one => 'status' in one && one.status)).toEqual([200, 200])
      expect(seen.slice(-2)).toEqual(['gate=1', 'gate=1'])
      expect(server.asked.length).toBeLessThan(7)
    },
  )

  it.each([
    ['http://localhost:1/x', /redirects to another site, http:\/\/localhost:1\.$/],
    ['//evil.example/', /redirects to another site, http:\/\/evil\.example\.$/],
    ['mailto:anna@example.org', /which is not a web address/],
    ['file:///etc/passwd', /which is not a web address/],
    ['http://[', /which is not a web address/],
  ])('to %s are refused', async (to, words) => {
    const server = await roughServer(routes({ '/a': go(to) }))
    const error = await failing({ url: `${server.url}a` })
    expect(error).toBeInstanceOf(NetworkError)
    expect(error.message).toMatch(words)
    expect(server.paths()).toEqual(['/robots.txt', '/a'])
  })

  it('turn a call into a plain request, without its nonce', async () => {
    const nonces = '<html><script>var BP_Nouveau = {"nonces":{"activity":"0123456789"}}</script></html>'
    const seen: string[] = []
    const { url } = await roughServer(
      routes({
        '/group/': (_request, response) => page(response, nonces),
        '/ajax': go('/elsewhere'),
        '/elsewhere': (request, response) => {
          seen.push(`${request.method} ${request.form}`)
          page(response)
        },
      }),
    )
    await capturing({ url: `${url}ajax`, form: { action: 'x' }, nonce: 'activity', referer: `${url}group/` })
    expect(seen).toEqual(['GET '])
  })
})

describe('what is sent', () => {
  it('is a polite request that says who asks, and a call as the page itself makes it', async () => {
    const heads: Record<string, unknown>[] = []
    const { url } = await roughServerBeyondRobots((request, response) => {
      heads.push(request.headers)
      page(response)
    })
    await reading(
      [{ url }, { url, form: { action: 'x', page: '2' }, referer: `${url}groups/é/` }].map(one => ({
        ...one,
        referer: encodeURI(url),
      })),
      {
        ignoreRobots: true,
      },
    )
    expect(heads[0]).toMatchObject({
      'user-agent': 'threadkeep/0.0 (test)',
      'accept-encoding': expect.stringContaining('gzip'),
    })
    expect(heads[0]).not.toHaveProperty('cookie')
    expect(heads[1]).toMatchObject({
      referer: url,
      'x-requested-with': 'XMLHttpRequest',
      'content-type': expect.stringContaining('urlencoded'),
    })
  })
})

describe('what arrives', () => {
  it.each([
    ['gzip', gzipSync(PAGE)],
    ['br', brotliCompressSync(PAGE)],
    ['identity', Buffer.from(PAGE)],
  ])('is decoded: %s', async (encoding, body) => {
    const { url } = await roughServer((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Encoding': encoding }).end(body)
    })
    expect(textOf((await capturing({ url }, { ignoreRobots: true })).body)).toBe(PAGE)
  })

  it('keeps its bytes, whatever the charset', async () => {
    const body = Buffer.concat([
      Buffer.from('<html><p>caf'),
      Buffer.from([0xe9, 0x80, 0xff]),
      Buffer.from('</p></html>'),
    ])
    const { url } = await roughServer((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=ISO-8859-1' }).end(body)
    })
    const capture = await capturing({ url }, { ignoreRobots: true })
    expect(Buffer.from(capture.body).equals(body)).toBe(true)
    expect(capture.headers['content-type']).toBe('text/html; charset=ISO-8859-1')
  })

  it('has no cookies, and when it came by our clock', async () => {
    const { url } = await roughServer((_request, response) => {
      response.setHeader('Set-Cookie', ['session=secret1', 'other=secret2'])
      page(response, PAGE, { 'X-WP-Nonce': 'secret3', Vary: 'Accept' })
    })
    const capture = await capturing({ url }, { ignoreRobots: true })
    expect(JSON.stringify(capture)).not.toContain('secret')
    expect(capture.headers).toMatchObject({ vary: 'Accept' })
    expect(capture.capturedAt).toBe('2026-01-01T00:00:00.000Z')
  })
})

describe('a nonce', () => {
  const GOOD = 'abcdefabcd'
  const STALE = '1234567890'
  /** A site whose page hands out these nonces, one after the other. */
  const site = async (handedOut: string[]) => {
    let at = 0
    return roughServer(
      routes({
        '/group/': (_request, response) => {
          const nonce = handedOut[Math.min(at++, handedOut.length - 1)]
          page(response, `<html><script>var BP_Nouveau = {"x":1,"nonces":{"activity":"${nonce}"}};</script></html>`)
        },
        '/ajax': (request, response) => {
          response.setHeader('Content-Type', 'application/json')
          const good = request.form.get('nonce') === GOOD
          response.end(JSON.stringify({ success: good, data: { contents: `<a href="?_wpnonce=${GOOD}">x</a>` } }))
        },
      }),
    )
  }
  const call = (url: string) => ({
    url: `${url}ajax`,
    form: { action: 'x' },
    nonce: 'activity' as const,
    referer: `${url}group/`,
  })

  it('is looked for on the page that the call stands on, if no page has brought it yet', async () => {
    const { url, paths } = await site([GOOD])
    await reading([call(url), call(url)])
    expect(paths()).toEqual(['/robots.txt', '/group/', '/ajax', '/ajax'])
  })

  it('that is refused is fetched anew once, past any cache of pages', async () => {
    const { url, paths } = await site([STALE, GOOD])
    expect(textOf((await capturing(call(url))).body)).toContain('"success":true')
    const fresh = '/group/?threadkeep=1767225600000'
    expect(paths()).toEqual(['/robots.txt', '/group/', '/ajax', fresh, '/ajax'])
  })

  it('that stays refused comes through as a refusal', async () => {
    const { url, asked } = await site([STALE])
    expect(textOf((await capturing(call(url))).body)).toContain('"success":false')
    // robots.txt, the page, the call, three looks past the cache, the call
    expect(asked).toHaveLength(7)
  })

  it.each(['0', '-1'])('is also refused by a bare %s', async refusal => {
    const server = await roughServer(
      routes({
        '/group/': (_request, response) => page(response, `<html>{"nonces":{"activity":"${GOOD}"}}</html>`),
        '/ajax': (_request, response) => void response.end(refusal),
      }),
    )
    await capturing(call(server.url))
    expect(server.paths().filter(path => path === '/ajax')).toHaveLength(2)
  })

  it('is never in a capture: not in the request, the body, the headers or the key', async () => {
    const { url } = await site([GOOD])
    const arrivals = await reading([{ url: `${url}group/` }, call(url)])
    for (const arrival of arrivals) {
      expect(JSON.stringify(arrival)).not.toContain(GOOD)
      expect('body' in arrival ? textOf(arrival.body) : '').not.toContain(GOOD)
      expect(requestKey(arrival.request)).not.toContain(GOOD)
    }
    expect(arrivals).toHaveLength(2)
  })
})
