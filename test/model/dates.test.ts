import { afterEach, describe, expect, test, vi } from 'vitest'
import { parseDate, parseMoment } from '../../src/model/dates.js'
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
    'a week ago',
    '2024-13-01',
    '2023-02-29',
    '2024-05-01T25:00',
    '2024-05-01T10:61',
    'tomorrow',
    'today-2',
    'today-',
    'last week',
    '1/5/2024',
    'now-999999years',
  ])('%j', text => {
    expect(() => parseDate(text, NOW)).toThrow(UsageError)
  })
})

describe('a time from which others are counted', () => {
  test.each(['2024', '2024-05'])('is not %s, which leaves the day open', text => {
    expect(() => parseMoment(text, NOW)).toThrow('does not say the day')
  })

  test('is not a month that does not exist', () =>
    expect(() => parseMoment('2024-13', NOW)).toThrow('is not a date in a known form'))

  test('may be a day', () => expect(parseMoment('2024-05-01', NOW)).toBe('2024-05-01T00:00:00Z'))
})
