import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Exporter } from '../../src/export/exporter.js'
import { EXPORTERS } from '../../src/export/index.js'
import type { StoredThread } from '../../src/model/archive.js'
import { chain, keptThread, rendered } from './threads.js'

const FOLDER = new URL('../../fixtures/export/', import.meta.url)
const CASES = readdirSync(FOLDER)

/** Formats of captures, those that programs or libraries of others make, and those that are no text have tests of their own. */
const OF_THREADS = EXPORTERS.filter(
  ({ name, content, ready }) => content !== 'captures' && !ready && !['parquet', 'qdpx', 'svg'].includes(name),
)

/** `UPDATE_FIXTURES=1` (or `npm run derive`) writes what is rendered now: read the diff. */
const UPDATE = process.env['UPDATE_FIXTURES'] === '1'

/** `expected.md`; two formats may have one extension, and then are told apart by name: `expected.NAME.EXT`. */
const expectationOf = (name: string, { name: format, extension }: Exporter): URL =>
  new URL(`${name}/expected.${format === extension ? extension : `${format}.${extension}`}`, FOLDER)

it('finds the cases', () => expect(CASES.length).toBeGreaterThanOrEqual(8))

it('has no two formats of one name', () => {
  const words = EXPORTERS.flatMap(({ name, aliases = [] }) => [name, ...aliases])
  expect(new Set(words).size).toBe(words.length)
})

/** How the threads of a stream are joined: archives of exports are compared byte by byte, so that this never changes. */
const SEAMS = {
  json: { open: '[\n', between: ',\n', close: ']\n' },
  jsonl: { open: '', between: '', close: '' },
}

it.each(Object.entries(SEAMS))('joins the threads of %s as it always did', (format, { open, between, close }) => {
  const exporter = EXPORTERS.find(({ name }) => name === format) as Exporter
  const [first, second] = [chain(1), chain(3)]
  const alone = (thread: StoredThread) => {
    const text = rendered(exporter, thread)
    return text.slice(open.length, text.length - close.length)
  }
  expect(rendered(exporter, first, second)).toBe(open + alone(first) + between + alone(second) + close)
  expect(rendered(exporter)).toBe(open + close)
})

describe.each(CASES)('%s', name => {
  const thread = () => keptThread(JSON.parse(readFileSync(new URL(`${name}/thread.json`, FOLDER), 'utf8')))

  it.each(OF_THREADS)('as $name', exporter => {
    const expected = expectationOf(name, exporter)
    const text = rendered(exporter, thread())
    if (UPDATE) writeFileSync(expected, text)
    expect(text).toBe(readFileSync(expected, 'utf8'))
  })

  it.each(OF_THREADS)('as a stream of $name, twice the same bytes', exporter => {
    const stream = () => rendered(exporter, thread(), thread())
    expect(stream()).toBe(stream())
    const alone = rendered(exporter, thread())
    // A network counts both threads, whose nodes are the same.
    if (exporter.options?.['relation']) expect(stream()).not.toBe(alone)
    else expect(stream().length).toBeGreaterThan(alone.length)
  })
})
