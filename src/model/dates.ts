import type { Instant } from './discussion.js'
import { UsageError } from './errors.js'
import { instant, seconds } from './time.js'

const FORMS =
  'Write a date (2024-05-01), a date with a time (2024-05-01T12:00Z), or a word: today, yesterday, now, ' +
  'today-2weeks, now-3days. Times are in UTC unless they include an offset.'

/**
 * Parses a date of `--after` and `--before`. `now`: milliseconds since 1970. The time zone of the machine has no effect.
 * @throws UsageError if the text is not a date.
 */
export function parseDate(text: string, now: number): Instant {
  const word = text.trim()
  const at = relative(word.toLowerCase(), now) ?? absolute(word.toUpperCase())
  const found = at === null ? null : instant(at / 1000)
  // Instants compare as strings, which holds for years of four digits only.
  if (found === null || !/^\d{4}-/.test(found)) throw new UsageError(`"${text}" is not a date in a known form.`, FORMS)
  return found
}

/**
 * Parses a date of `--as-of`. A date without a time means the end of that day, as in "as of 1 May".
 * @throws UsageError if the text is not a date.
 */
export function parseDayEnd(text: string, now: number): Instant {
  const at = parseDate(text, now)
  return WHOLE_DAY.test(text.trim().toLowerCase()) ? (instant(seconds(at) + 86_399) ?? at) : at
}

const WHOLE_DAY = /^(\d{4}-?\d\d-?\d\d|(today|yesterday)([+-]\d+(day|week|month|year)s?)*)$/

const DAY = 86_400_000
const UNITS: Record<string, number> = { second: 1000, minute: 60_000, hour: 3_600_000, day: DAY, week: 7 * DAY }

/** `today`, `now`, `yesterday`, each with any number of `+2weeks` or `-3days` after it. */
function relative(word: string, now: number): number | null {
  const [, base, moves] =
    /^(today|yesterday|now)((?:[+-]\d{1,6}(?:second|minute|hour|day|week|month|year)s?)*)$/.exec(word) ?? []
  if (base === undefined || moves === undefined) return null
  const midnight = now - (((now % DAY) + DAY) % DAY)
  let at = base === 'now' ? now : base === 'today' ? midnight : midnight - DAY
  for (const [, count, unit] of moves.matchAll(/([+-]\d+)([a-z]+?)s?(?![a-z])/g))
    at = shifted(at, Number(count), unit ?? '')
  return at
}

function shifted(at: number, count: number, unit: string): number {
  const fixed = UNITS[unit]
  if (fixed !== undefined) return at + count * fixed
  const date = new Date(at)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + count * (unit === 'year' ? 12 : 1))
  // A month before 31 May is 30 April, not 1 May.
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  return date.setUTCDate(Math.min(day, last))
}

const ABSOLUTE = /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/

function absolute(word: string): number | null {
  const match = ABSOLUTE.exec(word)
  if (!match) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map(part => Number(part ?? 0))
  const at = new Date(0)
  at.setUTCFullYear(year, month - 1, day)
  at.setUTCHours(hour, minute, second)
  // `Date` silently turns 30 February and 25:00 into the next day.
  const rolled = at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day || minute > 59 || second > 59
  return rolled ? null : at.getTime() - offset(match[7])
}

function offset(zone: string | undefined): number {
  if (!zone || zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000
}
