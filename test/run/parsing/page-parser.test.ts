import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import type { Capture } from '../../../src/model/capture.js'
import { parse } from '../../../src/parse/index.js'
import type { PageParser } from '../../../src/run/parsing/page-parser.js'
import { captureOf, item, pageOf } from '../../parse/markup.js'

/** As built, because only then there is a file for the thread. */
const BUILT = pathToFileURL(resolve(import.meta.dirname, '../../../dist/run/parsing/page-parser.js')).href

async function using<Result>(work: (parser: PageParser) => Promise<Result>): Promise<Result> {
  const built = (await import(BUILT)) as { PageParser: new () => PageParser }
  const parser = new built.PageParser()
  try {
    return await work(parser)
  } finally {
    await parser.close()
  }
}

const large = captureOf(pageOf(Array.from({ length: 2000 }, (_, at) => item(at + 1, {})).join('')))
const hostile = captureOf(pageOf(item(1, { body: '<p>x</p>'.repeat(250_000) }).replace('activity-inner', 'x')))
const URL_OF_LIST = 'https://town.example/wp-json/buddypress/v1/activity?page=1&display_comments=threaded'
/** An object of the API; an object of its own for each author and date arrives from the other thread. */
const activity = (id: number, comments: object[]) => ({
  ...{ id, user_id: 1 + (id % 3), type: id === 1 ? 'activity_update' : 'activity_comment', component: 'activity' },
  ...{ content: { rendered: `<p>${id} ${'x'.repeat(500)}</p>` }, date: `2026-01-0${1 + (id % 2)}T00:00:00`, comments },
  ...{ primary_item_id: 1, secondary_item_id: id === 1 ? 0 : 1 + (id % 2) },
})
const thread = activity(
  1,
  Array.from({ length: 4000 }, (_, at) => activity(at + 2, [])),
)
const hugeAnswer = (): Capture => ({
  ...{ request: { url: URL_OF_LIST }, url: URL_OF_LIST, status: 200, headers: {} },
  ...{ body: new TextEncoder().encode(JSON.stringify([thread])), capturedAt: '2026-01-02T00:00:00.000Z' },
})
const never = new AbortController().signal

it('large pages are parsed one after the other, as small ones are', () =>
  using(async parser => {
    for (const capture of [large, captureOf(pageOf(item(1, {}))), large]) {
      const page = await parser.parse(capture, never)
      const ids = Array.from({ length: capture === large ? 2000 : 1 }, (_, at) => String(at + 1))
      expect(page?.posts.map(({ id }) => id)).toEqual(ids)
    }
  }))

it('an answer with thousands of replies arrives as it is read in this thread, its authors once each', () =>
  using(async parser => {
    const [capture, given] = [hugeAnswer(), hugeAnswer()]
    const read = parse(hugeAnswer())
    const page = await parser.parse(capture, never)
    expect(page).toEqual(read)
    expect(page?.posts.length).toBe(4001)
    expect(new Set(page?.posts.map(({ author }) => author)).size).toBe(3)
    expect(Buffer.compare(capture.body, hugeAnswer().body)).toBe(0)
    // Both threads read the same memory.
    expect(capture.body.buffer).toBeInstanceOf(SharedArrayBuffer)
    // What the caller does not keep is not copied.
    expect(await parser.parseAndEmpty(given, never)).toEqual(read)
    expect(given.body.length).toBe(0)
  }))

it('a page that takes long is given up on a signal, and the next one is read', () =>
  using(async parser => {
    const stop = new AbortController()
    const parsing = parser.parse(hostile, stop.signal)
    stop.abort()
    expect(await parsing).toBeNull()
    expect((await parser.parse(large, never))?.posts.length).toBe(2000)
  }))

it('a page over a bound is a wall that says so', () =>
  using(async parser => {
    const page = await parser.parse(captureOf(pageOf(item(1, { body: '<b>'.repeat(700_000) }))), never)
    expect(page?.wall).toEqual({ kind: 'error', seen: 'markup of more than 600000 elements and attributes' })
  }))
