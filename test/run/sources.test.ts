import { describe, expect, it } from 'vitest'
import type { Arrival, Capture } from '../../src/model/capture.js'
import { UsageError } from '../../src/model/errors.js'
import { isLive, kindOf, SOURCES, type SourceKind } from '../../src/sources/index.js'
import { type Town, town } from '../community/town.js'
import { contentOf, type Desk, desk, idsHeld, outcome, testClock } from './outside.js'

/** A source that asks nobody: pages that somebody has saved, under a name of their own. It has none of the parts of a live site. */
function shelfOf(pages: Record<string, Arrival[]>): SourceKind & { closed: number } {
  return {
    name: 'shelf',
    summary: 'saved pages',
    closed: 0,
    accepts: target => target in pages,
    open(target) {
      return {
        captures: async function* () {
          yield* pages[target] ?? []
        },
        close: async () => {
          this.closed++
        },
      }
    },
  }
}

/** As a browser saves a page. */
async function saved({ server }: Town, path: string): Promise<Capture> {
  const request = { url: new URL(path, server.url).href }
  const answer = await fetch(request.url)
  const body = new Uint8Array(await answer.arrayBuffer())
  const headers = Object.fromEntries(answer.headers)
  return { request, url: answer.url, status: answer.status, headers, body, capturedAt: NOW }
}

const NOW = new Date(testClock().now()).toISOString()
const GROUP = 'groups/fox-hollow-gardeners/'
const reading = (one: Desk, target: string, sources: SourceKind[], how = {}) => one.run(target, { sources, ...how })

describe('a source of the caller', () => {
  it('is chosen by its target, and what it yields is archived as a live answer is', async () => {
    const there = await town({ pack: 'legacy' })
    const page = await saved(there, GROUP)
    const [shelf, one] = [shelfOf({ 'box of pages': [page, page] }), desk()]
    const report = await reading(one, 'box of pages', [shelf])
    expect(outcome(report)).toMatchObject({ code: 0, state: 'done' })
    expect(report).toMatchObject({ requests: 0, bytes: page.body.length * 2 })
    expect(report.targets[0]?.groups.map(({ slug }) => slug)).toEqual(['fox-hollow-gardeners'])
    expect(report.newPosts).toBe(idsHeld(one).length)
    expect(report.newPosts).toBeGreaterThan(5)
    expect(shelf.closed).toBe(1)
    expect(one.sql('SELECT reader, wall FROM captures')).toEqual([
      { reader: 'unknown', wall: null },
      { reader: 'unknown', wall: null },
    ])
  })

  it('shows of a thread what the live site shows of it', async () => {
    const there = await town({ pack: 'legacy' })
    const live = desk()
    await live.run(new URL(GROUP, there.server.url).href, { via: 'page' })
    const urls = live.threads().map(({ url }) => new URL(url).pathname.slice(1))
    const pages = await Promise.all([`${GROUP}?acpage=1`, `${GROUP}?acpage=2`, ...urls].map(path => saved(there, path)))
    const one = desk()
    await reading(one, 'box', [shelfOf({ box: pages })])
    expect(idsHeld(one)).toEqual(idsHeld(live))
    const shown = (of: Desk) =>
      (contentOf(of, there.server.url) as object[]).map(thread => ({ ...thread, readAs: null }))
    expect(shown(one)).toEqual(shown(live))
    expect(one.threads().map(({ readAs }) => readAs)).toEqual(one.threads().map(() => null))
  })

  it('that holds a loader only is no empty group: the run says so, and ends with 3', async () => {
    const there = await town({ pack: 'nouveau' })
    const page = await saved(there, GROUP)
    const report = await reading(desk(), 'box', [shelfOf({ box: [page] })])
    expect(report.targets[0]?.problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/fox-hollow-gardeners\/ holds only a loader/),
    ])
    expect(report.targets[0]?.state).toBe('failed')
  })

  it('is not synced, and stands beside live targets in one run', async () => {
    const there = await town({ pack: 'legacy' })
    const page = await saved(there, GROUP)
    const [one, shelf] = [desk(), shelfOf({ box: [page] })]
    const url = new URL('groups/mend-and-make/', there.server.url).href
    const report = await one.run(['box', url], { sources: [shelf] })
    expect(report.targets.map(({ target, state }) => [target, state])).toEqual([
      ['box', 'done'],
      [url, 'done'],
    ])
    expect(one.standing().targets.map(target => target.url)).toEqual([url])
    expect((await one.sync({ sources: [shelf] })).targets).toHaveLength(1)
    // What was saved by whomever never proves for this reader that something is gone.
    expect(one.sql("SELECT count(*) AS n FROM posts WHERE status = 'gone'")).toEqual([{ n: 0 }])
  })

  it('tells what could not be read: a wall, a failure', async () => {
    const there = await town({ pack: 'legacy' })
    const [page, error] = [await saved(there, GROUP), new UsageError('page-2.html is empty.')]
    const strange = { ...page, body: Buffer.from('<h1>Not what you think</h1>') }
    const failure = { request: { url: new URL('groups/gone/', there.server.url).href }, error }
    const one = desk()
    const report = await reading(one, 'box', [shelfOf({ box: [strange, failure, page] })])
    expect(outcome(report)).toMatchObject({ code: 3, state: 'partial' })
    expect(report.targets[0]?.problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('could not be read'),
      'page-2.html is empty.',
    ])
    const hard = await reading(desk(), 'box', [shelfOf({ box: [strange, page] })], { failHard: true })
    expect(hard.targets[0]).toMatchObject({ stopped: 'problem', posts: 0 })
  })

  it('goes on after a kill, and brings nothing twice', async () => {
    const there = await town({ pack: 'legacy' })
    const page = await saved(there, GROUP)
    const torn = { ...shelfOf({ box: [page] }) }
    torn.open = () => ({
      captures: async function* () {
        yield page
        throw new Error('torn')
      },
      close: async () => {},
    })
    const one = desk()
    await expect(reading(one, 'box', [torn])).rejects.toThrow('torn')
    const held = idsHeld(one)
    expect(held.length).toBeGreaterThan(0)
    await one.run(new URL('groups/mend-and-make/', there.server.url).href)
    // A sync without that source leaves its target alone.
    expect((await one.sync()).targets).toHaveLength(1)
    expect(outcome(await reading(one, 'box', [shelfOf({ box: [page] })]))).toMatchObject({ code: 0 })
    expect(one.standing().targets).toHaveLength(1)
  })
})

describe('the registry', () => {
  it('is walked in order: sources of the caller come first, also for addresses', () => {
    const greedy = { ...shelfOf({}), name: 'greedy', accepts: () => true }
    expect(kindOf('https://town.example/', [greedy])?.name).toBe('greedy')
    expect(kindOf('https://town.example/')?.name).toBe('site')
    expect(kindOf('box of pages')).toBeUndefined()
  })

  it('names each source once, and one of them can be asked', () => {
    expect(new Set(SOURCES.map(({ name }) => name)).size).toBe(SOURCES.length)
    const settings = {
      userAgent: 't',
      timeoutMilliseconds: 1,
      pauseMilliseconds: [0, 0],
      retries: 0,
      ignoreRobots: false,
    } as const
    const listener = { request() {}, waiting() {}, answered() {}, ignored() {} }
    const clock = { now: () => 0, sleep: async () => {} }
    const outside = { clock, listener, signal: new AbortController().signal }
    const credentials = { cookies: [], passwords: [] }
    const live = SOURCES.filter(kind =>
      isLive(kind.open('http://town.example/', { ...settings, credentials }, outside)),
    )
    expect(live.map(({ name }) => name)).toEqual(['site'])
  })
})
