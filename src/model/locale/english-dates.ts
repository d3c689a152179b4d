import { canonical, DATE_PARTS, dateFormat, ENGLISH, isKnownHere, timeAt } from './locale.js'

/** A form of dates of a locale: the expression that finds it, and what it is in English. `groups`: the digits that it has found. */
interface Form {
  source: string
  groups: number
  english(groups: readonly string[]): string
}

/**
 * Dates of a document of this locale as a document in `en` has them: `13. März 2026, 07:48` becomes `13 March 2026, 07:48`. Other words stay.
 * A locale that is not known here changes nothing.
 */
export function englishDates(name: string): (words: string) => string {
  const tag = canonical(name)
  if (tag === null || tag === 'en' || !isKnownHere(tag)) return words => words
  const digits = digitsOf(tag)
  const forms = [...daysOf(tag, digits, 'day'), ...daysOf(tag, digits, 'dayOfYear'), ...timesOf(tag, digits)]
  const pattern = new RegExp(`(?<!\\p{Nd})(?:${forms.map(({ source }) => source).join('|')})(?!\\p{Nd})`, 'gu')
  return words =>
    words.replace(DIRECTIONS, '').replace(pattern, (_, ...found: (string | undefined)[]) => {
      const { english, groups } = foundBy(forms, found)
      return english(groups.map(text => text.replace(/./gu, digit => String(digits.indexOf(digit)))))
    })
}

/** The form whose digits were found, among the groups of all forms, and they. */
function foundBy(forms: readonly Form[], found: readonly (string | undefined)[]) {
  let start = 0
  for (const { groups, english } of forms) {
    if (found[start] !== undefined) return { english, groups: found.slice(start, start + groups).map(String) }
    start += groups
  }
  throw new Error('A date was found by no form.')
}

const DIRECTIONS = /[\u2066-\u2069\u200e\u200f\u061c]/g

/** The digits from 0 to 9. */
function digitsOf(tag: string): string[] {
  const format = new Intl.NumberFormat(tag, { useGrouping: false })
  return Array.from({ length: 10 }, (_, digit) => format.format(digit))
}

/** A form for each month, because months change what is beside them: `13 de març`, `13 d’abril`. */
function daysOf(tag: string, digits: readonly string[], form: 'day' | 'dayOfYear'): Form[] {
  const format = dateFormat(tag, DATE_PARTS[form])
  return Array.from({ length: 12 }, (_, month) => {
    const parts = format.formatToParts(Date.UTC(2026, month, 13))
    const order = parts.flatMap(({ type }) => (type === 'day' || type === 'year' ? [type] : []))
    const name = ENGLISH.month(`2026-${String(month + 1).padStart(2, '0')}`, false)
    return {
      source: sourceOf(parts, { day: `([${digits.join('')}]{1,2})`, year: `([${digits.join('')}]{4})` }),
      groups: order.length,
      english: groups => {
        const of = (type: 'day' | 'year') => groups[order.indexOf(type)]
        return [Number(of('day')), name, of('year')].filter(part => part !== undefined).join(' ')
      },
    }
  })
}

/** A form for each hour: who counts twelve has names for the parts of a day. */
function timesOf(tag: string, digits: readonly string[]): Form[] {
  const format = dateFormat(tag, DATE_PARTS.time)
  return Array.from({ length: 24 }, (_, hour) => {
    const hours = String(hour).padStart(2, '0')
    const source = sourceOf(format.formatToParts(timeAt(`${hours}:07`)), { minute: `([${digits.join('')}]{1,2})` })
    return { source, groups: 1, english: ([minute = '']) => `${hours}:${minute.padStart(2, '0')}` }
  })
}

/** An expression for these parts: `by` type, or as they are. Any space stands for any other: which one it is depends on the version of Node. */
const sourceOf = (parts: readonly Intl.DateTimeFormatPart[], by: Readonly<Record<string, string>>): string =>
  parts
    .map(({ type, value }) => by[type] ?? value.replace(DIRECTIONS, '').replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
    .join('')
    .replace(/\s+/g, '\\s+')
