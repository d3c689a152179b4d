/** A word of a text, and where it stands there. */
export interface Word {
  text: string
  start: number
  end: number
}

/**
 * Escapes of JSON, entities of HTML, percent signs of addresses, characters of scripts without spaces (each a word of its own),
 * runs of letters. Whatever is none of these parts words.
 */
const UNIT =
  /\\u(?<json>[0-9a-f]{4})|\\[nrtbf"'\\/]|&#x(?<hex>[0-9a-f]{1,6});|&#(?<decimal>\d{1,7});|&(?<letter>[a-z])(?<accent>acute|grave|circ|uml|tilde|cedil|ring|caron);|&[a-z]{2,8}\d?;|(?<percent>(?:%[0-9a-f]{2})+)|(?<single>[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])|(?<run>(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{N}\p{M}])+)/giu

const SINGLE = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]$/u
/** One escape may stand for several characters. */
const BETWEEN = /([^\p{L}\p{N}\p{M}]+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])/u
const LETTERS = /^[\p{L}\p{N}\p{M}]+$/u

/** The words of a text in whatever way it is written: plain, HTML, JSON, or an address. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  let open: Word | null = null
  for (const match of text.matchAll(UNIT)) {
    const start = match.index
    const end = start + match[0].length
    if (open && open.end < start) open = null
    const piece = meaning(match.groups ?? {})
    if (piece === '') open = null
    for (const part of piece.split(BETWEEN)) {
      if (part === '') continue
      if (!LETTERS.test(part)) open = null
      else if (open && !SINGLE.test(part)) {
        open.text += part
        open.end = end
      } else {
        const word: Word = { text: part, start, end }
        words.push(word)
        open = SINGLE.test(part) ? null : word
      }
    }
  }
  for (const word of words) word.text = word.text.normalize('NFC')
  return words
}

const ACCENTS: Record<string, string> = {
  acute: '\u0301',
  grave: '\u0300',
  circ: '\u0302',
  uml: '\u0308',
  tilde: '\u0303',
  cedil: '\u0327',
  ring: '\u030a',
  caron: '\u030c',
}

/** Empty for what only parts words. */
function meaning({ json, hex, decimal, percent, single, run, letter, accent = '' }: Groups): string {
  if (run !== undefined || single !== undefined) return run ?? single ?? ''
  if (percent !== undefined) return decoded(percent)
  if (letter !== undefined) return letter + (ACCENTS[accent] ?? '')
  if (json === undefined && hex === undefined && decimal === undefined) return ''
  const code =
    json !== undefined ? Number.parseInt(json, 16) : hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal)
  return code <= 0x10ffff ? String.fromCodePoint(code) : ''
}

type Groups = Record<string, string | undefined>

export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
