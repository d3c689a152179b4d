/** Scripts that put no space between words. Korean puts spaces, but endings follow a name without one. */
const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\u30fc'

/** Characters within a word that show nothing: soft hyphens, zero-width spaces and joiners. */
const HIDDEN = '\\u00ad\\u200b-\\u200d\\u2060\\ufeff'

/** Apostrophes that Unicode counts among the letters. */
const MARKS = '\\u02b9\\u02bb-\\u02bd\\u02c8\\ua78c'

const WORD = new RegExp(`[[\\p{L}\\p{N}\\p{M}${HIDDEN}]--[${UNSPACED}${MARKS}]]+|[${UNSPACED}${HIDDEN}]+`, 'gv')
const HIDDEN_ALL = new RegExp(`[${HIDDEN}]`, 'g')
const STARTS_UNSPACED = new RegExp(`^[${HIDDEN}]*[${UNSPACED}]`, 'v')

/** A word of a text: UTF-16 offsets, `end` excluded. In a script without spaces: all letters up to the next space or other script. */
export interface Word {
  /** As it is compared: composed, in small letters, without what shows nothing. */
  key: string
  start: number
  end: number
  isUnspaced: boolean
}

/** One by one: a list of the words of a text of 10 MB would take 500 MB. */
export function* wordsOf(text: string): Generator<Word, undefined> {
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const isPlain = PLAIN.test(word)
    const key = isPlain ? word.toLowerCase() : folded(word)
    const isUnspaced = !isPlain && STARTS_UNSPACED.test(word)
    if (key !== '') yield { key, start: index, end: index + word.length, isUnspaced }
  }
}

const PLAIN = /^[A-Za-z0-9]+$/

/** Wide and joined letters as plain ones, and the four letters i as one; other accents stay. */
export const folded = (word: string): string =>
  word.replace(TURKISH, 'i').replace(HIDDEN_ALL, '').normalize('NFKC').toLowerCase().replace(DOTTED, 'i')

/** Dotted and dotless i are one letter: which of them is the small form of I depends on the language. */
const TURKISH = /[İı]/g
const DOTTED = /i\u0307/g

/** What may be between the words of one name. */
export const isGap = (text: string): boolean => text.length <= 6 && !/[!?;:/@]|\n\s*\n/.test(text)

/** Endings of names in genitives and other cases, by script. Most are of Slavic languages; `s` is of the Germanic ones. */
const LATIN = ['s', 'a', 'y', 'i', 'u', 'o', 'ę', 'ą', 'ie', 'em', 'ów', 'owi', 'om', 'ou', 'ovi', 'ovou']
const CYRILLIC = ['а', 'у', 'ы', 'и', 'е', 'ю', 'я', 'ой', 'ей', 'ою', 'ом', 'ем', 'ам', 'ою', 'ові', 'ою']

/** Vowels that a case takes off before it puts its ending: Anna, Anny. */
const VOWELS: readonly string[] = ['a', 'o', 'а', 'о', 'я']

/** Last names that are adjectives, in any case and of either sex, by their stem: Kowalska, Kowalskiej; and the forms that a name may have. */
const ADJECTIVES: readonly (readonly [pattern: RegExp, forms: readonly string[]])[] = [
  [/^(.{2,}(?:s|c|dz)k)(?:i|a|ą|ie|iej|iego|iemu|im|ich|imi)$/, ['i', 'a']],
  [/^(.{2,}(?:s|c|dz))cy$/, ['ki', 'ka']],
  [/^(.{3,})(?:ý|á|é|ého|ému|ém|ým|ých|ými|ou)$/, ['ý', 'á']],
  [/^(.{2,}[сцз]ьк|.{2,}[сц]к)(?:ий|ій|ая|а|ого|ому|им|ім|ом|их|ими|ой|ої|ую|у|ою|і|ие)$/, ['ий', 'ая', 'а', 'ій']],
  [/^(.{2,}(?:ов|ев|ёв|єв|ин|ін|ын|їн))(?:а|у|е|і|ої|ій|ою|ой|ым|им|ых|их|ыми|ими)$/, ['', 'а']],
]

/** Shortest stem of a name with an ending: of shorter ones too many other words are made. */
const LEAST = 3

/**
 * Names that this word may be with an ending, and how many characters at its end are no part of the name. Only words that begin with a
 * capital letter: names are written so, and most words that look like a name with an ending are not.
 */
export function endingsOf(key: string, word: string): { name: string; ending: number }[] {
  if (key.length <= LEAST || word[0] === word[0]?.toLowerCase()) return []
  const adjectives = ADJECTIVES.flatMap(([pattern, ends]) => {
    const stem = pattern.exec(key)?.[1]
    return stem === undefined ? [] : ends.map(end => ({ name: stem + end, ending: 0 }))
  })
  const endings = /^[\u0400-\u04ff]/.test(key) ? CYRILLIC : LATIN
  const nouns = endings.flatMap(ending => {
    if (!key.endsWith(ending) || key.length - ending.length < LEAST) return []
    const stem = key.slice(0, -ending.length)
    const whole = ending === 's' ? [] : VOWELS.map(vowel => ({ name: stem + vowel, ending: 0 }))
    return [{ name: stem, ending: ending === 's' ? 1 : 0 }, ...whole]
  })
  return [...nouns, ...adjectives]
}
