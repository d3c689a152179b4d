import { describe, expect, it } from 'vitest'
import { Pace } from '../../../src/sources/site/pace.js'
import { fakeClock, page, type Reading, reading, roughServer, routes } from './rough-server.js'

const GAP = 1000
const quiet = new AbortController().signal

describe('the pace', () => {
  it('counts from the end of one request to the start of the next', async () => {
    const clock = fakeClock()
    const pace = new Pace([GAP, GAP], clock)
    await pace.waitForNext(quiet)
    expect(clock.slept).toEqual([])
    await clock.sleep(300, quiet)
    pace.ended()
    await clock.sleep(400, quiet)
    await pace.waitForNext(quiet)
    expect(clock.slept).toEqual([300, 400, 600])
  })

  it('asks the clock again when a timer ended early', async () => {
    const clock = fakeClock()
    const early = {
      ...clock,
      sleep: (milliseconds: number, signal: AbortSignal) => clock.sleep(Math.ceil(milliseconds / 2), signal),
    }
    const pace = new Pace([GAP, GAP], early)
    pace.ended()
    const start = clock.now()
    await pace.waitForNext(quiet)
    expect(clock.now() - start).toBeGreaterThanOrEqual(GAP)
  })

  it('never waits longer than the gap, even if the clock was set back by a day', async () => {
    let now = 100_000_000
    const waits: number[] = []
    const sleep = async (milliseconds: number) => {
      waits.push(milliseconds)
      now += milliseconds
    }
    const pace = new Pace([GAP, GAP], { now: () => now, sleep })
    pace.ended()
    now -= 86_400_000
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 0)
    await pace.waitForNext(AbortSignal.any([stop.signal, AbortSignal.timeout(1000)]))
    expect(Math.max(...waits)).toBeLessThanOrEqual(GAP)
  })

  it('draws each pause out of a range', async () => {
    const clock = fakeClock()
    const drawn = [0, 0.5, 0.99]
    const pace = new Pace([1000, 3000], clock, () => drawn.shift() ?? 0)
    for (let turn = 0; turn < 3; turn++) {
      await pace.waitForNext(quiet)
      pace.ended()
    }
    // The first of the numbers is for a pause that nothing is before.
    expect(clock.slept).toEqual([2000, 2980])
  })

  it('slows down with the server, and is quick again when the server is', async () => {
    const clock = fakeClock()
    const pace = new Pace([GAP, GAP], clock)
    const pauses: number[] = []
    for (const took of [100, 8000, 8000, 8000, 100, 100]) {
      const from = clock.slept.length
      await pace.waitForNext(quiet)
      pauses.push(clock.slept.slice(from).reduce((sum, one) => sum + one, 0))
      await clock.sleep(took, quiet)
      pace.ended()
    }
    expect(pauses).toEqual([0, GAP, 4000, 6000, 7000, GAP])
  })

  it('is twice as slow after "too many requests", a minute at the most', async () => {
    const clock = fakeClock()
    const pace = new Pace([GAP, GAP], clock)
    pace.ended()
    pace.slowDown()
    await pace.waitForNext(quiet)
    expect(clock.slept).toEqual([2 * GAP])
    for (let more = 0; more < 9; more++) pace.slowDown()
    pace.ended()
    await pace.waitForNext(quiet)
    expect(clock.slept.at(-1)).toBe(60_000)
  })

  it('gets slower on request, never quicker', async () => {
    const clock = fakeClock()
    const pace = new Pace([GAP, GAP], clock)
    pace.ended()
    pace.atLeast(5000)
    pace.atLeast(10)
    await pace.waitForNext(quiet)
    expect(clock.slept).toEqual([5000])
  })
})

describe('a server that is slow', () => {
  const pauseAfter = async (took: number) => {
    const clock = fakeClock()
    const pace = new Pace([GAP, GAP], clock)
    for (let turn = 0; turn < 9; turn++) {
      await pace.waitForNext(quiet)
      await clock.sleep(took, quiet)
      pace.ended()
    }
    const from = clock.now()
    await pace.waitForNext(quiet)
    return clock.now() - from
  }

  it('is one that takes more than a second', async () => {
    expect([await pauseAfter(1000), await pauseAfter(4000)]).toEqual([GAP, expect.closeTo(4000, -2)])
  })

  it('is left alone for a minute between two requests, and no more', async () => {
    expect(await pauseAfter(300_000)).toBe(60_000)
  })
})

const nonces = (value: string) =>
  `<!doctype html><html><script>var BP_Nouveau = {"nonces":{"activity":"${value}"}};</script></html>`

/** A site on which one reading meets robots.txt, redirects, retries and a nonce that has to be fetched anew. */
async function bumpySite(options: Reading) {
  let failures = 2
  let fresh = '0123456789'
  const clock = options.clock ?? fakeClock()
  const server = await roughServer(
    routes({
      '/robots.txt': (_request, response) => void response.end('User-agent: *\nDisallow: /secret/\n'),
      '/a/': (_request, response) => void response.writeHead(302, { Location: '/b/' }).end(),
      '/b/': (_request, response) => void response.writeHead(301, { Location: '/c/' }).end(),
      '/c/': (_request, response) => {
        if (failures-- > 0) response.writeHead(503, { 'Retry-After': '2' }).end('<html>later</html>')
        else page(response)
      },
      '/group/': (_request, response) => page(response, nonces(fresh)),
      '/ajax': (request, response) => {
        const good = request.form.get('nonce') === 'abcdefabcd'
        fresh = 'abcdefabcd'
        response.setHeader('Content-Type', 'application/json')
        response.end(good ? '{"success":true,"data":{"contents":""}}' : '{"success":false}')
      },
    }),
    clock,
  )
  const ajax = {
    url: `${server.url}ajax`,
    form: { action: 'activity_filter' },
    nonce: 'activity',
    referer: `${server.url}group/`,
  } as const
  await reading([{ url: `${server.url}a/` }, ajax, { url: `${server.url}c/` }], { ...options, clock })
  return server
}

const PATHS = ['/robots.txt', '/a/', '/b/', '/c/', '/c/', '/c/', '/group/', '/ajax', '/group/', '/ajax', '/c/']

/** The second look for a nonce has a query that no cache has. */
const withoutLook = (path: string) => path.replace(/\?threadkeep=[\d.]+$/, '')

describe('no request is sent sooner than the gap after the end of the one before', () => {
  it('by a clock that stands still, robots.txt, redirects, retries and nonces included', async () => {
    const server = await bumpySite({ pauseMilliseconds: [GAP, GAP] })
    expect(server.paths().map(withoutLook)).toEqual(PATHS)
    const gaps = server.asked.slice(1).map((one, at) => one.start - (server.asked[at]?.end ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(GAP)
    // Retry-After asks for more than the gap.
    expect(gaps[3]).toBeGreaterThanOrEqual(2000)
  })

  it("by the server's log and a real clock", async () => {
    const sleep = (milliseconds: number) =>
      new Promise<void>(resolve => setTimeout(resolve, Math.min(milliseconds, 40)))
    const clock = { now: () => performance.now(), sleep }
    const server = await bumpySite({ pauseMilliseconds: [40, 40], clock })
    expect(server.paths().map(withoutLook)).toEqual(PATHS)
    const gaps = server.asked.slice(1).map((one, at) => one.start - (server.asked[at]?.start ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(40)
  })

  it('Crawl-delay slows down from the first request on, within reason', async () => {
    for (const [delay, gap] of [
      ['7', 7000],
      ['86400', 60_000],
      ['0.1', GAP],
    ] as const) {
      const clock = fakeClock()
      const server = await roughServer(
        routes({
          '/robots.txt': (_request, response) => void response.end(`User-agent: *\nCrawl-delay: ${delay}\n`),
          '/': (_request, response) => page(response),
        }),
        clock,
      )
      await reading([{ url: server.url }, { url: server.url }], { clock, pauseMilliseconds: [GAP, GAP] })
      const [robots, first, second] = server.asked.map(one => one.start)
      expect([(first ?? 0) - (robots ?? 0), (second ?? 0) - (first ?? 0)]).toEqual([gap, gap])
    }
  })
})
