/** BuddyPress counts with fixed lengths: every year has 365 days, every month 30. */
const UNITS = [
  { name: 'year', seconds: 31_536_000 },
  { name: 'month', seconds: 2_592_000 },
  { name: 'week', seconds: 604_800 },
  { name: 'day', seconds: 86_400 },
  { name: 'hour', seconds: 3_600 },
  { name: 'minute', seconds: 60 },
  { name: 'second', seconds: 1 },
] as const

const amount = (count: number, name: string): string => `${count} ${name}${count === 1 ? '' : 's'}`

/**
 * The text that BuddyPress 1.5 to 15 prints for a post of this age (`bp_core_time_since`), in English.
 *
 * The biggest unit that fits, then the next smaller one if it is not zero; never rounded up. Minutes and seconds stand
 * alone. So "12 months ago" exists (360 to 364 days), "1 year ago" lasts 30 days, and a year never shows weeks.
 * An age of zero is "right now", a negative one "sometime ago".
 */
export function timeSince(seconds: number): string {
  if (seconds < 0) return 'sometime ago'
  const index = UNITS.findIndex(unit => Math.floor(seconds) >= unit.seconds)
  const unit = UNITS[index]
  if (!unit) return 'right now'
  const count = Math.floor(seconds / unit.seconds)
  const rest = seconds - count * unit.seconds
  return `${[amount(count, unit.name), ...second(index, rest)].join(', ')} ago`
}

function second(index: number, rest: number): string[] {
  const unit = UNITS[index + 1]
  if (!unit || unit.name === 'second') return []
  const count = Math.floor(rest / unit.seconds)
  return count > 0 ? [amount(count, unit.name)] : []
}
