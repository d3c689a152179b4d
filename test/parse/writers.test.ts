import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { narrow } from '../../src/model/time.js'
import { ageOf, type Writer, writerOf } from '../../src/parse/relative/index.js'
import { LANGUAGES } from '../../src/parse/relative/languages/index.js'
import { timeSince } from '../community/index.js'

const DAY = 86_400
/** Minutes as often as years, so that each unit is met. */
const age = fc.oneof(...[120, 7200, 3 * DAY, 60 * DAY, 30 * 365 * DAY].map(max => fc.integer({ min: 0, max })))

/** The table of reference 3.4, forwards: each text with the ages, in seconds, from which on it is printed. */
function buddyboss(seconds: number): string {
  const days = Math.floor(seconds / DAY)
  const said = (count: number, unit: string) =>
    `${count === 1 ? (unit === 'hour' ? 'an' : 'a') : count} ${unit}${count === 1 ? '' : 's'} ago`
  if (seconds < 60) return 'Just now'
  if (seconds < 3600) return said(Math.floor(seconds / 60), 'minute')
  if (seconds < DAY) return said(Math.floor(seconds / 3600), 'hour')
  if (days < 7) return said(days, 'day')
  if (days < 60) return said(Math.floor(days / 7), 'week')
  if (days < 365) return said(Math.floor(days / 30), 'month')
  return said(Math.floor(days / 365), 'year')
}

/** moment's `fromNow`, forwards, for a difference of calendar months and a rest in milliseconds. */
function moment(from: number, to: number): string {
  const [a, b] = [new Date(from * 1000), new Date(to * 1000)]
  let months = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth()
  const moved = (count: number) => {
    const last = new Date(Date.UTC(a.getUTCFullYear(), a.getUTCMonth() + count + 1, 0)).getUTCDate()
    const day = Math.min(a.getUTCDate(), last)
    return (
      Date.UTC(
        a.getUTCFullYear(),
        a.getUTCMonth() + count,
        day,
        a.getUTCHours(),
        a.getUTCMinutes(),
        a.getUTCSeconds(),
      ) / 1000
    )
  }
  if (moved(months) > to) months--
  const rest = to - moved(months)
  const days = rest / DAY + Math.round((months * 146_097) / 4800)
  const whole = months + (rest / DAY) * (4800 / 146_097)
  const steps: [number, number, string][] = [
    [Math.round(rest + (months > 0 ? 1e9 : 0)), 45, 'second'],
    [Math.round(months > 0 ? 1e9 : rest / 60), 45, 'minute'],
    [Math.round(months > 0 ? 1e9 : rest / 3600), 22, 'hour'],
    [Math.round(days), 26, 'day'],
    [Math.round(whole), 11, 'month'],
    [Math.round(whole / 12), Number.POSITIVE_INFINITY, 'year'],
  ]
  const [count, , unit] = steps.find(([number, limit]) => number < limit) ?? [1, 0, 'year']
  if (unit === 'second') return 'a few seconds ago'
  return count <= 1 ? `${unit === 'hour' ? 'an' : 'a'} ${unit} ago` : `${count} ${unit}s ago`
}

describe('the words of BuddyBoss', () => {
  it('hold the age, and their neighbours say something else', () => {
    fc.assert(
      fc.property(age, seconds => {
        const words = buddyboss(seconds)
        const read = ageOf(words, ['buddyboss'])
        if (!read) throw new Error(words)
        expect([buddyboss(read.min), buddyboss(read.max)]).toEqual([words, words])
        expect([read.min === 0 ? '' : buddyboss(read.min - 1), buddyboss(read.max + 1)]).not.toContain(words)
        expect(read.min <= seconds && seconds <= read.max).toBe(true)
      }),
      { numRuns: 20_000 },
    )
  })
})

describe("the words of a browser's script", () => {
  it('hold the age, whatever the day of the year', () => {
    const to = fc.integer({ min: Date.UTC(2012, 0) / 1000, max: Date.UTC(2032, 0) / 1000 })
    fc.assert(
      fc.property(to, age, (now, seconds) => {
        const words = moment(now - seconds, now)
        const read = ageOf(words, ['moment'])
        if (!read) throw new Error(words)
        expect(read.min <= seconds && seconds <= read.max, `${words}: ${seconds} in ${JSON.stringify(read)}`).toBe(true)
      }),
      { numRuns: 20_000 },
    )
  })

  it('leave no more open than that: both ends say the same words, but for what the lengths of months differ by', () => {
    const to = fc.integer({ min: Date.UTC(2012, 0) / 1000, max: Date.UTC(2032, 0) / 1000 })
    fc.assert(
      fc.property(to, age, (now, seconds) => {
        const words = moment(now - seconds, now)
        const read = ageOf(words, ['moment'])
        if (!read) throw new Error(words)
        const slack = /month|year/.test(words) ? 7 * DAY : 2
        const ends = [read.min + slack, read.max - slack]
        expect(ends.map(end => moment(now - end, now))).toEqual([words, words])
      }),
      { numRuns: 5000 },
    )
  })

  it('are told from those of PHP by what only one of them prints', () => {
    expect(['a day ago', 'an hour ago', 'a few seconds ago'].map(writerOf)).toEqual(Array(3).fill('browser'))
    expect(writerOf('2 years, 3 months ago')).toBe('php')
    expect(['2 years ago', 'right now', 'x'].map(writerOf)).toEqual([null, null, null])
  })
})

it.each<[Writer, string, number, number]>([
  ['buddypress', '1 day ago', 24, 25],
  ['buddypress', '1 day, 5 hours ago', 29, 30],
  ['buddyboss', 'a day ago', 24, 48],
  ['moment', 'a day ago', 21.5, 36],
])('of one day, by %s: "%s" is an age from %s hours on, up to %s', (writer, words, from, to) => {
  const { min = 0, max = 0 } = ageOf(words, [writer]) ?? {}
  expect([min / 3600, Math.ceil(max / 60) / 60]).toEqual([from, to])
})

it('several writers: all that any of them may mean', () => {
  const writers: Writer[] = ['buddypress', 'buddyboss', 'moment']
  const all = ageOf('2 years ago', writers)
  for (const writer of writers) {
    const one = ageOf('2 years ago', [writer])
    expect(one && all && all.min <= one.min && one.max <= all.max).toBe(true)
  }
})

describe.each(LANGUAGES)('$name', ({ ago, units, one, right, just, few }) => {
  const english = LANGUAGES[0]?.units
  const said = (words: string) => ago.map(form => form.replace('#', words))

  it('means what English means, in each form of each unit', () => {
    for (const [unit, words] of Object.entries(units))
      for (const word of words)
        for (const text of said(`3 ${word}`)) {
          const same = ageOf(`3 ${english?.[unit as 'day'][1]} ago`, ['buddypress', 'buddyboss', 'moment'])
          expect(ageOf(text, ['buddypress', 'buddyboss', 'moment']), text).toEqual(same)
        }
  })

  it('two units, words for one, and now', () => {
    for (const text of said(`2 ${units.year.at(-1)}, 3 ${units.month.at(-1)}`))
      expect(ageOf(text), text).toEqual(ageOf('2 years, 3 months ago'))
    for (const text of said(`${one[0]} ${units.day[0]}`))
      expect(ageOf(text, ['moment'])).toEqual(ageOf('a day ago', ['moment']))
    for (const text of said(few[0] ?? ''))
      expect(ageOf(text, ['moment'])).toEqual(ageOf('a few seconds ago', ['moment']))
    expect(ageOf(right[0] ?? '')).toEqual({ min: 0, max: 0 })
    expect(ageOf(just[0] ?? '', ['buddyboss'])).toEqual({ min: 0, max: 59 })
  })
})

it('an interval of repeated captures always holds the date, and never widens', () => {
  const look = fc.tuple(fc.integer({ min: 0, max: 400 * DAY }), fc.constantFrom('php', 'boss', 'browser'))
  const start = Date.UTC(2024, 0) / 1000
  const iso = (at: number) => new Date(at * 1000).toISOString().replace('.000', '')
  fc.assert(
    fc.property(fc.array(look, { minLength: 1, maxLength: 6 }), looks => {
      let kept: { from: string | null; to: string | null } = { from: null, to: null }
      for (const [seconds, by] of looks) {
        const now = start + seconds
        const read =
          by === 'php'
            ? ageOf(timeSince(seconds))
            : by === 'boss'
              ? ageOf(buddyboss(seconds), ['buddyboss'])
              : ageOf(moment(start, now), ['moment'])
        const before = kept
        kept = narrow(kept, { from: iso(now - (read?.max ?? 0)), to: iso(now - (read?.min ?? 0)) })
        expect((kept.from ?? '') <= iso(start) && iso(start) <= (kept.to ?? '9')).toBe(true)
        expect((kept.from ?? '') >= (before.from ?? '') && (kept.to ?? '9') <= (before.to ?? '9')).toBe(true)
      }
    }),
  )
})

it('long texts without an age end soon', () => {
  for (const text of ['3 '.repeat(50_000), 'vor 3 '.repeat(20_000), `${'ha '.repeat(30_000)}1`])
    expect(ageOf(text)).toBeNull()
})
