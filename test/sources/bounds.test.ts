import dns from 'node:dns'
import { deflateSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { NetworkError } from '../../src/model/errors.js'
import { parseRobots } from '../../src/sources/site/robots.js'
import {
  capturing,
  failing,
  fakeClock,
  type Handler,
  PAGE,
  page,
  roughServer as plainServer,
  reading,
  roughServerBeyondRobots as roughServer,
} from './site/rough-server.js'

/** How much, how long and how often a site may ask for: what is more than that ends. */

const MB = 1024 * 1024
const HTML = { 'Content-Type': 'text/html' }
const once = { ignoreRobots: true, retries: 0 }

describe('a body', () => {
  const sizes: [string, Buffer, Record<string, string>][] = [
    ['as it is', Buffer.alloc(33 * MB, 'x'), {}],
    ['compressed to a thousandth', gzipSync(Buffer.alloc(33 * MB, 'x')), { 'Content-Encoding': 'gzip' }],
  ]
  it.each(sizes)('of more than 32 MB is refused: %s', async (_how, body, headers) => {
    const { url } = await roughServer(
      (_request, response) => void response.writeHead(200, { ...HTML, ...headers }).end(body),
    )
    expect((await failing({ url }, once)).message).toMatch(/larger than 32 MB/)
  })

  it('of more than 32 MB is requested once, and not read if its length is known', async () => {
    const server = await roughServer((_request, response) => {
      response.writeHead(200, { ...HTML, 'Content-Length': 40 * MB }).write('x')
    })
    expect((await failing({ url: server.url }, { ignoreRobots: true, retries: 3 })).message).toContain('(tried once)')
    expect(server.asked).toHaveLength(1)
  })

  it('of a bit less than 32 MB is read', async () => {
    const large = PAGE.replace('Hello', 'x'.repeat(31 * MB))
    const { url } = await roughServer((_request, response) => page(response, large))
    const { body } = await capturing({ url }, once)
    expect(Buffer.from(body).equals(Buffer.from(large))).toBe(true)
  })

  it('that is deflated is decoded, as it is asked for', async () => {
    const { url } = await roughServer(({ headers }, response) => {
      expect(headers['accept-encoding']).toContain('deflate')
      response.writeHead(200, { ...HTML, 'Content-Encoding': 'deflate' }).end(deflateSync(PAGE))
    })
    expect(Buffer.from((await capturing({ url }, once)).body).toString()).toBe(PAGE)
  })

  it('that drips for ever ends, though no pause in it is too long', async () => {
    const { url } = await roughServer((_request, response) => {
      response.writeHead(200, HTML)
      const drip = setInterval(() => response.write('x'), 50)
      response.once('close', () => clearInterval(drip))
    })
    // The site never ends the body, so the end of this request shows that its whole time is limited.
    expect((await failing({ url }, { ...once, timeoutMilliseconds: 200 })).message).toContain('could not be read')
  })
})

describe('robots.txt', () => {
  const group = 'User-agent: *\n'
  const served = (text: string) =>
    plainServer((request, response) =>
      request.url === '/robots.txt' ? page(response, text, { 'Content-Type': 'text/plain' }) : page(response),
    )

  it('of more than 500 KB is read up to there, by whole lines, and the report says so', async () => {
    const heard: string[] = []
    const { url } = await served(`${group}Disallow: /early/\n${'Disallow: /0123456789/\n'.repeat(40_000)}Disallow: /\n`)
    expect((await capturing({ url: `${url}x/` }, { heard })).status).toBe(200)
    expect((await failing({ url: `${url}early/` }, {})).message).toContain('asks programs not to read')
    expect(heard).toContain(`noted ${url}robots.txt Only the first 500 KB of robots.txt were read: it is longer.`)
  })

  it('of 500 KB of wildcards forbids no less than it says', () => {
    const rules = parseRobots('https://a.example/robots.txt', `${group}${'Disallow: /*a*a*a*b$\n'.repeat(25_000)}`, 'x')
    const allowed = ['/a/a/a/b', '/c/', '/x'.repeat(1000)].map(path => rules.allows(`https://a.example${path}`))
    expect(allowed).toEqual([false, false, false])
  })
})

describe('a wait', () => {
  const busy =
    (after: string): Handler =>
    (_request, response) =>
      void response.writeHead(503, { 'Retry-After': after }).end()

  it.each([
    ['600', [600_000]],
    ['601', []],
  ])('of %s seconds: ten minutes are waited, and no second more', async (after, slept) => {
    const clock = fakeClock()
    const { url } = await roughServer(busy(after))
    await capturing({ url }, { ignoreRobots: true, retries: 1, clock })
    expect(clock.slept).toEqual(slept)
  })

  it('of no time at all, as the site has it, is as long as without its word', async () => {
    const clock = fakeClock()
    const { url } = await roughServer(busy('0'))
    await capturing({ url }, { ignoreRobots: true, retries: 1, clock })
    expect(clock.slept[0]).toBeGreaterThanOrEqual(1000)
  })
})

describe('a question that brought nothing', () => {
  const refusing = (code: string) =>
    vi
      .spyOn(dns, 'lookup')
      .mockImplementation(((_host: string, _options: object, done: (error: Error) => void) =>
        done(Object.assign(new Error(code), { code }))) as never)
  afterEach(() => void vi.restoreAllMocks())

  it.each([
    ['ENOTFOUND', 'once): there is no such host'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'once): its certificate is signed by itself'],
    [
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'once): its certificate is signed by an authority that this machine does not know',
    ],
    ['CERT_HAS_EXPIRED', 'once): its certificate has expired'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'once): this port does not speak https'],
    ['EAI_AGAIN', '3 times): the host name could not be resolved'],
  ])('is not put again where no host, or no trust, is to be had: %s', async (code, words) => {
    refusing(code)
    const error = await failing({ url: 'http://town.invalid/' }, { ignoreRobots: true, retries: 2 })
    expect(error.message).toContain(`could not be read (tried ${words}`)
    const { advice } = error as NetworkError
    expect(advice?.includes('NODE_EXTRA_CA_CERTS=')).toBe(/SELF_SIGNED|UNABLE_TO/.test(code))
  })

  it.each([
    ['', /the response is empty/],
    ['{"success":true,"da', /the JSON is cut off/],
  ])('is no answer for coming three times in the same length: %j', async (body, words) => {
    const server = await roughServer((_request, response) => void response.writeHead(200, HTML).end(body))
    expect((await failing({ url: server.url }, { ignoreRobots: true, retries: 4 })).message).toMatch(words)
    expect(server.asked).toHaveLength(5)
  })

  it('is put again where half a feed came', async () => {
    const feed = '<?xml version="1.0"?><rss><channel></channel></rss>'
    let left = 1
    const server = await roughServer((_request, response) =>
      page(response, left-- > 0 ? feed.slice(0, 30) : feed, { 'Content-Type': 'application/rss+xml' }),
    )
    expect(Buffer.from((await capturing({ url: server.url }, { ignoreRobots: true })).body).toString()).toBe(feed)
  })

  it('a nonce and nothing else is a whole answer, though it is called a page', async () => {
    const server = await roughServer((_request, response) => page(response, 'ab12cd34ef'))
    await reading([{ url: `${server.url}wp-admin/admin-ajax.php?action=rest-nonce` }], { ignoreRobots: true })
    expect(server.asked).toHaveLength(1)
  })
})

it('eight redirects are followed, and no ninth', async () => {
  const server = await roughServer((request, response) => {
    const left = Number(request.url?.slice(1))
    if (left === 0) page(response)
    else response.writeHead(302, { Location: `/${left - 1}` }).end()
  })
  expect((await capturing({ url: `${server.url}8` })).url).toBe(`${server.url}0`)
  expect((await failing({ url: `${server.url}9` })).message).toBe(
    `${server.url}9 redirects more than 8 times in a row.`,
  )
})
