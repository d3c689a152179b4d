import type { When } from '../../model/discussion.js'
import type { Locale } from '../../model/locale/locale.js'
import type { ZonedClock } from '../words/clock.js'

/** `2026-11` of the opening post, by the start of its interval; `undated`. Threads come in the order of these dates. */
export function monthOf({ from, to }: When, clock: ZonedClock): string {
  const at = from ?? to
  return at === null ? UNDATED : clock.at(at).day.slice(0, 7)
}

export const UNDATED = 'undated'

/** `November 2026`; `Without a date`. */
export const monthWords = (month: string, locale: Locale): string =>
  month === UNDATED ? 'Without a date' : locale.month(month)

/** `Nov`, as on a calendar. */
export const monthName = (month: string, locale: Locale): string =>
  month === UNDATED ? 'Without a date' : locale.shortMonth(month)

/** `2026`, or `undated`. */
export const yearOf = (month: string): string => (month === UNDATED ? UNDATED : month.slice(0, 4))
