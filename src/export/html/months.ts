import type { When } from '../../model/discussion.js'
import type { Clock } from '../words/clock.js'

const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** `2026-11` of the opening post, by the start of its interval; `undated`. Threads come in the order of these dates. */
export function monthOf({ from, to }: When, clock: Clock): string {
  const at = from ?? to
  return at === null ? UNDATED : clock.at(at).day.slice(0, 7)
}

export const UNDATED = 'undated'

/** `November 2026`; `Without a date`. */
export const monthWords = (month: string): string =>
  month === UNDATED ? 'Without a date' : `${MONTHS[Number(month.slice(5, 7)) - 1]} ${Number(month.slice(0, 4))}`

/** `Nov`, as on a calendar. */
export const monthName = (month: string): string =>
  month === UNDATED ? 'Without a date' : (MONTHS[Number(month.slice(5, 7)) - 1] ?? '').slice(0, 3)

/** `2026`, or `undated`. */
export const yearOf = (month: string): string => (month === UNDATED ? UNDATED : month.slice(0, 4))
