import { UsageError } from '../errors.js'

/**
 * How people write dates and numbers. Days are `2026-03-13`, months `2026-03` or a day within, times `07:48`. Always the Gregorian calendar,
 * by which people of several countries agree on a day; in the digits of the locale. The words around dates and numbers are English.
 */
export interface Locale {
  /** BCP 47. */
  tag: string
  /** `13 March 2026`, `13 March` */
  day(day: string, hasYear?: boolean): string
  /** `March 2026`, `March` */
  month(month: string, hasYear?: boolean): string
  /** `Mar`, as on a calendar. */
  shortMonth(month: string): string
  /** `M`, where there is room for a letter; else the number of the month. */
  monthLetter(month: string): string
  /** `2026` of anything that begins with it. */
  year(year: string): string
  /** `07:48` */
  time(time: string): string
  /** `1204` */
  number(value: number): string
  /** True: a range names once what its ends share: `13 to 19 March`. */
  sharesInRanges: boolean
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ')
const nameOf = (month: string): string => MONTHS[Number(month.slice(5, 7)) - 1] ?? ''
const withYear = (words: string, of: string, hasYear: boolean) => (hasYear ? `${words} ${of.slice(0, 4)}` : words)

/** The forms that documents have had from the beginning: by no library, so that every Node writes the same bytes. */
export const ENGLISH: Locale = {
  tag: 'en',
  day: (day, hasYear = true) => withYear(`${Number(day.slice(8, 10))} ${nameOf(day)}`, day, hasYear),
  month: (month, hasYear = true) => withYear(nameOf(month), month, hasYear),
  shortMonth: month => nameOf(month).slice(0, 3),
  monthLetter: month => nameOf(month).slice(0, 1),
  year: year => year.slice(0, 4),
  time: time => time,
  number: String,
  sharesInRanges: true,
}

const known = new Map<string, Locale>([['en', ENGLISH]])

/** @throws UsageError for what is no tag, and for a locale that this Node has no data for. */
export function localeOf(name = 'en'): Locale {
  // To ask Node for what it knows takes some milliseconds, and few commands need more than English.
  const present = known.get(name)
  if (present) return present
  const tag = canonical(name)
  if (tag === null) throw new UsageError(`"${name}" is no locale.`, 'Name one by its tag of BCP 47: de, en-GB, pt-BR.')
  if (!isKnownHere(tag)) throw new UsageError(`This Node has no dates and numbers of the locale "${name}".`, ADVICE)
  const locale = known.get(tag) ?? byIntl(tag)
  known.set(tag, locale)
  return locale
}

const ADVICE =
  'Name another, such as de or en-GB. A Node from nodejs.org knows some hundred; one built with less data, English only.'

/** Whether this Node can write dates and numbers of the locale. `tag`: as `canonical` gives it. */
export const isKnownHere = (tag: string): boolean => Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0

/** Null: it is no tag. */
export function canonical(name: string): string | null {
  try {
    return Intl.getCanonicalLocales(name)[0] ?? null
  } catch {
    return null
  }
}

const [numeric, long] = ['numeric', 'long'] as const

/** The parts of the dates of a document. */
export const DATE_PARTS = {
  day: { day: numeric, month: long, year: numeric },
  dayOfYear: { day: numeric, month: long },
  time: { timeStyle: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

/** Of instants in UTC, so that the zone of the machine has no effect. */
export const dateFormat = (tag: string, parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(tag, { ...parts, timeZone: 'UTC', calendar: 'gregory' })

export const timeAt = (time: string): number => Date.parse(`1970-01-01T${time}Z`)

function byIntl(tag: string): Locale {
  const dates = (parts: Intl.DateTimeFormatOptions) => {
    const format = dateFormat(tag, parts)
    return (at: string | number) => apart(format.format(typeof at === 'string' ? Date.parse(at) : at))
  }
  const [day, dayOfYear, time] = [dates(DATE_PARTS.day), dates(DATE_PARTS.dayOfYear), dates(DATE_PARTS.time)]
  const [month, monthOfYear] = [dates({ month: long, year: numeric }), dates({ month: long })]
  const [short, letter] = [dates({ month: 'short' }), dates({ month: 'narrow' })]
  const [numbers, years] = [new Intl.NumberFormat(tag), new Intl.NumberFormat(tag, { useGrouping: false })]
  const number = (value: number) => apart(numbers.format(value))
  return {
    ...{ tag, number, sharesInRanges: false, shortMonth: short },
    day: (at, hasYear = true) => (hasYear ? day(at) : dayOfYear(at)),
    month: (at, hasYear = true) => (hasYear ? month(at) : monthOfYear(at)),
    monthLetter: at =>
      /^\p{L}\p{M}*$/u.test(letter(at).replace(ISOLATES, '')) ? letter(at) : number(Number(at.slice(5, 7))),
    // A date of a year alone has more than digits in some: `2026年`.
    year: at => apart(years.format(Number(at.slice(0, 4)))),
    time: at => time(timeAt(at)),
  }
}

const ISOLATES = /[\u2068\u2069]/g
/** Letters of right-to-left scripts, the digits of Arabic, and marks of direction. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200e\u200f\u{1e900}-\u{1e95f}]/u

/**
 * For an English line: within FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE where it would turn what is beside it. Few fonts
 * of documents have the NARROW NO-BREAK SPACE; the wider one says the same.
 */
function apart(words: string): string {
  const spaced = words.replaceAll('\u202f', '\u00a0')
  return RIGHT_TO_LEFT.test(spaced) ? `\u2068${spaced}\u2069` : spaced
}
