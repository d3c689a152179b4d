import type { Unit } from './units.js'

/**
 * The words of one language for "3 days ago", as the translations of BuddyPress, BuddyBoss and moment have them. Forms of one word are
 * separated by `|`; lists of units begin with the year and end with the second.
 */
export interface LanguageRow {
  name: string
  /** The words around the age; `#` is the age. */
  ago: string
  /** BuddyPress' "right now" and BuddyBoss' "just now". */
  now: readonly [string, string]
  /** Words for the number one. */
  one: string
  /** "a few seconds", without its "ago". */
  few: string
  units: readonly string[]
  /** Forms that mean one unit, and two units, without a number. */
  alone?: readonly string[]
  pair?: readonly string[]
}

/** A row of the tables, taken apart and folded. */
export interface Language {
  name: string
  ago: readonly string[]
  right: readonly string[]
  just: readonly string[]
  one: readonly string[]
  few: readonly string[]
  units: Record<Unit, readonly string[]>
  alone: Record<Unit, readonly string[]>
  pair: Record<Unit, readonly string[]>
}

export function languageOf({ name, ago, now, one, few, units, alone = [], pair = [] }: LanguageRow): Language {
  const [right, just] = now
  return {
    ...{ name, ago: forms(ago), right: forms(right), just: forms(just), one: forms(one), few: forms(few) },
    ...{ units: byUnit(units), alone: byUnit(alone), pair: byUnit(pair) },
  }
}

const forms = (words: string): string[] => words.split('|').map(folded).filter(Boolean)

/** The words of each unit, from the year to the second; none where the list has none. */
const byUnit = (words: readonly string[]): Record<Unit, readonly string[]> => {
  const [year = [], month = [], week = [], day = [], hour = [], minute = [], second = []] = words.map(word =>
    forms(word),
  )
  return { year, month, week, day, hour, minute, second }
}

/** The first digit of each script that has its own digits: Arabic, Persian, Devanagari, Bengali, Thai. NFKC covers the wide ones. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50]

const asciiDigit = (digit: string): string => {
  const code = digit.codePointAt(0) ?? 0
  const zero = ZEROS.find(first => code >= first && code <= first + 9)
  return zero === undefined ? digit : String(code - zero)
}

/**
 * A text in the form in which words are compared: lower case, ASCII digits, single spaces, without invisible marks of direction and
 * vowel signs, and with the Persian forms of two Arabic letters.
 */
export const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{Cf}\u0591-\u05bd\u064b-\u0652]/gu, '')
    .replace(/\p{Nd}/gu, asciiDigit)
    .replaceAll('ي', 'ی')
    .replaceAll('ك', 'ک')
    .replace(/\s+/g, ' ')
