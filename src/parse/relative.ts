/**
 * The relative dates of BuddyPress 1.2 to 15 (`bp_core_time_since`), turned back into the ages they stand for.
 * The algorithm never rounds up: the biggest unit that fits, then the next smaller one unless it is zero.
 */

/** Seconds. */
export interface Age {
  min: number
  max: number
}

const UNITS = [
  { word: 'year', seconds: 31_536_000 },
  { word: 'month', seconds: 2_592_000 },
  { word: 'week', seconds: 604_800 },
  { word: 'day', seconds: 86_400 },
  { word: 'hour', seconds: 3600 },
  { word: 'minute', seconds: 60 },
  { word: 'second', seconds: 1 },
] as const

const UNIT = '(year|month|week|day|hour|minute|second)s?'
/** With its "ago": "30 days" alone may be part of a sentence. */
const WORDS = new RegExp(`\\b(\\d+)\\s+${UNIT}(?:,\\s+(\\d+)\\s+${UNIT})?\\s+ago\\b`, 'i')
const HOUR = 4

/** Null for what this grammar does not know: another language, "sometime ago" (no information), no date at all. */
export function ageOf(words: string): Age | null {
  if (/\bright now\b/i.test(words)) return { min: 0, max: 0 }
  const match = WORDS.exec(words)
  if (!match) return null
  const big = unitAt(match[2])
  // Only the next smaller unit follows: anything else was printed by other software, with a rounding of its own.
  if (match[4] !== undefined && unitAt(match[4]) !== big + 1) return null
  const count = Number(match[1])
  const parts = match[3] === undefined ? 0 : Number(match[3])
  const least = count * secondsOf(big) + (match[3] === undefined ? 0 : parts * secondsOf(unitAt(match[4])))
  // Minutes never show seconds, and nothing is smaller than a second.
  const step = big <= HOUR ? secondsOf(big + 1) : secondsOf(big)
  return { min: least, max: Math.min(least + step, ceiling(big, count)) - 1 }
}

/** The unit above takes over at its own length; a count stands for less than the next count. */
function ceiling(unit: number, count: number): number {
  const next = (count + 1) * secondsOf(unit)
  return unit === 0 ? next : Math.min(next, Math.max(secondsOf(unit - 1), count * secondsOf(unit) + 1))
}

/** True if the phrase holds no calendar unit (years, months), so that arithmetic on it is exact. */
export const isClockAge = (words: string): boolean => ageOf(words) !== null && !/year|month/i.test(words)

const secondsOf = (unit: number): number => UNITS[unit]?.seconds ?? 1
const unitAt = (word: string | undefined): number => UNITS.findIndex(unit => unit.word === word?.toLowerCase())
