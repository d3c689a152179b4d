/** Ages in seconds, both ends included. */
export interface Age {
  min: number
  max: number
}

export type Unit = 'year' | 'month' | 'week' | 'day' | 'hour' | 'minute' | 'second'

/** A relative date, taken apart: "2 years, 3 months ago" has two parts, "a day ago" one, without a numeral. */
export interface Phrase {
  parts: { count: number; unit: Unit }[]
  /** "now": no age at all. */
  now: 'right' | 'just' | null
  /** Its count is a word: "a", "an", "a few". */
  countIsWord: boolean
}

/** Biggest first, in seconds: as `bp_core_time_since` reckons, with months of 30 days. */
export const UNITS: readonly { unit: Unit; seconds: number }[] = [
  { unit: 'year', seconds: 31_536_000 },
  { unit: 'month', seconds: 2_592_000 },
  { unit: 'week', seconds: 604_800 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3600 },
  { unit: 'minute', seconds: 60 },
  { unit: 'second', seconds: 1 },
]

export const secondsOf = (unit: Unit): number => UNITS.find(one => one.unit === unit)?.seconds ?? 1
