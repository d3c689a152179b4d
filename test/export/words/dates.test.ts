import { describe, expect, it } from 'vitest'
import { clockIn, clockOf } from '../../../src/export/words/clock.js'
import { isoDays, onDay, RunningDates, rangeWords, whenWords } from '../../../src/export/words/dates.js'
import type { When } from '../../../src/model/discussion.js'
import { ENGLISH } from '../../../src/model/locale/locale.js'
import { exactly } from '../../../src/model/time.js'

const UTC = clockIn('UTC')
const SITE = { timezone: null }
const between = (from: string | null, to: string | null): When => ({ from, to })

describe('the dates of posts', () => {
  const running = (...whens: When[]) => {
    const dates = new RunningDates(UTC)
    return whens.map(when => dates.words(when))
  }

  it('say what differs from the date above', () => {
    const at = ['2026-03-13T07:48:00Z', '2026-03-13T09:00:00Z', '2026-03-14T09:00:00Z', '2027-01-01T00:05:00Z']
    expect(running(...at.map(exactly))).toEqual([
      '13 March 2026, 07:48',
      '09:00',
      '14 March, 09:00',
      '1 January 2027, 00:05',
    ])
    // An answer may be older than the post above it.
    expect(running(exactly('2026-01-01T10:00:00Z'), exactly('2025-12-31T10:00:00Z'))[1]).toBe('31 December 2025, 10:00')
  })

  it('say the day where the post at whose side they are has another one, or none', () => {
    const dates = new RunningDates(UTC)
    const posts: [string, number][] = [
      ['2026-03-13T15:57:00Z', 1],
      ['2026-03-14T05:00:00Z', 2],
      ['2026-03-14T05:30:00Z', 3],
      ['2026-03-14T06:05:00Z', 1],
      ['2026-03-14T07:00:00Z', 1],
    ]
    expect(posts.map(([at, level]) => dates.words(exactly(at), level))).toEqual([
      ...['13 March 2026, 15:57', '14 March, 05:00', '05:30', '14 March, 06:05', '07:00'],
    ])
    const days = between('2026-03-13T00:00:00Z', '2026-03-19T00:00:00Z')
    expect(running(days, exactly('2026-03-19T10:00:00Z'))[1]).toBe('19 March, 10:00')
  })

  it('say what is known of an interval', () => {
    expect(
      running(
        between('2026-03-13T09:00:00Z', '2026-03-13T09:00:59Z'),
        between('2026-03-13T09:00:00Z', '2026-03-13T10:00:00Z'),
        between('2026-03-13T21:00:00Z', '2026-03-14T01:00:00Z'),
        between('2026-03-13T00:00:00Z', '2026-03-19T00:00:00Z'),
        between('2025-03-13T00:00:00Z', '2026-02-28T00:00:00Z'),
        between('2026-03-01T01:00:00Z', null),
        between(null, '2026-03-01T02:00:00Z'),
        between(null, null),
        exactly('2026-03-01T03:00:00Z'),
      ),
    ).toEqual([
      '13 March 2026, 09:00',
      'between 09:00 and 10:00',
      'between 13 March, 21:00 and 14 March, 01:00',
      'between 13 and 19 March',
      'between 13 March 2025 and 28 February 2026',
      'after 1 March, 01:00',
      'before 02:00',
      'date unknown',
      '03:00',
    ])
  })
})

describe('a range of days', () => {
  it.each([
    ['2026-03-13', '2026-03-13', '13 March 2026'],
    ['2026-03-13', '2026-03-19', '13 to 19 March 2026'],
    ['2020-03-31', '2020-04-01', '31 March to 1 April 2020'],
    ['2020-10-06', '2026-11-28', '6 October 2020 to 28 November 2026'],
  ])('%s to %s', (from, to, words) => expect(rangeWords(from, to, ENGLISH)).toBe(words))

  it('is ISO 8601 in data, open where an end is not known', () => {
    expect(isoDays(exactly('2026-03-13T23:00:00Z'), clockIn('Europe/Berlin'))).toBe('2026-03-14')
    expect(isoDays(between('2025-03-01T00:00:00Z', '2026-02-28T23:59:59Z'), UTC)).toBe('2025-03-01/2026-02-28')
    expect(isoDays(between(null, '2026-02-28T23:59:59Z'), UTC)).toBe('../2026-02-28')
    expect(isoDays(between(null, null), UTC)).toBeNull()
  })
})

describe('a clock', () => {
  it.each([
    ['UTC', 'UTC', '28 October 2026, 23:40'],
    ['Europe/Berlin', 'Europe/Berlin', '29 October 2026, 00:40'],
    ['Asia/Kathmandu', 'Asia/Kathmandu', '29 October 2026, 05:25'],
    ['-03:30', 'UTC-03:30', '28 October 2026, 20:10'],
    ['+00:00', 'UTC', '28 October 2026, 23:40'],
  ])('of %s', (zone, name, words) => {
    const clock = clockIn(zone)
    expect([clock.zone, whenWords(exactly('2026-10-28T23:40:00Z'), clock)]).toEqual([name, words])
  })

  it('follows summer time', () => {
    expect(whenWords(exactly('2026-07-01T23:40:00Z'), clockIn('Europe/Berlin'))).toBe('2 July 2026, 01:40')
  })

  it('is that of the site where all threads have one, unless the user names another', () => {
    const threads = ['Asia/Seoul', 'Asia/Seoul'].map(timezone => ({ timezone }))
    expect(clockOf(threads, SITE).zone).toBe('Asia/Seoul')
    expect(clockOf(threads, { timezone: 'Europe/Paris' }).zone).toBe('Europe/Paris')
    expect(clockOf([...threads, { timezone: null }], SITE).zone).toBe('UTC')
    expect(clockOf([], SITE).zone).toBe('UTC')
    // Of an archive that a newer Node has written.
    expect(clockOf([{ timezone: 'Mars/Olympus_Mons' }], SITE).zone).toBe('UTC')
    expect(clockOf([{ timezone: '+05:30' }], SITE).zone).toBe('UTC+05:30')
  })
})

describe('an archive of months', () => {
  const clock = clockOf([{ timezone: null, precision: 'month' }], { timezone: 'America/New_York' })
  const month = (first: string, last = first): When => ({
    from: `${first}-01T00:00:00Z`,
    to: new Date(Date.UTC(Number(last.slice(0, 4)), Number(last.slice(5)), 1) - 1000).toISOString().replace('.000', ''),
  })

  it('has dates of months only, whatever zone is asked for', () => {
    const dates = new RunningDates(clock)
    const all = [month('2019-07'), month('2019-08'), month('2019-10', '2019-11'), month('2020-02')]
    expect(all.map(when => dates.words(when))).toEqual([
      ...['July 2019', 'August', 'between October and November', 'February 2020'],
    ])
    expect(isoDays(month('2019-07'), clock)).toBe('2019-07')
    expect(rangeWords('2019-07', '2026-03', ENGLISH)).toBe('July 2019 to March 2026')
    expect([onDay('2019-07', ENGLISH), onDay('2019-07-03', ENGLISH)]).toEqual(['in July 2019', 'on 3 July 2019'])
  })
})
