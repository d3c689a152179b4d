import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { isFailure } from '../../../src/model/capture.js'
import { NetworkError } from '../../../src/model/errors.js'
import { adviceFor, failureReason } from '../../../src/sources/site/failures.js'
import { backoff, retryAfter } from '../../../src/sources/site/retry.js'
import {
  capturing,
  failing,
  fakeClock,
  type Handler,
  PAGE,
  page,
  reading,
  roughServerBeyondRobots as roughServer,
} from './rough-server.js'

const NO_PAUSE = [0, 0] as const
const LONG_PAUSE = [60_000, 60_000] as const
const HTML = { 'Content-Type': 'text/html; charset=UTF-8' }
const JSON_TYPE = { 'Content-Type': 'application/json' }
const sized = (body: string) => ({ ...HTML, 'Content-Length': String(Buffer.byteLength(body)) })

/** What comes instead of an answer, and what the user is told. */
const FAULTS: Record<string, [Handler, RegExp]> = {
  reset: [(request, _response) => void request.socket.resetAndDestroy(), /the connection (was reset|was lost)/],
  truncated: [
    (_request, response) => {
      response.writeHead(200, sized(PAGE))
      response.write(PAGE.slice(0, 20), () => response.destroy())
    },
    /the connection (was reset|was lost)/,
  ],
  'wrong length': [
    (_request, response) => {
      response.writeHead(200, { ...HTML, 'Content-Length': String(PAGE.length + 50) })
      response.write(PAGE, () => response.destroy())
    },
    /the connection (was reset|was lost)/,
  ],
  'half JSON': [
    (_request, response) => void response.writeHead(200, JSON_TYPE).end('{"success":true,"da'),
    /the JSON is cut off/,
  ],
  'half JSON called a page': [
    (_request, response) => void response.writeHead(200, HTML).end('{"contents":"<li'),
    /the JSON is cut off/,
  ],
  'half a page': [
    // Neither a length nor a last chunk: the connection may have been lost.
    (request, response) =>
      unframed(() => `<!doctype html><html>${'x'.repeat(50 + Math.floor(Math.random() * 9000))}`)(request, response),
    /the page is cut off/,
  ],
  'a page that ends inside a tag': [
    (_request, response) => void response.writeHead(200, HTML).end('<!doctype html><html><ul><li id="activity-1" cla'),
    /the page is cut off/,
  ],
  'gzip garbage': [
    (_request, response) => void response.writeHead(200, { ...HTML, 'Content-Encoding': 'gzip' }).end('no gzip at all'),
    /cannot be decompressed/,
  ],
  'half a gzip': [
    (_request, response) =>
      void response
        .writeHead(200, { ...HTML, 'Content-Encoding': 'gzip' })
        .end(gzipSync(PAGE.repeat(40)).subarray(0, 60)),
    /(is cut off|cannot be decompressed)/,
  ],
  'an empty body': [(_request, response) => void response.writeHead(200, HTML).end(), /the response is empty/],
  silence: [() => {}, /no response within the time limit/],
}

const without = { ignoreRobots: true, timeoutMilliseconds: 300 }

describe.each(Object.entries(FAULTS))('%s', (_name, [fault, words]) => {
  it('is asked again, and passes', async () => {
    let left = 2
    const server = await roughServer((request, response) => (left-- > 0 ? fault(request, response) : page(response)))
    const heard: string[] = []
    const capture = await capturing({ url: server.url }, { ...without, heard })
    expect(Buffer.from(capture.body).toString()).toBe(PAGE)
    expect(server.asked).toHaveLength(3)
    expect(heard.filter(text => text.startsWith('waiting'))).toHaveLength(2)
  })

  it('is given up in the end, with a reason and an advice', async () => {
    const server = await roughServer(fault)
    const error = await failing({ url: `${server.url}groups/x/` }, { ...without, retries: 1 })
    expect(error).toBeInstanceOf(NetworkError)
    expect(error).toMatchObject({ exitCode: 3, advice: expect.stringContaining('continues where this run stopped') })
    expect(error.message).toMatch(words)
    expect(error.message).toContain(`${server.url}groups/x/ could not be read (tried 2 times)`)
    expect(server.asked).toHaveLength(2)
  })
})

describe('an answer that is too slow', () => {
  it.each<[Error, string]>([
    [Object.assign(new Error(), { code: 'UND_ERR_HEADERS_TIMEOUT' }), 'there was no response within the time limit'],
    [Object.assign(new Error(), { code: 'UND_ERR_BODY_TIMEOUT' }), 'the response stopped half-way'],
    [new DOMException('aborted', 'TimeoutError'), 'the response took more than five times the time limit'],
  ])('leads to the option that allows more time: %s', (error, words) => {
    expect(failureReason(error)).toBe(words)
    expect(adviceFor(error)).toContain('continues where this run stopped. If the site is always as slow')
    expect(adviceFor(error)).toContain('--timeout 300')
  })
})

describe('an answer that says "not now"', () => {
  it.each([408, 425, 429, 500, 502, 503, 504])('%i is asked again, and passes', async status => {
    let left = 3
    const server = await roughServer((_request, response) =>
      left-- > 0 ? void response.writeHead(status, HTML).end('<html>no') : page(response),
    )
    expect((await capturing({ url: server.url }, without)).status).toBe(200)
    expect(server.asked).toHaveLength(4)
  })

  it('comes through as it is once it has come too often, for the run to judge', async () => {
    const server = await roughServer(
      (_request, response) => void response.writeHead(503, HTML).end('<html>down</html>'),
    )
    const capture = await capturing({ url: server.url }, { ...without, retries: 2 })
    expect([capture.status, server.asked.length]).toEqual([503, 3])
  })

  it.each([400, 401, 403, 404, 410])('%i is final', async status => {
    const server = await roughServer((_request, response) => void response.writeHead(status, HTML).end('<html>no'))
    expect((await capturing({ url: server.url }, without)).status).toBe(status)
    expect(server.asked).toHaveLength(1)
  })
})

describe('how long is waited', () => {
  const now = Date.UTC(2026, 0, 1, 12)

  it('Retry-After: seconds, or a date by the clock of the server', () => {
    expect(retryAfter({ 'retry-after': '120' }, now)).toBe(120_000)
    expect(retryAfter({ 'retry-after': ' 3 ' }, now)).toBe(3000)
    expect(retryAfter({ 'retry-after': 'Thu, 01 Jan 2026 12:00:30 GMT' }, now)).toBe(30_000)
    const skewed = { date: 'Thu, 01 Jan 2026 13:00:00 GMT', 'retry-after': 'Thu, 01 Jan 2026 13:00:05 GMT' }
    expect(retryAfter(skewed, now)).toBe(5000)
    expect(retryAfter({ 'retry-after': 'Thu, 01 Jan 2026 11:00:00 GMT' }, now)).toBe(0)
    expect(retryAfter({ 'retry-after': 'soon' }, now)).toBeNull()
    expect(retryAfter({}, now)).toBeNull()
  })

  it('without it, twice as long each time and up to half as much again, a minute at most', () => {
    expect([0, 1, 2, 3, 4].map(attempt => backoff(attempt, 0))).toEqual([1000, 2000, 4000, 8000, 16_000])
    expect(backoff(1, 1)).toBe(3000)
    expect(backoff(30, 0)).toBe(60_000)
  })

  it('is as the site says', async () => {
    let left = 2
    const clock = fakeClock()
    const server = await roughServer((_request, response) =>
      left-- > 0 ? void response.writeHead(429, { ...HTML, 'Retry-After': '17' }).end('<html>') : page(response),
    )
    const heard: string[] = []
    await capturing({ url: server.url }, { ...without, clock, heard })
    expect(clock.slept).toEqual([17_000, 17_000])
    expect(heard).toContain(`waiting 17000 ${server.url}: HTTP 429`)
  })

  it('a site that asks for an hour is not waited for', async () => {
    const clock = fakeClock()
    const server = await roughServer(
      (_request, response) => void response.writeHead(503, { 'Retry-After': '3600' }).end(),
    )
    expect((await capturing({ url: server.url }, { ...without, clock })).status).toBe(503)
    expect([clock.slept, server.asked.length]).toEqual([[], 1])
  })
})

/** An answer that ends with its connection: nothing shows whether the connection was lost. */
const unframed =
  (body: () => string): Handler =>
  ({ socket }) =>
    void socket.end(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n${body()}`)

describe('a theme that never closes its html', () => {
  const OPEN = '<!doctype html><html><body><p>Hello'

  it.each(['by its length', 'by a last chunk'])('is whole where HTTP shows the end %s', async how => {
    const server = await roughServer((_request, response) =>
      page(response, OPEN, how.includes('length') ? sized(OPEN) : {}),
    )
    expect(Buffer.from((await capturing({ url: server.url }, without)).body).toString()).toBe(OPEN)
    expect(server.asked).toHaveLength(1)
  })

  it('is accepted, where HTTP does not show the end, once it has come three times in the same length', async () => {
    const server = await roughServer(unframed(() => OPEN))
    expect((await capturing({ url: server.url }, without)).status).toBe(200)
    expect(server.asked).toHaveLength(3)
  })

  it('which pieces of a page are not: they differ in length', async () => {
    let count = 0
    const server = await roughServer(unframed(() => `<!doctype html><html>${'x'.repeat(++count)}`))
    expect((await failing({ url: server.url }, without)).message).toContain('the page is cut off')
  })
})

describe('half a page that HTTP calls whole', () => {
  const HALF = PAGE.slice(0, PAGE.indexOf('</'))

  /** Answers with these bodies, one after the other, each with its length. */
  const sending = (...bodies: string[]) =>
    roughServer((_request, response) => {
      const body = bodies.shift() ?? PAGE
      page(response, body, sized(body))
    })
  const bodiesOf = async (url: string) => {
    const arrivals = await reading([{ url: `${url}first` }, { url: `${url}second` }], without)
    return arrivals.map(one => (isFailure(one) ? one.error.message : Buffer.from(one.body).toString()))
  }

  it('is asked for again at once, where another page of the site closed its html', async () => {
    const server = await sending(PAGE, HALF, PAGE)
    expect(await bodiesOf(server.url)).toEqual([PAGE, PAGE])
    expect(server.paths()).toEqual(['/first', '/second', '/second'])
  })

  it('is what the site has, if it comes again', async () => {
    const server = await sending(PAGE, HALF, HALF)
    expect(await bodiesOf(server.url)).toEqual([PAGE, HALF])
  })
})

describe('Ctrl-C', () => {
  it.each(['a retry', 'the pace'])('while waiting for %s ends quietly, and at once', async what => {
    const stop = new AbortController()
    const server = await roughServer((_request, response) =>
      what === 'a retry' ? void response.writeHead(503).end() : page(response),
    )
    const slept: number[] = []
    const sleep = async (milliseconds: number, signal: AbortSignal) => {
      slept.push(milliseconds)
      expect(signal.aborted).toBe(false)
      stop.abort()
    }
    const requests = [{ url: server.url }, { url: server.url }, { url: server.url }]
    const options = { ...without, pauseMilliseconds: what === 'a retry' ? NO_PAUSE : LONG_PAUSE, signal: stop.signal }
    const arrivals = await reading(requests, { ...options, clock: { now: () => 0, sleep } })
    expect(arrivals.filter(isFailure)).toEqual([])
    // The pause is between robots.txt and the first page.
    expect([slept.length, server.asked.length]).toEqual([1, what === 'a retry' ? 1 : 0])
  })

  it('during a request that fails is no failure of the request', async () => {
    const stop = new AbortController()
    const server = await roughServer(request => {
      stop.abort()
      request.socket.resetAndDestroy()
    })
    expect(await reading([{ url: server.url }], { ...without, retries: 0, signal: stop.signal })).toEqual([])
  })

  it('lets the answer that is under way arrive', async () => {
    const stop = new AbortController()
    const server = await roughServer((_request, response) => {
      stop.abort()
      page(response)
    })
    expect(await reading([{ url: server.url }, { url: server.url }], { ...without, signal: stop.signal })).toHaveLength(
      1,
    )
  })
})
