import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
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
const never = new AbortController().signal

it('large pages are parsed one after the other, as small ones are', () =>
  using(async parser => {
    for (const capture of [large, captureOf(pageOf(item(1, {}))), large]) {
      const page = await parser.parse(capture, never)
      const ids = Array.from({ length: capture === large ? 2000 : 1 }, (_, at) => String(at + 1))
      expect(page?.posts.map(({ id }) => id)).toEqual(ids)
    }
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
