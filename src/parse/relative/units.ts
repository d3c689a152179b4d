/** A range of ages in seconds, both ends included. */
export interface Age {
  min: number
  max: number
}

export type Unit = 'year' | 'month' | 'week' | 'day' | 'hour' | 'minute' | 'second'

/** A parsed relative date: "2 years, 3 months ago" has two parts; "a day ago" has one part, whose count is a word. */
export interface Phrase {
  parts: { count: number; unit: Unit }[]
  /** "right now" or "just now", without a count; both, if a language has one word for them. Empty: an age. */
  now: readonly ('right' | 'just')[]
  /** The count is a word: "a", "an", "a few". */
  countIsWord: boolean
}

/** The units from biggest to smallest, in seconds, as in `bp_core_time_since`: months have 30 days. */
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
