/** A duration in words: `45 s`, `12 min`, `3.5 h`, `12 days`, `2.1 years`. */
export function durationWords(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`
  if (seconds < HOUR) return `${Math.floor(seconds / 60)} min`
  if (seconds < 2 * DAY) return `${short(seconds / HOUR)} h`
  if (seconds < 2 * YEAR) return `${short(seconds / DAY)} days`
  return `${short(seconds / YEAR)} years`
}

const HOUR = 3600
const DAY = 24 * HOUR
const YEAR = 365.25 * DAY

/** One decimal below ten. Rounded down, so that 23 h 59 min is not 24 h. */
const short = (value: number): string =>
  (value < 10 ? Math.floor(value * 10) / 10 : Math.floor(value)).toLocaleString('en-US')
