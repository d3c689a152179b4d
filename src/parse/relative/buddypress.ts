import { type Age, type Phrase, secondsOf, UNITS } from './units.js'

const HOUR_INDEX = 4

/**
 * `bp_core_time_since`, BuddyPress 1.2 to 15, and BuddyBoss 1.x, turned back: the biggest unit that fits, then the next smaller
 * one unless it is zero; never rounded up. Null for what it does not print.
 */
export function buddypressAge({ parts, now, countIsWord }: Phrase): Age | null {
  if (now) return now === 'right' ? { min: 0, max: 0 } : null
  const [first, second] = parts
  if (!first || countIsWord) return null
  const big = UNITS.findIndex(({ unit }) => unit === first.unit)
  // Only the next smaller unit follows: anything else was printed by other software, with a rounding of its own.
  if (second && (UNITS[big + 1]?.unit !== second.unit || second.count === 0)) return null
  const least = first.count * secondsOf(first.unit) + (second ? second.count * secondsOf(second.unit) : 0)
  // Minutes never show seconds, and nothing is smaller than a second.
  const step = big <= HOUR_INDEX ? (UNITS[big + 1]?.seconds ?? 1) : secondsOf(first.unit)
  return { min: least, max: Math.min(least + step, upperBound(big, first.count)) - 1 }
}

/** The unit above takes over at its own length; a count stands for less than the next count. */
function upperBound(at: number, count: number): number {
  const own = UNITS[at]?.seconds ?? 1
  const next = (count + 1) * own
  return at === 0 ? next : Math.min(next, Math.max(UNITS[at - 1]?.seconds ?? 1, count * own + 1))
}
