import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { PARSERS, parse } from '../../src/parse/index.js'
import { CASES } from './cases.js'
import { projectionOf, written } from './projection.js'

/** Set it to write what is read now, then read the diff: an expectation is what is true, not what is printed. */
const UPDATE = process.env['UPDATE_FIXTURES'] === '1'

it('finds the cases', () => expect(CASES.length).toBeGreaterThanOrEqual(130))

describe.each(CASES)('$name', ({ parser, capture, expectation }) => {
  it('goes to its parser', () => {
    expect(PARSERS.find(one => one.accepts(capture))?.name).toBe(parser)
  })

  it('means what is expected', () => {
    const seen = written(projectionOf(parse(capture)))
    if (UPDATE) writeFileSync(expectation, seen)
    // Told apart from an empty one, and never written: a new case must be looked at.
    expect(existsSync(expectation), `${expectation} is missing`).toBe(true)
    expect(JSON.parse(seen)).toEqual(JSON.parse(readFileSync(expectation, 'utf8')))
  })
})
