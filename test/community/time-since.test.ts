import { describe, expect, it } from 'vitest'
import { fakeLivestamp } from './markup/fake-livestamp.js'
import { timeSince } from './time-since.js'

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400
const YEAR = 365 * DAY

describe('timeSince', () => {
  it.each([
    [-1, 'sometime ago'],
    [0, 'right now'],
    [1, '1 second ago'],
    [59, '59 seconds ago'],
    [60, '1 minute ago'],
    [2 * MINUTE + 59, '2 minutes ago'],
    [HOUR, '1 hour ago'],
    [HOUR + 59, '1 hour ago'],
    [3 * HOUR + 5 * MINUTE, '3 hours, 5 minutes ago'],
    [DAY - 1, '23 hours, 59 minutes ago'],
    [DAY + 59 * MINUTE, '1 day ago'],
    [6 * DAY + 23 * HOUR, '6 days, 23 hours ago'],
    [29 * DAY, '4 weeks, 1 day ago'],
    [30 * DAY, '1 month ago'],
    [97 * DAY, '3 months, 1 week ago'],
    [360 * DAY, '12 months ago'],
    [364 * DAY, '12 months ago'],
    [YEAR, '1 year ago'],
    [YEAR + 29 * DAY, '1 year ago'],
    [YEAR + 30 * DAY, '1 year, 1 month ago'],
    [YEAR + 360 * DAY, '1 year, 12 months ago'],
    [2 * YEAR + 7 * DAY, '2 years ago'],
  ])('%d seconds: %s', (seconds, words) => {
    expect(timeSince(seconds)).toBe(words)
  })
})

describe('the false livestamp of the Legacy pack', () => {
  const now = Date.UTC(2026, 10, 23, 8, 58, 27) / 1000

  it.each([
    ['3 months, 1 week ago', '2026-08-16T08:58:27+0000'],
    ['3 years, 11 months ago', '2022-12-23T08:58:27+0000'],
    ['7 years, 4 months ago', '2019-07-23T08:58:27+0000'],
    ['5 minutes ago', '2026-11-23T08:53:27+0000'],
    ['right now', ''],
    ['sometime ago', ''],
  ])('counts %s back on the calendar', (words, date) => {
    expect(fakeLivestamp(words, now)).toBe(date)
  })
})
