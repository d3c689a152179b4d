import type { Instant, When } from '../../model/discussion.js'

const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** For people, always in UTC: `28 October 2026, 17:40 UTC`, or `between … and …` where only an interval is known. */
export function whenText({ from, to }: When): string {
  if (from && to) return from === to ? `${dayTime(from)} UTC` : interval(from, to)
  if (from) return `after ${dayTime(from)} UTC`
  return to ? `before ${dayTime(to)} UTC` : 'date unknown'
}

/** Intervals of more than two days are printed without times, which would only make the line longer. */
function interval(from: Instant, to: Instant): string {
  if (day(from) === day(to)) return `${day(from)}, between ${time(from)} and ${time(to)} UTC`
  const hours = (Date.parse(to) - Date.parse(from)) / 3_600_000
  if (hours <= 48) return `between ${dayTime(from)} and ${dayTime(to)} UTC`
  return `between ${day(from)} and ${day(to)}`
}

const dayTime = (instant: Instant): string => `${day(instant)}, ${time(instant)}`

/** `28 October 2026`. Taken from the characters of the instant, so that no time zone can change it. */
export const day = (instant: Instant): string =>
  `${Number(instant.slice(8, 10))} ${MONTHS[Number(instant.slice(5, 7)) - 1]} ${instant.slice(0, 4)}`

/** `October 2026` */
const month = (instant: Instant): string => day(instant).replace(/^\d+ /, '')

/** `between 3 May 2024 and 9 June 2024`, `between May 2024 and June 2024`, `in May 2024` for one month. `precision`: of the archive. */
export function between(from: Instant, to: Instant, precision?: 'month'): string {
  if (precision !== 'month') return `between ${day(from)} and ${day(to)}`
  return month(from) === month(to) ? `in ${month(from)}` : `between ${month(from)} and ${month(to)}`
}

const time = (instant: Instant): string => instant.slice(11, 16)
