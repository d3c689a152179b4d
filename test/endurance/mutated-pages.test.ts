import { describe, expect, it } from 'vitest'
import type { Capture } from '../../src/model/capture.js'
import type { Page } from '../../src/model/page.js'
import { isMadeId } from '../../src/model/unknown-site.js'
import { parse } from '../../src/parse/index.js'
import { type Chance, chance, oneOf } from '../chance.js'
import { CASES } from '../parse/cases.js'
import { processorTime } from '../processor-time.js'
import { mutated } from './mutations.js'

/** The seed decides all of it. A long run: `MUTATED_PAGES=10000 npx vitest run test/endurance/mutated-pages.test.ts`. */
const PAGES = Number(process.env['MUTATED_PAGES'] ?? 1500)
const SEED = Number(process.env['SEED'] ?? 14)

/** A page of a few hundred kilobytes takes a hundredth of that; machines that build run other things beside. */
const MAX_MILLISECONDS = 5000

const STATUSES = [204, 206, 301, 400, 401, 403, 404, 410, 418, 429, 500, 503, 599]
const TYPES = [
  'text/html',
  'application/json',
  'text/xml',
  'text/plain',
  'image/png',
  'x',
  '',
  'text/html; charset=utf-16',
]
const CHARSETS = ['shift_jis', 'utf-7', 'iso-8859-1', 'no-such-charset', '"', 'utf-16le', 'gb18030']
const DATES = ['', 'never', 'Thu, 01 Jan 1970 00:00:00 GMT', '-1', 'Fri, 31 Feb 9999 99:99:99 GMT', '0']

function headersOf(capture: Capture, random: Chance): Record<string, string> {
  const headers = { ...capture.headers }
  if (random() < 0.3) headers['content-type'] = oneOf(TYPES, random)
  if (random() < 0.2) headers['content-type'] = `text/html; charset=${oneOf(CHARSETS, random)}`
  if (random() < 0.2) headers['date'] = oneOf(DATES, random)
  if (random() < 0.1) headers['age'] = oneOf(['-5', 'x', '99999999999999999999'], random)
  if (random() < 0.1) headers['x-wp-total'] = oneOf(['-1', 'x', '1e9', '', '0'], random)
  if (random() < 0.1)
    headers['link'] = oneOf(['<', '<>; rel=next', '<http://[>; rel="https://api.w.org/"', ','], random)
  return headers
}

function mutation(random: Chance): { name: string; given: Capture; changed: Capture } {
  const { capture, name } = oneOf(CASES, random)
  const stranger = random() < 0.5 ? capture : oneOf(CASES, random).capture
  const body = mutated(Buffer.from(capture.body), random, Buffer.from(stranger.body))
  const given = { ...capture, body: Buffer.concat([capture.body, Buffer.from('\n'), stranger.body]) }
  const changed = {
    ...capture,
    status: random() < 0.1 ? oneOf(STATUSES, random) : capture.status,
    headers: headersOf(capture, random),
    body,
  }
  return { name, given, changed }
}

/** All numbers that stand in a body or in the addresses of the request, however they are written there. */
function numbersIn({ body, request, url }: Capture): Set<string> {
  const text = `${Buffer.from(body).toString('latin1')} ${url} ${JSON.stringify(request)}`
  return new Set(text.match(/\d+/g))
}

/** What no page may say, whatever was sent. */
function faultsOf({ posts, template }: Page, numbers: Set<string>): string[] {
  // The ids of the posts of a text are made of their words; those of a forum have a mark before the number.
  const isKnown = (id: string) => (template === 'text-dump' && isMadeId(id)) || numbers.has(id.replace(/^bbp:/, ''))
  const parents = new Map(posts.map(({ id, threadId, parentId }) => [`${threadId} ${id}`, parentId ?? null]))
  return posts.flatMap(({ id, parentId, threadId }) => [
    ...[id, parentId, threadId].flatMap(one => (!one || isKnown(one) ? [] : [`post ${id}: ${one} was invented`])),
    ...(isInCircle(id, threadId, parents) ? [`post ${id} is above itself`] : []),
  ])
}

/** A post may be on a page twice, as a pinned one is; each thread is looked at by itself. */
function isInCircle(id: string, thread: string, parents: Map<string, string | null>): boolean {
  let above = parents.get(`${thread} ${id}`)
  for (let steps = 0; above && steps <= parents.size; steps++) {
    if (above === id) return true
    above = parents.get(`${thread} ${above}`)
  }
  return false
}

describe('pages that something has damaged on their way', () => {
  it(`are read without a crash, a hang, an invented post or a circle (${PAGES} of them)`, {
    timeout: 3_600_000,
  }, () => {
    const random = chance(SEED)
    const faults: string[] = []
    let [posts, slowest] = [0, 0]
    for (let at = 0; at < PAGES; at++) {
      const { name, given, changed } = mutation(random)
      const time = processorTime()
      try {
        const page = parse(changed)
        posts += page.posts.length
        faults.push(...faultsOf(page, numbersIn(given)).map(fault => `${at} ${name}: ${fault}`))
      } catch (error) {
        faults.push(`${at} ${name}: ${error instanceof Error ? error.stack : String(error)}`)
      }
      slowest = Math.max(slowest, time())
    }
    expect(faults).toEqual([])
    expect(slowest).toBeLessThan(MAX_MILLISECONDS)
    // The mutations leave most of a page, so that what is said above is not said of nothing.
    expect(posts).toBeGreaterThan(PAGES / 2)
  })
})
