import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ageOf, isClockAge } from '../../src/parse/relative/index.js'
import { folded } from '../../src/parse/relative/language.js'
import { LANGUAGES } from '../../src/parse/relative/languages/index.js'
import { timeSince } from '../community/index.js'

const DAY = 86_400
const YEAR = 365 * DAY
const age = fc.integer({ min: 0, max: 20 * YEAR })

/** The widest that the words leave open, after the bigger of their units: the length of the next smaller one. */
const WIDTHS: [string, number][] = [
  ['year', 30 * DAY],
  ['month', 7 * DAY],
  ['week', DAY],
  ['day', 3600],
  ['hour', 60],
  ['minute', 60],
  ['second', 1],
  ['right now', 1],
]

const widthOf = (words: string): number => WIDTHS.find(([unit]) => words.includes(unit))?.[1] ?? 0

describe('ageOf turns bp_core_time_since back', () => {
  it('holds the age, in an interval no wider than the smaller unit', () => {
    fc.assert(
      fc.property(age, seconds => {
        const words = timeSince(seconds)
        const read = ageOf(words)
        if (!read) throw new Error(words)
        expect(read.min).toBeLessThanOrEqual(seconds)
        expect(read.max).toBeGreaterThanOrEqual(seconds)
        expect(read.max - read.min + 1).toBeLessThanOrEqual(widthOf(words))
      }),
      { numRuns: 20_000 },
    )
  })

  it('is as narrow as can be: both ends say the same words, their neighbours other ones', () => {
    fc.assert(
      fc.property(age, seconds => {
        const words = timeSince(seconds)
        const { min = -1, max = -1 } = ageOf(words) ?? {}
        expect([timeSince(min), timeSince(max)]).toEqual([words, words])
        expect([timeSince(min - 1), timeSince(max + 1)]).not.toContain(words)
      }),
      { numRuns: 20_000 },
    )
  })

  it('says it of the words as they stand in a page', () => {
    const same = ageOf('2 years, 3 months ago')
    expect(ageOf('\u00a0 2 years, 3 months ago')).toEqual(same)
    expect(ageOf(' · 2 years, 3 months ago · Reply')).toEqual(same)
    expect(ageOf('12 months ago')).toEqual({ min: 360 * DAY, max: 365 * DAY - 1 })
    expect(ageOf('0 seconds ago')).toEqual({ min: 0, max: 0 })
  })

  it.each([
    '',
    'sometime ago',
    'vor langer Zeit',
    '3 päeva tagasi',
    'duela 3 egun',
    'a day ago',
    '30 days of gardening',
    '3 days',
  ])('knows nothing of %j', words => expect(ageOf(words)).toBeNull())

  it('leaves alone what other software prints', () => {
    expect(ageOf('2 years, 3 weeks ago')).toBeNull()
    expect(ageOf('3 minutes, 20 seconds ago')).not.toBeNull()
  })

  it('knows no age in any text without a word of its grammar', () => {
    // Some words for "now" are whole dates of two letters, such as the Dutch "nu", which random texts hit.
    const words = LANGUAGES.flatMap(({ ago, right, just }) => [...ago, ...right, ...just])
    const parts = words
      .flatMap(word => word.split('#'))
      .map(part => part.trim())
      .filter(Boolean)
    const isWithout = (text: string) => !parts.some(part => folded(text).includes(part))
    fc.assert(fc.property(fc.string().filter(isWithout), text => ageOf(text) === null))
  })

  it('takes a single word for "now" as a date only if it is the whole text', () => {
    expect(ageOf('nU')).not.toBeNull()
    expect(ageOf('nu of nooit')).toBeNull()
  })
})

it('tells the ages on which a clock can be reckoned from those of the calendar', () => {
  expect(['4 weeks, 1 day ago', '1 minute ago'].map(isClockAge)).toEqual([true, true])
  expect(['1 year ago', '3 months, 1 week ago', 'sometime ago', ''].map(isClockAge)).toEqual(Array(4).fill(false))
})
