import { type Age, type Phrase, secondsOf, type Unit } from './units.js'

const DAY = 86_400
/** The length of a month for moment: 146097 days in 400 years. */
const MONTH = (146_097 / 4800) * DAY
const YEAR = 12 * MONTH
/** moment counts calendar months, which are up to three days longer or shorter. */
const CALENDAR_ERROR = 3 * DAY

/** The ages in seconds for which moment's `fromNow` prints "a minute", "an hour" and so on, from its thresholds and rounding. */
const RANGES_OF_ONE: Partial<Record<Unit, Age>> = {
  second: { min: 0, max: 45 },
  minute: { min: 44, max: 90 },
  hour: { min: 44.5 * 60, max: 90 * 60 },
  day: { min: 21.5 * 3600, max: 36 * 3600 },
  month: { min: 25.5 * DAY - 3600, max: 1.5 * MONTH + CALENDAR_ERROR },
  year: { min: 10.5 * MONTH - CALENDAR_ERROR, max: 1.5 * YEAR + CALENDAR_ERROR },
}

/**
 * The age in words that a browser prints for a `data-livestamp` (livestamp.js with moment.js, BuddyPress 2.7 and later). It rounds to
 * the nearest count, so "2 years ago" means 18 to 30 months. Null if it does not print these words.
 */
export function momentAge({ parts, now, countIsWord }: Phrase): Age | null {
  const [part, second] = parts
  if (now.length > 0 || !part || second || part.unit === 'week') return null
  // Some translations have "1 minute" for "a minute".
  if (countIsWord || part.count === 1) return rounded(RANGES_OF_ONE[part.unit] ?? null)
  if (part.count < 2 || part.unit === 'second') return null
  const slack = part.unit === 'month' || part.unit === 'year' ? CALENDAR_ERROR : 0
  const length = part.unit === 'month' ? MONTH : part.unit === 'year' ? YEAR : secondsOf(part.unit)
  return rounded({ min: (part.count - 0.5) * length - slack, max: (part.count + 0.5) * length + slack })
}

const rounded = (age: Age | null): Age | null => age && { min: Math.floor(age.min), max: Math.ceil(age.max) }
