import type { Instant, When } from './discussion.js'

/** Unix seconds to `YYYY-MM-DDTHH:MM:SSZ`; null for what is no time. */
export function instant(seconds: number): Instant | null {
  const date = new Date(Math.floor(seconds) * 1000)
  return Number.isNaN(date.getTime()) ? null : `${date.toISOString().slice(0, 19)}Z`
}

export const seconds = (at: Instant): number => Math.floor(Date.parse(at) / 1000)

export const UNKNOWN_WHEN: When = { from: null, to: null }

export const exactly = (at: Instant): When => ({ from: at, to: at })

export const isExact = (when: When): boolean => when.from !== null && when.from === when.to

/** The date where it is known, else null: `posted_at` of design.md, section 7. */
export const knownDate = (when: When): Instant | null => (isExact(when) ? when.from : null)

/**
 * What two readings of one date say together. Intervals narrow; an exact date beats any interval; where two readings
 * contradict each other the earlier one stays, because a site's date does not change.
 */
export function narrow(kept: When, seen: When): When {
  if (isExact(kept)) return kept
  if (isExact(seen)) return seen
  const from = latest(kept.from, seen.from)
  const to = earliest(kept.to, seen.to)
  return from !== null && to !== null && from > to ? kept : { from, to }
}

// Instants of one form compare as strings.
const latest = (a: Instant | null, b: Instant | null) => (a === null || (b !== null && b > a) ? b : a)
const earliest = (a: Instant | null, b: Instant | null) => (a === null || (b !== null && b < a) ? b : a)

/** Whether something had happened by then. An instant in whole seconds counts to the end of its second. */
export const happenedBy = (at: Instant, then: Instant): boolean =>
  Date.parse(at) < Date.parse(then) + (then.includes('.') ? 1 : 1000)
