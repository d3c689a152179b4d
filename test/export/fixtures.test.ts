import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { EXPORTERS, renderStream } from '../../src/export/index.js'
import { keptThread } from './threads.js'

const FOLDER = new URL('../../fixtures/export/', import.meta.url)
const CASES = readdirSync(FOLDER)

/** Set it to write what is rendered now, then read the diff. */
const UPDATE = process.env['UPDATE_FIXTURES'] === '1'

it('finds the cases', () => expect(CASES.length).toBeGreaterThanOrEqual(8))

describe.each(CASES)('%s', name => {
  const thread = () => keptThread(JSON.parse(readFileSync(new URL(`${name}/thread.json`, FOLDER), 'utf8')))

  it.each(EXPORTERS)('as $name', exporter => {
    const expected = new URL(`${name}/expected.${exporter.extension}`, FOLDER)
    const rendered = exporter.thread(thread())
    if (UPDATE) writeFileSync(expected, rendered)
    expect(rendered).toBe(readFileSync(expected, 'utf8'))
  })

  it.each(EXPORTERS)('as a stream of $name, twice the same bytes', exporter => {
    const stream = () => [...renderStream(exporter, [thread(), thread()])].join('')
    const once = exporter.thread(thread())
    expect(stream()).toBe(exporter.open + once + exporter.between + once + exporter.close)
    expect(stream()).toBe(stream())
  })
})
