import type { Instant, When } from '../../model/discussion.js'
import { ENGLISH, type Locale } from '../../model/locale/locale.js'

/** For people, always in UTC: `28 October 2026, 17:40 UTC`, or `between … and …` where only an interval is known. */
export function whenText({ from, to }: When, locale = ENGLISH): string {
  if (from && to) return from === to ? `${dayTime(from, locale)} UTC` : interval(from, to, locale)
  if (from) return `after ${dayTime(from, locale)} UTC`
  return to ? `before ${dayTime(to, locale)} UTC` : 'date unknown'
}

/** Intervals of more than two days are printed without times, which would only make the line longer. */
function interval(from: Instant, to: Instant, locale: Locale): string {
  const [first, last] = [day(from, locale), day(to, locale)]
  if (first === last) return `${first}, between ${time(from, locale)} and ${time(to, locale)} UTC`
  const hours = (Date.parse(to) - Date.parse(from)) / 3_600_000
  if (hours <= 48) return `between ${dayTime(from, locale)} and ${dayTime(to, locale)} UTC`
  return `between ${first} and ${last}`
}

const dayTime = (instant: Instant, locale: Locale): string => `${day(instant, locale)}, ${time(instant, locale)}`

/** `28 October 2026`. Taken from the characters of the instant, so that no time zone can change it. */
export const day = (instant: Instant, locale = ENGLISH): string => locale.day(instant.slice(0, 10))

/** `between 3 May 2024 and 9 June 2024`, `between May 2024 and June 2024`, `in May 2024` for one month. `precision`: of the archive. */
export function between(from: Instant, to: Instant, precision?: 'month'): string {
  if (precision !== 'month') return `between ${day(from)} and ${day(to)}`
  const [first, last] = [ENGLISH.month(from), ENGLISH.month(to)]
  return first === last ? `in ${first}` : `between ${first} and ${last}`
}

const time = (instant: Instant, locale: Locale): string => locale.time(instant.slice(11, 16))
