import { remembered } from '../document/remembered.js'
import { LANGUAGES, type Language } from './languages.js'
import type { Phrase, Unit } from './units.js'

/** The patterns of one language, compiled once. */
interface Grammar {
  now: [RegExp, 'right' | 'just'][]
  ago: RegExp[]
  few: ReadonlySet<string>
  one: ReadonlySet<string>
  units: ReadonlyMap<string, Unit>
}

/** Matches whole words of any script: `\b` supports ASCII only. */
const wholeWords = (pattern: string) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, 'iu')
const anyOf = (words: readonly string[]) => [...words].sort((a, b) => b.length - a.length).join('|')

function grammarOf({ ago, right, just, one, few, units }: Language): Grammar {
  const named = Object.entries(units).flatMap(([unit, words]) => words.map(word => [word, unit as Unit] as const))
  const word = anyOf(named.map(([name]) => name))
  const age = `(?:(${anyOf(few)})|(\\d{1,6}|${anyOf(one)})\\s?(${word})(?:\\s?(?:,|und|et|y|en|e)\\s(\\d{1,6})\\s(${word}))?)`
  return {
    now: [
      [wholeWords(anyOf(right)), 'right'],
      [wholeWords(anyOf(just)), 'just'],
    ],
    ago: ago.map(form => wholeWords(form.replaceAll(' ', '\\s').replace('#', age))),
    few: new Set(few),
    one: new Set(one),
    units: new Map(named),
  }
}

const GRAMMARS: readonly Grammar[] = LANGUAGES.map(grammarOf)

/** The text of a date is short; a longer text contains words of a member. */
const MAX_LENGTH = 1000

/** The first age in a text, in any of the languages. It needs its "ago", because "30 days" alone may be part of a sentence. */
export const phraseIn = (words: string): Phrase | null => (words.length > MAX_LENGTH ? null : readOnce(words))

function readPhrase(words: string): Phrase | null {
  const text = words.replace(/\s+/g, ' ').toLowerCase()
  for (const grammar of GRAMMARS) {
    const phrase = nowIn(text, grammar) ?? agoIn(text, grammar)
    if (phrase) return phrase
  }
  return null
}

const readOnce = remembered(readPhrase, 2000)

/** True if a text is a relative date and nothing else, in any of the languages: "2 days ago", not "Ann replied 2 days ago". */
export const isDateOnly = (words: string): boolean => words.length <= MOST_OF_A_DATE && isDateOnce(words)

/** The longest date has two units. */
const MOST_OF_A_DATE = 80

const isDateOnce = remembered((words: string): boolean => {
  const text = words.replace(/\s+/g, ' ').toLowerCase()
  const patterns = GRAMMARS.flatMap(({ now, ago }) => [...now.map(([pattern]) => pattern), ...ago])
  return patterns.some(pattern => pattern.test(text) && !/[\p{L}\p{N}]/u.test(text.replace(pattern, '')))
}, 2000)

function nowIn(text: string, { now }: Grammar): Phrase | null {
  const found = now.find(([pattern]) => pattern.test(text))
  return found ? { parts: [], now: found[1], countIsWord: false } : null
}

function agoIn(text: string, { ago, one, units }: Grammar): Phrase | null {
  const match = ago.map(pattern => pattern.exec(text)).find(Boolean)
  if (!match) return null
  const [, few, count = '', unit = '', next, nextUnit = ''] = match
  if (few) return { parts: [{ count: 1, unit: 'second' }], now: null, countIsWord: true }
  const countIsWord = one.has(count)
  const parts = [{ count: countIsWord ? 1 : Number(count), unit: units.get(unit) as Unit }]
  if (next !== undefined) parts.push({ count: Number(next), unit: units.get(nextUnit) as Unit })
  return { parts, now: null, countIsWord }
}
