import { type Age, type Phrase, secondsOf, UNITS } from './units.js'

const HOUR_INDEX = 4

/**
 * The inverse of `bp_core_time_since` (BuddyPress 1.2 to 15, BuddyBoss 1.x), which prints the biggest unit that fits, then the next
 * smaller unit unless it is zero, rounded down. Null if it does not print these words.
 */
export function buddypressAge({ parts, now, countIsWord }: Phrase): Age | null {
  if (now.length > 0) return now.includes('right') ? { min: 0, max: 0 } : null
  const [first, second] = parts
  if (!first || countIsWord) return null
  const big = UNITS.findIndex(({ unit }) => unit === first.unit)
  // BuddyPress prints only the next smaller unit; other software, which rounds differently, prints other units.
  if (second && (UNITS[big + 1]?.unit !== second.unit || second.count === 0)) return null
  const lowest = first.count * secondsOf(first.unit) + (second ? second.count * secondsOf(second.unit) : 0)
  // Ages in minutes have no seconds, and no unit is smaller than a second.
  const step = big <= HOUR_INDEX ? (UNITS[big + 1]?.seconds ?? 1) : secondsOf(first.unit)
  return { min: lowest, max: Math.min(lowest + step, upperBound(big, first.count)) - 1 }
}

/** The exclusive upper bound of a count in seconds: the next count, or the age at which the next bigger unit begins. */
function upperBound(at: number, count: number): number {
  const own = UNITS[at]?.seconds ?? 1
  const next = (count + 1) * own
  return at === 0 ? next : Math.min(next, Math.max(UNITS[at - 1]?.seconds ?? 1, count * own + 1))
}
