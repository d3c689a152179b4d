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
  /\\u(?<json>[0-9a-f]{4})|\\[nrtbf"'\\/]|&#x(?<hex>[0-9a-f]{1,6});|&#(?<decimal>\d{1,7});|(?<percent>(?:%[0-9a-f]{2})+)|(?<single>[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])|(?<run>(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{N}\p{M}])+)/giu

const SINGLE = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]$/u
const LETTERS = /^[\p{L}\p{N}\p{M}]+$/u

/** The words of a text in whatever way it is written: plain, HTML, JSON, or an address. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  let open: Word | null = null
  for (const match of text.matchAll(UNIT)) {
    const start = match.index
    const end = start + match[0].length
    const piece = meaning(match.groups ?? {})
    if (open && open.end < start) open = null
    if (!LETTERS.test(piece)) open = null
    else if (SINGLE.test(piece)) {
      words.push({ text: piece, start, end })
      open = null
    } else if (open) {
      open.text += piece
      open.end = end
    } else {
      open = { text: piece, start, end }
      words.push(open)
    }
  }
  for (const word of words) word.text = word.text.normalize('NFC')
  return words
}

function meaning({ json, hex, decimal, percent, single, run }: Record<string, string | undefined>): string {
  if (run !== undefined || single !== undefined) return run ?? single ?? ''
  if (percent !== undefined) return decoded(percent)
  const code =
    json !== undefined ? Number.parseInt(json, 16) : hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal)
  return code <= 0x10ffff ? String.fromCodePoint(code) : ''
}

export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
