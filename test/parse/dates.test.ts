import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { When } from '../../src/model/discussion.js'
import { type FoundDate, renderTimeByFake } from '../../src/parse/items/dates.js'
import { timeSince } from '../community/index.js'
import { item, NOW, parseItems, reply } from './markup.js'

const AT = '2024-07-05T23:30:10Z'
const UNIX = Date.parse(AT) / 1000
const exact: When = { from: AT, to: AT }
const livestamp = (unix: number): string => `${new Date(unix * 1000).toISOString().slice(0, 19)}+0000`

const whenOf = (html: string, now = NOW): When | undefined => parseItems(html, now).posts.at(-1)?.when
const whenOfReply = (header: string, attributes = ''): When | undefined =>
  whenOf(item(1, { replies: reply(2, { header, attributes }) }))

/** Is the moment in the interval? Instants of one form compare as strings. */
const holds = (when: When | undefined, unix: number): boolean => {
  const at = new Date(unix * 1000).toISOString().replace('.000', '')
  return when !== undefined && (when.from ?? '') <= at && at <= (when.to ?? '9')
}

describe('every form of a date, the most trusted first', () => {
  const words = '<span class="time-since">1 year, 8 months ago</span>'
  const stamp = (value: string) => `<span class="time-since" data-livestamp="${value}">1 year, 8 months ago</span>`

  it('unix: data-bp-timestamp of Nouveau', () => {
    const attributes = `data-bp-activity-id="1" data-bp-timestamp="${UNIX}"`
    expect(whenOf(item(1, { attributes, header: stamp(livestamp(UNIX + 99)) }))).toEqual(exact)
  })

  it('iso: the livestamp of an item, whose offset has no colon', () => {
    expect(whenOf(item(1, { header: stamp('2024-07-05T23:30:10+0000') }))).toEqual(exact)
    expect(whenOf(item(1, { header: stamp('2024-07-05T21:00:10-0230') }))).toEqual(exact)
  })

  it('unix: the class date-recorded-N', () => {
    const li = item(1, { header: words }).replace('activity_update', `activity_update date-recorded-${UNIX}`)
    expect(whenOf(li)).toEqual(exact)
  })

  it('utc: the time of a Nouveau reply, which is UTC without saying so', () => {
    const time = (more: string) => `<time class="time-since" datetime="2024-07-05 23:30:10"${more}>1 year ago</time>`
    const nouveau = (header: string) =>
      whenOf(item(1, { attributes: 'data-bp-activity-id="1"', replies: reply(2, { header }) }))
    expect(nouveau(time(''))).toEqual(exact)
    expect(nouveau(time(` data-bp-timestamp="${UNIX}"`))).toEqual(exact)
  })

  it('words: an interval, wherever they stand', () => {
    const age = { from: '2024-06-13T11:58:01Z', to: '2024-07-13T12:00:00Z' }
    expect(whenOf(item(1, { header: words }))).toEqual(age)
    expect(whenOfReply(words)).toEqual(age)
    expect(whenOfReply('<a href="/members/b/">Bob</a> &middot; 1 year, 8 months ago')).toEqual(age)
  })

  it('none: not younger than the page', () => {
    const open = { from: null, to: '2026-03-10T12:00:00Z' }
    expect(whenOfReply('<a href="/members/b/">9 days ago</a> vastas 3 päeva tagasi')).toEqual(open)
    expect(whenOfReply('<span class="time-since">sometime ago</span>')).toEqual(open)
  })
})

describe('dates that are none', () => {
  it.each(['', '0000-00-00T00:00:00+0000', '-0001-11-30T00:00:00+0000', 'yesterday', '2024-13-45T00:00:00+0000'])(
    'the livestamp %j leaves the words',
    value => {
      const header = `<span class="time-since" data-livestamp="${value}">2 days ago</span>`
      expect(whenOf(item(1, { header }))).toEqual({ from: '2026-03-08T10:58:01Z', to: '2026-03-08T12:00:00Z' })
    },
  )

  it.each(['99999999999999', '999999999999', '-5'])('the timestamp %s is out of all reason', value => {
    const when = whenOf(item(1, { attributes: `data-bp-activity-id="1" data-bp-timestamp="${value}"` }))
    expect(when).toEqual({ from: null, to: '2026-03-10T12:00:00Z' })
  })

  it('words of the bronze age make no date that would not compare', () => {
    expect(whenOf(item(1, { header: '<span class="time-since">4999 years ago</span>' }))).toEqual({
      from: null,
      to: null,
    })
  })
})

const NO_DATE: FoundDate = { exact: null, words: '', fakeLivestamp: null, writer: 'buddypress', fake: true }

/** What Legacy prints beside a reply: the words, counted back from its own clock. Exact for units up to a week. */
const fakeAt = (words: string, clock: number): FoundDate => {
  const units: Record<string, number> = { week: 604_800, day: 86_400, hour: 3600, minute: 60, second: 1 }
  const parts = [...words.matchAll(/(\d+) (week|day|hour|minute|second)/g)]
  const back = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0), 0)
  return { ...NO_DATE, words, fakeLivestamp: livestamp(clock - back) }
}

describe("Legacy's made-up livestamp of replies", () => {
  const age = fc.integer({ min: 1, max: 30 * 86_400 - 1 })
  const clock = fc.integer({ min: UNIX, max: NOW })

  it("gives the server's clock, to the second", () => {
    fc.assert(
      fc.property(fc.array(age, { minLength: 1 }), clock, (ages, at) => {
        const read = renderTimeByFake(ages.map(seconds => fakeAt(timeSince(seconds), at)))
        expect(read && Date.parse(read.to) / 1000).toBe(at)
        expect(read?.from).toBe(read?.to)
      }),
    )
  })

  it('gives both ends where a page was made in two seconds', () => {
    const read = renderTimeByFake([fakeAt('3 days ago', UNIX), fakeAt('2 hours ago', UNIX + 1)])
    expect(read).toEqual({ from: AT, to: '2024-07-05T23:30:11Z' })
  })

  it('gives nothing where livestamps do not agree: a theme has mended them', () => {
    expect(renderTimeByFake([fakeAt('3 days ago', UNIX), fakeAt('2 hours ago', UNIX + 2000)])).toBeNull()
  })

  it('gives nothing out of months and years, whose length PHP takes from the calendar', () => {
    expect(renderTimeByFake([{ ...NO_DATE, words: '3 months ago', fakeLivestamp: livestamp(UNIX) }])).toBeNull()
    expect(renderTimeByFake([{ ...NO_DATE, words: 'right now', fakeLivestamp: '' }])).toBeNull()
    expect(renderTimeByFake([])).toBeNull()
  })

  it('is never taken as a date, and the interval holds the true one, from a cache too', () => {
    fc.assert(
      fc.property(age, fc.integer({ min: 0, max: 7 * 86_400 }), (seconds, cached) => {
        const made = NOW - cached
        const { words, fakeLivestamp } = fakeAt(timeSince(seconds), made)
        const header = `<span class="time-since" data-livestamp="${fakeLivestamp}">${words}</span>`
        const when = whenOfReply(header)
        expect(holds(when, made - seconds)).toBe(true)
        const { min, max } = { min: when?.from ?? '', max: when?.to ?? '' }
        expect(Date.parse(max) - Date.parse(min)).toBeLessThan(86_400_000)
      }),
    )
  })
})
