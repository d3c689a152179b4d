import type { Instant, When } from './discussion.js'

/**
 * Unix seconds as `YYYY-MM-DDTHH:MM:SSZ`; null: not a valid time. Instants compare as strings, and other programs read them: both hold for
 * the years 0001 to 9999 only.
 */
export function instant(seconds: number): Instant | null {
  const at = Math.floor(seconds)
  return at >= FIRST && at <= LAST ? `${new Date(at * 1000).toISOString().slice(0, 19)}Z` : null
}

const FIRST = Date.parse('0001-01-01T00:00:00Z') / 1000
const LAST = Date.parse('9999-12-31T23:59:59Z') / 1000

/** Unix seconds of an instant. */
export const seconds = (at: Instant): number => Math.floor(Date.parse(at) / 1000)

/** Milliseconds of a day. */
export const DAY_MS = 86_400_000

export const UNKNOWN_WHEN: When = { from: null, to: null }

export const exactly = (at: Instant): When => ({ from: at, to: at })

export const isExact = (when: When): boolean => when.from !== null && when.from === when.to

/** The date if it is known exactly, otherwise null: `posted_at` in docs/formats.md. */
export const knownDate = (when: When): Instant | null => (isExact(when) ? when.from : null)

/**
 * Combines a stored date with a newly read one. Intervals narrow to their intersection; an exact date replaces an interval; if the two
 * contradict each other, the stored one stays, because the date of a post does not change.
 */
export function narrow(kept: When, seen: When): When {
  if (isExact(kept)) return kept
  if (isExact(seen)) return seen
  const from = latest(kept.from, seen.from)
  const to = earliest(kept.to, seen.to)
  return from !== null && to !== null && from > to ? kept : { from, to }
}

/** True if no time fits both. */
export function contradict(a: When, b: When): boolean {
  const before = (one: Instant | null, other: Instant | null) => one !== null && other !== null && one < other
  return before(a.to, b.from) || before(b.to, a.from)
}

// Instants of one form compare as strings.
const latest = (a: Instant | null, b: Instant | null) => (a === null || (b !== null && b > a) ? b : a)
const earliest = (a: Instant | null, b: Instant | null) => (a === null || (b !== null && b < a) ? b : a)

/** True if `at` is not after `then`. If `then` is in whole seconds, it includes its whole second. */
export const happenedBy = (at: Instant, then: Instant): boolean =>
  Date.parse(at) < Date.parse(then) + (then.includes('.') ? 1 : 1000)
