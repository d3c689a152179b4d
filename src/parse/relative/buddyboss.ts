import { type Age, type Phrase, secondsOf, type Unit } from './units.js'

const DAY = 86_400

/**
 * The last count of each unit, and the age in seconds at which the next unit begins, which shortens the last count (reference 3.4;
 * bp-core/bp-core-functions.php, 2.0 to 3.4).
 */
const LAST_COUNTS: Partial<Record<Unit, { count: number; ends: number }>> = {
  minute: { count: 59, ends: 3600 },
  hour: { count: 23, ends: DAY },
  day: { count: 6, ends: 7 * DAY },
  week: { count: 8, ends: 60 * DAY },
  month: { count: 12, ends: 365 * DAY },
}

/** The age in words of BuddyBoss 2.0 and later (PHP and its livestamp.js): one unit, rounded down. Null if it does not print them. */
export function buddybossAge({ parts, now, countIsWord }: Phrase): Age | null {
  if (now.length > 0) return now.includes('just') ? { min: 0, max: 59 } : null
  const [part, second] = parts
  if (!part || second || part.unit === 'second' || (countIsWord && part.count !== 1)) return null
  const { count, unit } = part
  const last = LAST_COUNTS[unit]
  if (last && count > last.count) return null
  const length = secondsOf(unit)
  const end = last && count === last.count ? last.ends : (count + 1) * length
  return { min: count * length, max: end - 1 }
}
