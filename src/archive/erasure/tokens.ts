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
  /\\u(?<json>[0-9a-f]{4})|\\[nrtbf"'\\/]|&#x(?<hex>[0-9a-f]{1,6});|&#(?<decimal>\d{1,7});|&(?<letter>[a-z])(?<accent>acute|grave|circ|uml|tilde|cedil|ring|caron);|&[a-z]{2,8}\d?;|(?<percent>(?:%[0-9a-f]{2})+)|(?<single>[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])|(?<run>(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{N}\p{M}])+)/iuy

const SINGLE = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]$/u
/** One escape may stand for several characters. */
const BETWEEN = /([^\p{L}\p{N}\p{M}]+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])/u
const LETTERS = /^[\p{L}\p{N}\p{M}]+$/u

/** The words of a text in whatever way it is written: plain, HTML, JSON, or an address. */
export function wordsOf(text: string): Word[] {
  const words = new WordList()
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at)
    if (isPlain(code)) {
      const end = plainEnd(text, at)
      words.add(text.slice(at, end), at, end)
      at = end
    } else at = code < 128 && !STARTS.includes(code) ? at + 1 : words.addUnit(text, at)
  }
  return words.all()
}

/** Backslash, ampersand, percent sign. */
const STARTS = [0x5c, 0x26, 0x25]

/** Most of a page is ASCII, which needs no regular expression. */
const isPlain = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a)

function plainEnd(text: string, start: number): number {
  let end = start + 1
  while (end < text.length && isPlain(text.charCodeAt(end))) end++
  return end
}

class WordList {
  private readonly words: Word[] = []
  private open: Word | null = null

  /** Returns where to go on. */
  addUnit(text: string, start: number): number {
    UNIT.lastIndex = start
    const match = UNIT.exec(text)
    if (!match) return start + 1
    const end = Math.max(start + 1, UNIT.lastIndex)
    const piece = meaning(match.groups ?? {})
    if (piece === '') this.open = null
    for (const part of piece.split(BETWEEN)) if (part !== '') this.add(part, start, end)
    return end
  }

  add(part: string, start: number, end: number): void {
    if (this.open && this.open.end < start) this.open = null
    const single = part.charCodeAt(0) > 127 && SINGLE.test(part)
    if (!isPlain(part.charCodeAt(0)) && !LETTERS.test(part)) this.open = null
    else if (this.open && !single) {
      this.open.text += part
      this.open.end = end
    } else {
      const word = { text: part, start, end }
      this.words.push(word)
      this.open = single ? null : word
    }
  }

  all(): Word[] {
    for (const word of this.words) word.text = word.text.normalize('NFC')
    return this.words
  }
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
  if (percent !== undefined) return percentDecoded(percent)
  if (letter !== undefined) return letter + (ACCENTS[accent] ?? '')
  if (json === undefined && hex === undefined && decimal === undefined) return ''
  const code =
    json !== undefined ? Number.parseInt(json, 16) : hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal)
  return code <= 0x10ffff ? String.fromCodePoint(code) : ''
}

type Groups = Record<string, string | undefined>

export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
