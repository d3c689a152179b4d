import { afterEach, describe, expect, test, vi } from 'vitest'
import { parseDate, parseEnd, parseMoment, periodIn } from '../../src/model/dates.js'
import { UsageError } from '../../src/model/errors.js'

const NOW = Date.UTC(2024, 4, 31, 10, 30, 15)

afterEach(() => vi.unstubAllEnvs())

describe.each(['UTC', 'America/St_Johns', 'Asia/Tokyo', 'Pacific/Apia'])('dates under TZ=%s', zone => {
  test.each([
    ['2024-05-01', '2024-05-01T00:00:00Z'],
    ['20240501', '2024-05-01T00:00:00Z'],
    ['2024-05-01T12:30', '2024-05-01T12:30:00Z'],
    ['2024-05-01 12:30:45', '2024-05-01T12:30:45Z'],
    ['2024-05-01T12:30:45.678Z', '2024-05-01T12:30:45Z'],
    ['2024-05-01t12:30:45z', '2024-05-01T12:30:45Z'],
    ['2024-05-01T00:30+09:00', '2024-04-30T15:30:00Z'],
    ['2024-05-01T22:30-0330', '2024-05-02T02:00:00Z'],
    ['2024-02-29', '2024-02-29T00:00:00Z'],
    ['0050-01-01', '0050-01-01T00:00:00Z'],
    ['2024-05', '2024-05-01T00:00:00Z'],
    ['2024', '2024-01-01T00:00:00Z'],
    ['1 week ago', '2024-05-24T10:30:15Z'],
    ['2 days ago', '2024-05-29T10:30:15Z'],
    ['today', '2024-05-31T00:00:00Z'],
    ['Yesterday', '2024-05-30T00:00:00Z'],
    ['now', '2024-05-31T10:30:15Z'],
    ['now-3days', '2024-05-28T10:30:15Z'],
    ['today-2weeks', '2024-05-17T00:00:00Z'],
    ['today+1day', '2024-06-01T00:00:00Z'],
    ['today-1month', '2024-04-30T00:00:00Z'],
    ['today-3months', '2024-02-29T00:00:00Z'],
    ['today-1year-12hours', '2023-05-30T12:00:00Z'],
    ['now-90minutes', '2024-05-31T09:00:15Z'],
    ['a week ago', '2024-05-24T10:30:15Z'],
    ['an hour  ago', '2024-05-31T09:30:15Z'],
    ['this week', '2024-05-27T00:00:00Z'],
    ['last week', '2024-05-20T00:00:00Z'],
    ['this month', '2024-05-01T00:00:00Z'],
    ['Last month', '2024-04-01T00:00:00Z'],
    ['this year', '2024-01-01T00:00:00Z'],
    ['last year', '2023-01-01T00:00:00Z'],
    ['4 March 2023', '2023-03-04T00:00:00Z'],
    ['March 4, 2023', '2023-03-04T00:00:00Z'],
    ['29 feb 2024', '2024-02-29T00:00:00Z'],
    ['May 2024', '2024-05-01T00:00:00Z'],
  ])('%s is %s', (text, at) => {
    vi.stubEnv('TZ', zone)
    expect(parseDate(text, NOW)).toBe(at)
  })
})

describe('dates that are none', () => {
  test.each([
    '',
    '202405',
    '2024-5',
    '2024-00',
    '2 fortnights ago',
    'a fortnight ago',
    '2024-13-01',
    '2023-02-29',
    '2024-05-01T25:00',
    '2024-05-01T10:61',
    'tomorrow',
    'today-2',
    'today-',
    'last day',
    'next week',
    'last monday',
    '30 February 2024',
    '4 March 5, 2023',
    'Mayor 2024',
    '1/5/2024',
    'now-999999years',
  ])('%j', text => {
    expect(() => parseDate(text, NOW)).toThrow(UsageError)
  })
})

describe('periods', () => {
  test.each([
    ['last week', 'week', '2024-05-26T23:59:59Z'],
    ['last month', 'month', '2024-04-30T23:59:59Z'],
    ['this year', 'year', '2024-12-31T23:59:59Z'],
    ['February 2023', 'month', '2023-02-28T23:59:59Z'],
    ['4 March 2023', 'day', '2023-03-04T23:59:59Z'],
    ['a week ago', null, '2024-05-24T10:30:15Z'],
  ])('%s is a %s, which ends at %s', (text, unit, end) => {
    expect(periodIn(text)).toBe(unit)
    expect(parseEnd(text, NOW)).toBe(end)
  })

  test.each([
    ['a Sunday', Date.UTC(2024, 5, 2, 23), '2024-05-27T00:00:00Z'],
    ['a Monday', Date.UTC(2024, 5, 3), '2024-06-03T00:00:00Z'],
  ])('this week begins on a Monday, on %s too', (_, now, monday) => expect(parseDate('this week', now)).toBe(monday))
})

describe('a time from which others are counted', () => {
  test.each(['2024', '2024-05', 'last week', 'May 2024'])('is not %s, which leaves the day open', text => {
    expect(() => parseMoment(text, NOW)).toThrow(
      expect.objectContaining({
        message: `"${text}" does not say the day.`,
        advice: expect.stringContaining('2024-05-01'),
      }),
    )
  })

  test('is not a month that does not exist', () =>
    expect(() => parseMoment('2024-13', NOW)).toThrow('is not a date in a known form'))

  test('may be a day', () => expect(parseMoment('2024-05-01', NOW)).toBe('2024-05-01T00:00:00Z'))
})
