import { rmSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { town } from '../community/town.js'
import { contentOf, desk, idsHeld } from './outside.js'

const groups = (url: string) => ['fox-hollow-gardeners', 'mend-and-make'].map(slug => `${url}groups/${slug}/`)

async function calm(url: string, targets: string[]) {
  const one = desk()
  await one.run(targets)
  return contentOf(one, url)
}

describe('--max-requests', () => {
  it.each([1, 2, 3, 5, 8])('%i: not one more, and the same command goes on until all is read', async maxRequests => {
    const { server } = await town()
    const targets = [server.url]
    const expected = await calm(server.url, targets)
    const one = desk()
    let limit = maxRequests
    for (let runs = 0; ; runs++) {
      const report = await one.run(targets, { maxRequests: limit })
      if (report.stopped === null) break
      expect([report.exitCode, report.stopped, report.requests]).toEqual([3, 'max-requests', limit])
      expect(report.targets[0]?.problems).toEqual([])
      if (runs > 100) throw new Error('it never ends')
      // robots.txt is asked for by each run, and the nonce.
      limit = Math.max(maxRequests, 5)
    }
    expect(contentOf(one, server.url)).toEqual(expected)
  })

  it('a limit that is never reached is not told of', async () => {
    const { server } = await town()
    expect(await desk().run(server.url, { maxRequests: 1000 })).toMatchObject({ exitCode: 0, stopped: null })
  })

  it('several targets: those that are read are not read again until all are', async () => {
    const { server } = await town({ pack: 'legacy' })
    const targets = groups(server.url)
    const one = desk()
    const asked: number[] = []
    const skipped: string[] = []
    for (let report = await one.run(targets, { maxRequests: 3 }); report.stopped; ) {
      if (asked.push(report.requests) > 50) throw new Error('it never ends')
      report = await one.run(targets, { maxRequests: 3 })
      expect(report.seriesStartedAt < report.startedAt).toBe(true)
      skipped.push(...report.targets.flatMap(({ notes }) => notes.map(({ message }) => message)))
    }
    expect(skipped[0]).toMatch(/was read at 2026-.* before this command was stopped/)
    expect(contentOf(one, server.url)).toEqual(await calm(server.url, targets))
    // Then it begins anew.
    const again = await one.run(targets)
    expect([again.exitCode, again.seriesStartedAt === again.startedAt, again.newPosts]).toEqual([0, true, 0])
    expect(again.posts).toBeGreaterThanOrEqual(idsHeld(one).length)
  })
})

describe('--time-limit', () => {
  const clock = { now: Date.now, sleep: (ms: number, signal: AbortSignal) => sleeping(ms, signal) }
  it('ends the run after the page under way; a long wait is cut short', async () => {
    const { server } = await town({
      intercept: (request, response) => {
        if (request.path === '/robots.txt') return false
        response.writeHead(503, { 'Retry-After': '300' }).end()
        return true
      },
    })
    const report = await desk().run(server.url, { timeLimitSeconds: 1.5, clock })
    expect([report.exitCode, report.stopped, report.targets[0]?.state]).toEqual([3, 'time-limit', 'interrupted'])
    expect(report.requests).toBe(2)
  })
})

function sleeping(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

describe('--fail-hard', () => {
  it('ends with the first problem; without it the rest is read', async () => {
    const { server } = await town({
      pack: 'legacy',
      intercept: (request, response) => {
        if (!request.path.includes('/groups/fox-hollow-gardeners')) return false
        response.writeHead(500, { 'content-type': 'text/html' }).end('<html>broken</html>')
        return true
      },
    })
    const [broken = '', whole = ''] = groups(server.url)
    const soft = await desk().run([broken, whole])
    expect([soft.exitCode, soft.stopped, soft.targets.map(({ state }) => state)]).toEqual([3, null, ['failed', 'done']])
    const hard = await desk().run([broken, whole], { failHard: true })
    expect([hard.exitCode, hard.stopped, hard.targets.map(({ state }) => state)]).toEqual([
      3,
      'problem',
      ['interrupted'],
    ])
  })
})

describe('--hosts', () => {
  it('--fail-hard ends all of them', async () => {
    const broken = await town({
      intercept: (request, response) => {
        if (request.path === '/robots.txt') return false
        response.writeHead(404, { 'content-type': 'text/html' }).end('<html></html>')
        return true
      },
    })
    const whole = await town({ pack: 'legacy' })
    const one = desk()
    const report = await one.run([broken.server.url, whole.server.url], { hosts: 2, failHard: true })
    expect([report.stopped, report.targets.map(({ stopped }) => stopped)]).toEqual(['problem', ['problem', 'problem']])
  })

  it('an archive that can no longer be written ends all of them, and nobody is asked after that', async () => {
    const towns = await Promise.all([town({ pack: 'legacy' }), town({ pack: 'legacy' })])
    const one = desk()
    const reporter = { saved: () => rmSync(one.file, { force: true }) }
    const urls = towns.map(({ server }) => server.url)
    await expect(one.run(urls, { hosts: 2, reporter })).rejects.toThrow(/moved or removed/)
    const asked = towns.map(({ server }) => server.requests.length)
    await new Promise(resolve => setTimeout(resolve, 200))
    expect(towns.map(({ server }) => server.requests.length)).toEqual(asked)
  })

  it('asks several hosts at once, and one host never twice at once', async () => {
    const towns = await Promise.all([town(), town(), town()])
    let running = 0
    let most = 0
    const hosts = new Set<string>()
    const reporter = {
      request: (url: string) => {
        expect(hosts.has(new URL(url).host)).toBe(false)
        hosts.add(new URL(url).host)
        most = Math.max(most, ++running)
      },
      answered: (url: string) => {
        hosts.delete(new URL(url).host)
        running--
      },
    }
    const one = desk()
    const urls = towns.map(({ server }) => server.url)
    const report = await one.run([...urls, ...urls.flatMap(groups)], { hosts: 3, reporter })
    expect([report.exitCode, report.targets.map(({ target }) => target)]).toEqual([
      0,
      [...urls, ...urls.flatMap(groups)],
    ])
    expect(most).toBe(3)
    expect(one.threads()).toHaveLength(3 * ((await readAlone(urls[0] ?? '')) ?? 0))
  })
})

async function readAlone(url: string): Promise<number> {
  const one = desk()
  await one.run(url)
  return one.threads().length
}

describe('the visitor card', () => {
  it('tells the mean pace to a host, and the longest wait', async () => {
    let failed = false
    const { server } = await town({
      intercept: (request, response) => {
        if (failed || request.path === '/robots.txt') return false
        failed = true
        response.writeHead(429, { 'Retry-After': '30' }).end()
        return true
      },
    })
    const report = await desk().run(server.url, { sleepSeconds: [2, 2] })
    expect(report.visit.longestWaitSeconds).toBe(30)
    // Twice as slow since it was told that it is too quick.
    expect(report.visit.meanSecondsBetweenRequests).toBeGreaterThan(4)
    expect(report.visit.meanSecondsBetweenRequests).toBeLessThan(8)
  })
})

describe('the archive', () => {
  it('knows what is missing, and why', async () => {
    const { server } = await town({
      pack: 'legacy',
      intercept: (request, response) => {
        if (!request.query.has('acpage')) return false
        response.writeHead(500, { 'content-type': 'text/html' }).end('<html>broken</html>')
        return true
      },
    })
    const one = desk()
    const [url = ''] = groups(server.url)
    expect((await one.run(url)).exitCode).toBe(3)
    const [target] = one.standing().targets
    expect(target).toMatchObject({ url, reader: 'visitor', finishedAt: null, pending: 11 })
    // The page that failed, and the ten behind it that were tried in its place.
    const urls = Array.from({ length: 11 }, (_, at) => `${url}?acpage=${at + 2}`)
    const why = { reason: expect.stringContaining('HTTP 500'), again: true, since: expect.any(String) }
    expect(target?.gaps).toEqual(urls.map(missing => ({ url: missing, ...why })))
  })
})

describe('manners', () => {
  it('--contact stands in the User-Agent, and nothing of the reader without it', async () => {
    const { server } = await town({ pack: 'legacy' })
    const [url = ''] = groups(server.url)
    await desk().run(url, { contact: 'me@example.org' })
    const agents = new Set(server.requests.map(({ headers }) => headers['user-agent']))
    expect([...agents]).toEqual(['threadkeep/0.0.0 (archives group discussions; a person started it; +me@example.org)'])
    server.requests.length = 0
    await desk().run(url)
    expect(server.requests[0]?.headers['user-agent']).toBe(
      'threadkeep/0.0.0 (archives group discussions; a person started it)',
    )
  })

  it('--user-agent and --proxy are used for all requests, and the report says so', async () => {
    const { server } = await town({ pack: 'legacy' })
    const [url = ''] = groups(server.url)
    const report = await desk().run(url, { userAgent: 'Mozilla/5.0 (test)', proxy: server.url })
    expect(new Set(server.requests.map(({ headers }) => headers['user-agent']))).toEqual(
      new Set(['Mozilla/5.0 (test)']),
    )
    expect(report.targets[0]?.notes.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        'Requests were made as "Mozilla/5.0 (test)", not under the name of threadkeep.',
        `Read through the proxy ${server.url}.`,
      ]),
    )
  })

  it('--ignore-robots tells what was ignored, once for each rule', async () => {
    const { server } = await town({
      pack: 'legacy',
      intercept: (request, response) => {
        if (request.path !== '/robots.txt') return false
        response.end('User-agent: *\nDisallow: /groups/\nCrawl-delay: 10\n')
        return true
      },
    })
    const [url = ''] = groups(server.url)
    expect((await desk().run(url)).exitCode).toBe(8)
    const report = await desk().run(url, { ignoreRobots: true })
    expect([report.exitCode, report.visit.longestWaitSeconds]).toEqual([0, 0])
    expect(report.targets[0]?.notes.map(({ message }) => message)).toEqual([
      `robots.txt was ignored, as you wished, for ${url}: it asks for 10 seconds between two requests.`,
      expect.stringMatching(
        /^robots\.txt was ignored, as you wished, for .* and \d+ more: it asks programs not to read it\.$/,
      ),
    ])
  })

  it('a redirect to another host, or into a private network, is followed by nobody', async () => {
    for (const location of [
      'http://127.0.0.1:9/',
      'http://10.0.0.7/groups/',
      'http://localhost/',
      'http://[::1]/',
      'file:///etc/passwd',
    ]) {
      const { server } = await town({
        intercept: (request, response) => {
          if (!request.path.startsWith('/groups/')) return false
          response.writeHead(302, { Location: location }).end()
          return true
        },
      })
      const report = await desk().run(groups(server.url)[0] ?? '')
      expect([location, report.exitCode, server.requests.length]).toEqual([location, 3, 2])
      expect(report.targets[0]?.problems[0]?.message).toMatch(
        /redirects to (another site|".*", which is not a web address)/,
      )
    }
  })
})
