import { remembered } from '../../model/remembered.js'
import { folded, type Language } from './language.js'
import { LANGUAGES } from './languages/index.js'
import type { Phrase, Unit } from './units.js'

/** The forms of one language. */
interface Grammar {
  now: NowForm[]
  ago: AgoForm[]
  few: ReadonlySet<string>
  one: ReadonlySet<string>
  units: ReadonlyMap<string, Unit>
  /** Forms that need no number, with the number that they mean. */
  numberless: ReadonlyMap<string, Part>
}

/**
 * One form of a date. Most texts have the words of no form, or of one, so the pattern is compiled when a text first has them: to compile
 * those of all languages takes half a second.
 */
interface Form {
  /** Words that each match contains. */
  words: string
  pattern: () => RegExp
}

interface NowForm extends Form {
  kind: 'right' | 'just'
}

interface AgoForm extends Form {
  /** Text directly before, or after, a match that shows that the age has more parts than were read. */
  more: { before: RegExp; after: RegExp }
}

type Part = Phrase['parts'][number]

/** Matches whole words of any script: `\b` supports ASCII only. Text and words are in lower case. */
const wholeWords = (pattern: string) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, 'u')
/** A single word such as "now" may be in any sentence, so it must be the whole text. */
const wholeText = (word: string) => new RegExp(`^[^\\p{L}\\p{N}]*${word}[^\\p{L}\\p{N}]*$`, 'u')
const escaped = (words: string) => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s')
const anyOf = (words: readonly string[]) =>
  words.length === 0
    ? '(?!)'
    : [...words]
        .sort((a, b) => b.length - a.length)
        .map(escaped)
        .join('|')

/** What is printed between two units: "," (translated), and "and". Some translations have a space only, or nothing. */
const COMMA = '[,،、.]'
const AND = '(?:and|und|et|y|en|e|i|a|og|och|ja|és|ve|si|și|i|и|та|і|και|و|dan|và)\\s'
const BETWEEN = `\\s?(?:${COMMA}\\s?)?(?:${AND})?`

const NEVER = /(?!)/
/** A number with a word before a match that begins with a number, or a number behind a match that ends with a unit. */
const MORE_BEFORE = /\d\s?\p{L}[\p{L}\p{M}]*\.?[\s,،、.]*(?:\p{L}{1,3}\s)?$/u
const MORE_AFTER = /^[\s,،、.]*(?:\p{L}{1,3}\s)?\d/u

function grammarOf({ ago, right, just, one, few, units, alone, pair }: Language): Grammar {
  const named = namesOf(units, unit => unit)
  const numberless = [...namesOf(alone, unit => ({ count: 1, unit })), ...namesOf(pair, unit => ({ count: 2, unit }))]
  const age = () => {
    const part = `(?:(${anyOf(names(numberless))})|(\\d{1,6}|${anyOf(one)})\\s?(${anyOf(names(named))}))\\.?`
    return `(?:(${anyOf(few)})|${part}(?:${BETWEEN}${part})?)`
  }
  return {
    now: [...nowForms(right, 'right'), ...nowForms(just, 'just')],
    ago: ago.map(form => agoForm(form, age)),
    few: new Set(few),
    one: new Set(one),
    units: new Map(named),
    numberless: new Map(numberless),
  }
}

const names = (entries: readonly (readonly [string, unknown])[]): string[] => entries.map(([name]) => name)

const namesOf = <Meaning>(words: Language['units'], meaningOf: (unit: Unit) => Meaning) =>
  Object.entries(words).flatMap(([unit, forms]) => forms.map(form => [form, meaningOf(unit as Unit)] as const))

const nowForms = (words: readonly string[], kind: 'right' | 'just'): Grammar['now'] =>
  words.map(word => ({
    words: word,
    kind,
    pattern: once(() => (word.includes(' ') ? wholeWords : wholeText)(escaped(word))),
  }))

const agoForm = (form: string, age: () => string): AgoForm => ({
  words: form.split('#').reduce((one, other) => (other.length > one.length ? other : one)),
  pattern: once(() => wholeWords(escaped(form).replace('#', age()))),
  more: { before: form.startsWith('#') ? MORE_BEFORE : NEVER, after: form.endsWith('#') ? MORE_AFTER : NEVER },
})

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => {
    made ??= make()
    return made
  }
}

const GRAMMARS: readonly Grammar[] = LANGUAGES.map(grammarOf)

/** The text of a date is short; a longer text contains words of a member. One letter may become eighteen when it is folded. */
const MAX_LENGTH = 300

/** The first age in a text, in any of the languages. It needs its "ago", because "30 days" alone may be part of a sentence. */
export const phraseIn = (words: string): Phrase | null => (words.length > MAX_LENGTH ? null : readOnce(words))

function readPhrase(words: string): Phrase | null {
  const text = folded(words)
  if (text.length > MAX_LENGTH) return null
  const now = GRAMMARS.flatMap(grammar => nowIn(text, grammar))
  if (now.length > 0) return { parts: [], now, countIsWord: false }
  for (const grammar of GRAMMARS) {
    const phrase = agoIn(text, grammar)
    if (phrase) return phrase
  }
  return null
}

const readOnce = remembered(readPhrase, 2000)

const nowIn = (text: string, { now }: Grammar) =>
  now.filter(({ words, pattern }) => text.includes(words) && pattern().test(text)).map(({ kind }) => kind)

function agoIn(text: string, grammar: Grammar): Phrase | null {
  for (const { words, pattern, more } of grammar.ago) {
    const match = text.includes(words) ? pattern().exec(text) : null
    if (!match) continue
    const [all, few, ...parts] = match
    if (more.before.test(text.slice(0, match.index)) || more.after.test(text.slice(match.index + all.length))) continue
    if (few) return { parts: [{ count: 1, unit: 'second' }], now: [], countIsWord: true }
    const [first, second] = [partOf(parts.slice(0, 3), grammar), partOf(parts.slice(3), grammar)]
    if (!first) continue
    return { parts: second ? [first, second] : [first], now: [], countIsWord: grammar.one.has(parts[1] ?? '') }
  }
  return null
}

/** The part of an age from its groups: a number (or a word for one) with a unit, or a form without a number. */
function partOf([numberless, count, name]: (string | undefined)[], grammar: Grammar): Part | null {
  if (numberless !== undefined) return grammar.numberless.get(numberless) ?? null
  const unit = grammar.units.get(name ?? '')
  return count === undefined || !unit ? null : { count: grammar.one.has(count) ? 1 : Number(count), unit }
}

/** True if a text is a relative date and nothing else, in any of the languages: "2 days ago", not "Ann replied 2 days ago". */
export const isDateOnly = (words: string): boolean => words.length <= MOST_OF_A_DATE && isDateOnce(words)

/** The longest date has two units. */
const MOST_OF_A_DATE = 80

const FORMS: readonly Form[] = GRAMMARS.flatMap(({ now, ago }) => [...now, ...ago])

const isDateOnce = remembered((words: string): boolean => {
  const text = folded(words)
  return FORMS.some(
    ({ words, pattern }) =>
      text.includes(words) && pattern().test(text) && !/[\p{L}\p{N}]/u.test(text.replace(pattern(), '')),
  )
}, 2000)
