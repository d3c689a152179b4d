import type { Instant } from './discussion.js'
import { UsageError } from './errors.js'
import { instant, seconds } from './time.js'

const FORMS =
  'Write a date (2024-05-01, 2024-05, 2024, "1 May 2024"), a date with a time (2024-05-01T12:00Z), or words: today, ' +
  'yesterday, now, today-2weeks, now-3days, "1 week ago", "last month". ' +
  'Several words need quotes, also in a query: after:"1 week ago". Times are in UTC unless they include an offset.'

/**
 * Parses a date of `--after` and `--before`: a day, a week, a month or a year is its beginning. `now`: milliseconds since 1970. The time
 * zone of the machine has no effect.
 * @throws UsageError if the text is not a date.
 */
export function parseDate(text: string, now: number): Instant {
  const word = plainForm(text)
  const at = relative(word, now) ?? named(word, now) ?? absolute(word.toUpperCase())
  const found = at === null ? null : instant(at / 1000)
  if (found === null) throw new UsageError(`"${text}" is not a date in a known form.`, FORMS)
  return found
}

/**
 * Parses a date of `--as-of`. A day, a month or a year means its end, as in "as of 1 May".
 * @throws UsageError if the text is not a date.
 */
export function parseEnd(text: string, now: number): Instant {
  const at = parseDate(text, now)
  const unit = periodIn(text)
  return unit === null ? at : (instant(shifted(seconds(at) * 1000, 1, unit) / 1000 - 1) ?? at)
}

/**
 * Parses a date of `--captured-at`, from which other dates are counted: a month or a year would make these wrong.
 * @throws UsageError if the text is not a date, or leaves the day open.
 */
export function parseMoment(text: string, now: number): Instant {
  const at = parseDate(text, now)
  const unit = periodIn(text)
  if (unit === null || unit === 'day') return at
  throw new UsageError(`"${text}" does not say the day.`, 'Write a day (2024-05-01), or a day with a time.')
}

const WHOLE_DAY = /^(\d{4}-?\d\d-?\d\d|(today|yesterday)([+-]\d+(day|week|month|year)s?)*)$/

type Period = 'year' | 'month' | 'week' | 'day'

/** The period that a date names; null: an instant. */
export function periodIn(text: string): Period | null {
  const word = plainForm(text)
  if (/^\d{4}$/.test(word)) return 'year'
  if (/^\d{4}-\d\d$/.test(word)) return 'month'
  return periodNamed(word)?.unit ?? (WHOLE_DAY.test(word) ? 'day' : null)
}

/** `last month`, `this week`. */
function periodNamed(word: string): { unit: Period; isLast: boolean } | null {
  const [, which, unit] = /^(last|this) (week|month|year)$/.exec(word) ?? []
  return unit === undefined ? null : { unit: unit as Period, isLast: which === 'last' }
}

/** The beginning of a week (its Monday), a month or a year. */
function named(word: string, now: number): number | null {
  const period = periodNamed(word)
  if (period === null) return null
  const { unit, isLast } = period
  const day = new Date(now - mod(now, DAY))
  if (unit === 'week') day.setUTCDate(day.getUTCDate() - mod(day.getUTCDay() - 1, 7))
  else day.setUTCMonth(unit === 'year' ? 0 : day.getUTCMonth(), 1)
  return shifted(day.getTime(), isLast ? -1 : 0, unit)
}

const mod = (value: number, by: number): number => ((value % by) + by) % by

const MONTHS = 'january february march april may june july august september october november december'.split(' ')

/** In small letters, with one space between words; `a week ago` with its number, `1 May 2024` and `May 2024` in digits. */
function plainForm(text: string): string {
  const word = text
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/^an? (?=[a-z]+ ago$)/, '1 ')
  const [, before, name = '', after, year] = /^(?:(\d\d?) )?([a-z]{3,})\.?(?: (\d\d?),)? (\d{4})$/.exec(word) ?? []
  const month = name === '' ? 0 : MONTHS.findIndex(one => one.startsWith(name)) + 1
  if (month === 0 || (before !== undefined && after !== undefined)) return word
  const day = before ?? after
  const digits = [month, ...(day === undefined ? [] : [day])].map(part => String(part).padStart(2, '0'))
  return [year, ...digits].join('-')
}

const DAY = 86_400_000
const UNITS: Record<string, number> = { second: 1000, minute: 60_000, hour: 3_600_000, day: DAY, week: 7 * DAY }

/** `today`, `now`, `yesterday`, each with any number of `+2weeks` or `-3days` after it; `2 weeks ago` is `now-2weeks`. */
function relative(text: string, now: number): number | null {
  const word = text.replace(/^(\d+) ?([a-z]+) ago$/, 'now-$1$2')
  const [, base, moves] =
    /^(today|yesterday|now)((?:[+-]\d{1,6}(?:second|minute|hour|day|week|month|year)s?)*)$/.exec(word) ?? []
  if (base === undefined || moves === undefined) return null
  const midnight = now - mod(now, DAY)
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

const MONTH_OR_YEAR = /^(\d{4})(?:-(\d\d))?$/

function absolute(word: string): number | null {
  const match = ABSOLUTE.exec(word.replace(MONTH_OR_YEAR, (_, year, month = '01') => `${year}-${month}-01`))
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
