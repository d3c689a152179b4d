import type { LocalRange } from '../../../model/forum/site-zone.js'
import { folded } from '../../relative/language.js'
import { clockTimeIn } from './clock-time.js'
import { MONTH_LANGUAGES, type MonthName, monthsOf } from './months.js'

/** The order of day and month in a date of numbers. */
export type DayOrder = 'day-first' | 'month-first'

/** What a page says of the form of its dates. */
export interface DateForm {
  /** Its language, as its `lang` attribute gives it; empty: not known. */
  language: string
  /** Null: the page leaves the order open. */
  order: DayOrder | null
}

/** The longest date is a weekday, a date and a time. */
const MAX_LENGTH = 120

/**
 * All times that the words of a date may mean, as a site prints them with its own format of dates and times, in its language: "March 25,
 * 2020 at 8:15 am", "25. März 2020 um 08:15", "25/03/2020 20:15", "2020年3月25日 8:15". Empty: it is no date.
 */
export function localRanges(words: string, form: DateForm): LocalRange[] {
  const text = words.length > MAX_LENGTH ? '' : folded(words)
  const time = clockTimeIn(text, form.language)
  const days = daysIn(time?.rest ?? text, form)
  if (!time) return days
  return days
    .filter(({ from, to }) => to - from < DAY)
    .flatMap(({ from }) => time.minutes.map(minute => ({ from: from + minute * 60, to: from + minute * 60 + 59 })))
}

const DAY = 86_400

const EAST_ASIAN = /(\d{4})\s?[年년/.]\s?(\d{1,2})\s?[月월/.]\s?(\d{1,2})/u
const VIETNAMESE = /(?:^|\D)(\d{1,2})?\D*tháng\s(\d{1,2})\D+(?:(\d{1,2})\D+)?(\d{4})/u
const YEAR_FIRST = /(?<!\d)(\d{4})[-/.]\s?(\d{1,2})[-/.]\s?(\d{1,2})(?!\d)/
const NUMBERS = /(?<!\d)(\d{1,2})(\s?[-/.]\s?)(\d{1,2})\s?[-/.]\s?(\d{4}|\d{2})(?!\d)/

/** The days, or months without a day, that a text without its time may mean. */
function daysIn(text: string, form: DateForm): LocalRange[] {
  const first = EAST_ASIAN.exec(text) ?? YEAR_FIRST.exec(text)
  if (first) return day(Number(first[1]), Number(first[2]), Number(first[3]))
  const vietnamese = VIETNAMESE.exec(text)
  if (vietnamese) return day(Number(vietnamese[4]), Number(vietnamese[2]), Number(vietnamese[1] ?? vietnamese[3]))
  const numbers = NUMBERS.exec(text)
  return numbers ? daysOfNumbers(numbers, form) : daysByName(text, form.language)
}

/** Dots are between day, month and year in this order only; slashes and hyphens in either. */
function daysOfNumbers([, a, mark = '', b, written]: RegExpExecArray, { order }: DateForm): LocalRange[] {
  const [one, two, year] = [Number(a), Number(b), fourDigits(written ?? '')]
  const known = mark.trim() === '.' ? 'day-first' : order
  const dayFirst = known === 'month-first' ? [] : day(year, two, one)
  const monthFirst = known === 'day-first' ? [] : day(year, one, two)
  return [...dayFirst, ...monthFirst].filter(({ from }, at, all) => all.findIndex(other => other.from === from) === at)
}

const fourDigits = (year: string): number => Number(year.length === 2 ? `20${year}` : year)

/** By the name of the month, in the language of the page; where that has no table or not this name, in every language that has it. */
function daysByName(text: string, language: string): LocalRange[] {
  const own = monthIn(text, monthsOf(language) ?? [])
  const months = own ? [own] : MONTH_LANGUAGES.flatMap(code => monthIn(text, monthsOf(code) ?? []) ?? [])
  const ranges = [...new Set(months.map(({ month, rest }) => `${month} ${rest}`))].flatMap(found => {
    const [month = '', ...rest] = found.split(' ')
    return dayWithMonth(Number(month), rest.join(' '))
  })
  return ranges
}

function monthIn(text: string, names: readonly MonthName[]): { month: number; rest: string } | null {
  for (const { form, month } of names) {
    const at = text.search(wordOf(form))
    if (at >= 0) return { month, rest: `${text.slice(0, at)} ${text.slice(at + form.length)}` }
  }
  return null
}

const patterns = new Map<string, RegExp>()

/** A whole word, also behind the "d'" of Catalan. */
function wordOf(form: string): RegExp {
  const known = patterns.get(form)
  if (known) return known
  const pattern = new RegExp(`(?<![\\p{L}\\p{M}])${form.replaceAll('.', '\\.')}(?![\\p{L}\\p{M}])`, 'u')
  patterns.set(form, pattern)
  return pattern
}

/** Day and year are the numbers that are left. Without a day, the whole month. */
function dayWithMonth(month: number, rest: string): LocalRange[] {
  const numbers = rest.match(/\d+/g) ?? []
  const year = numbers.find(number => number.length === 4)
  const one = numbers.find(number => number.length <= 2)
  if (year === undefined) return []
  if (one !== undefined) return day(Number(year), month, Number(one))
  const first = day(Number(year), month, 1)[0]
  const next = month === 12 ? day(Number(year) + 1, 1, 1)[0] : day(Number(year), month + 1, 1)[0]
  return first && next ? [{ from: first.from, to: next.from - 1 }] : []
}

/** No forum is older, and years of other calendars are outside this range. */
const isYear = (year: number): boolean => year >= 1990 && year < 2100

function day(year: number, month: number, date: number): LocalRange[] {
  const at = new Date(Date.UTC(year, month - 1, date))
  if (!isYear(year) || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== date) return []
  const from = at.getTime() / 1000
  return [{ from, to: from + DAY - 1 }]
}

/** The order that one of these dates shows by a number above twelve; null: none does, or they disagree. */
export function orderShown(dates: readonly string[]): DayOrder | null {
  const orders = dates.flatMap(words => {
    const [, a, , b] = NUMBERS.exec(folded(words.slice(0, MAX_LENGTH))) ?? []
    return Number(a) > 12 ? ['day-first' as const] : Number(b) > 12 ? ['month-first' as const] : []
  })
  return new Set(orders).size === 1 ? (orders[0] ?? null) : null
}

/** The order in a format of PHP, such as `d/m/Y` or `F j, Y`; null: it has no day and month in numbers. */
export function orderOfFormat(format: string): DayOrder | null {
  const bare = format.replace(/\\./g, '')
  const [one, other] = [bare.search(/[dj]/), bare.search(/[mn]/)]
  return one < 0 || other < 0 ? null : one < other ? 'day-first' : 'month-first'
}
