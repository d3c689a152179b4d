import type { Instant, When } from '../../model/discussion.js'

const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** For people, always in UTC: `28 October 2026, 17:40 UTC`, or `between … and …` where only an interval is known. */
export function whenText({ from, to }: When): string {
  if (from && to) return from === to ? `${dayTime(from)} UTC` : interval(from, to)
  if (from) return `after ${dayTime(from)} UTC`
  return to ? `before ${dayTime(to)} UTC` : 'date unknown'
}

/** The clock is of use up to two days; beyond them it only makes the line long. */
function interval(from: Instant, to: Instant): string {
  if (day(from) === day(to)) return `${day(from)}, between ${time(from)} and ${time(to)} UTC`
  const hours = (Date.parse(to) - Date.parse(from)) / 3_600_000
  if (hours <= 48) return `between ${dayTime(from)} and ${dayTime(to)} UTC`
  return `between ${day(from)} and ${day(to)}`
}

const dayTime = (instant: Instant): string => `${day(instant)}, ${time(instant)}`

/** `28 October 2026`. Cut out of the text, not computed: no time zone can get in. */
export const day = (instant: Instant): string =>
  `${Number(instant.slice(8, 10))} ${MONTHS[Number(instant.slice(5, 7)) - 1]} ${instant.slice(0, 4)}`

const time = (instant: Instant): string => instant.slice(11, 16)
