/** A part of a text: UTF-16 offsets, `end` excluded. */
export interface TextRange {
  start: number
  end: number
}

/** A text in which each escape is replaced by the character that it represents. */
interface DecodedText {
  text: string
  /** The part of the original text that a range of `text` was decoded from. An escape is never split. */
  sourceRange(decoded: TextRange): TextRange
}

/**
 * Escapes of JSON (JSON inside JSON doubles the backslash), character references of HTML, and the slash of a URL: with these
 * decoded, a text has its delimiters.
 */
const MARKUP_ESCAPE =
  /\\{1,2}(?:[uU](?<json>[0-9a-fA-F]{4})|(?<literal>["'/]))|\\[\\bfnrt]|&#[xX](?<hex>[0-9a-fA-F]{1,6});|&#(?<decimal>\d{1,7});|&(?<letter>[A-Za-z])(?<accent>acute|grave|circ|uml|tilde|cedil|ring|caron);|&(?<named>[A-Za-z]{2,8}\d?);|(?<slash>%2[fF])/g

/** A byte of UTF-8 with its continuation bytes. */
const PERCENT_ESCAPE = /%[0-9a-f]{2}(?:%[89ab][0-9a-f])*/gi

/** Decodes HTML and JSON, in plain text as well: the caller need not know which of them a text is. */
export const decodeMarkup = (text: string): DecodedText =>
  decode(text, MARKUP_ESCAPE, ({ groups = {} }) => characterOf(groups))

export const decodeUrls = (text: string): DecodedText =>
  decode(text, PERCENT_ESCAPE, ([bytes]) => percentDecoded(bytes))

/** The text itself if its percent signs encode no UTF-8. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

interface Escape {
  source: TextRange
  decoded: TextRange
}

function decode(source: string, pattern: RegExp, meaning: (match: RegExpExecArray) => string): DecodedText {
  const escapes: Escape[] = []
  let text = ''
  let end = 0
  for (const match of source.matchAll(pattern)) {
    text += source.slice(end, match.index)
    const start = text.length
    text += meaning(match)
    end = match.index + match[0].length
    escapes.push({ source: { start: match.index, end }, decoded: { start, end: text.length } })
  }
  return {
    text: text + source.slice(end),
    sourceRange: range => ({ start: sourceStart(escapes, range.start), end: sourceEnd(escapes, range.end) }),
  }
}

function sourceStart(escapes: readonly Escape[], offset: number): number {
  const before = escapes.findLast(({ decoded }) => decoded.start <= offset)
  if (!before) return offset
  const { source, decoded } = before
  return offset < decoded.end ? source.start : source.end + offset - decoded.end
}

function sourceEnd(escapes: readonly Escape[], offset: number): number {
  const before = escapes.findLast(({ decoded }) => decoded.start < offset)
  return before ? before.source.end + Math.max(0, offset - before.decoded.end) : offset
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

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** A space for line breaks and other symbols, which only separate words. */
function characterOf({ json, literal, hex, decimal, letter, accent = '', named = '', slash }: Groups): string {
  if (literal !== undefined) return literal
  if (slash !== undefined) return '/'
  if (letter !== undefined) return letter + (ACCENTS[accent] ?? '')
  const digits = json ?? hex
  if (digits === undefined && decimal === undefined) return NAMED[named.toLowerCase()] ?? ' '
  const code = digits === undefined ? Number(decimal) : Number.parseInt(digits, 16)
  return code <= 0x10ffff ? String.fromCodePoint(code) : ' '
}

type Groups = Record<string, string | undefined>

export interface Word extends TextRange {
  /** In NFC. */
  text: string
}

/** Letters and digits; in a script without spaces each character is a word. */
const WORD =
  /(?:[A-Za-z0-9]|(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{N}\p{M}])+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu

/** The words of a text that has no escapes. Streams: a long text has millions of them. */
export function* wordsOf(text: string): Generator<Word> {
  for (const { 0: word, index } of text.matchAll(WORD))
    yield { text: word.normalize('NFC'), start: index, end: index + word.length }
}
