import { singleSpaced } from '../../model/markup/white-space.js'

/**
 * Text of a site, a file name or an error message, made safe for a terminal. A post could contain an escape sequence that
 * moves the cursor, renames the window, answers a prompt, or reverses the direction of the text after it.
 */

/** Text of several lines: line feeds stay, tabs become spaces. */
export function terminalLines(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/\t/g, '    ')
    .replace(DANGEROUS, picture)
    .replace(LOST_JOINERS, '')
}

/** Text for one line: all white space becomes one space. */
export function terminalLine(text: string): string {
  return singleSpaced(terminalLines(text)).trim()
}

/** A name or a title, so that letters written from right to left do not turn the date or the number beside them. */
export function isolated(text: string): string {
  const bare = text.replace(ISOLATES, '')
  return RIGHT_TO_LEFT.test(bare) ? `\u2068${bare}\u2069` : bare
}

const ISOLATES = /[\u2066-\u2069]/g

/** Hebrew, Arabic and their neighbours, with their presentation forms; N'Ko to Arabic extended; Adlam and others beyond. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/** JSON that is safe on a terminal: the same value, with harmful characters as escapes. */
export function terminalJson(value: unknown): string {
  return escapeJson(JSON.stringify(value))
}

export function escapeJson(json: string): string {
  return json.replace(HARMFUL_IN_JSON, found =>
    Array.from({ length: found.length }, (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`).join(
      '',
    ),
  )
}

// Controls (C0 except the line feed, DEL, C1), marks of text direction, zero-width characters, half a surrogate pair,
// interlinear marks.
const DANGEROUS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern is for control characters
  /[\0-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0001}]|\p{Cs}/gu

// Joiners stay between two characters beyond ASCII, because emoji, Persian and Hindi need them.
const LOST_JOINERS = /(?<![^\0-\x7f])[\u200c\u200d]+|(?<![\u200c\u200d])[\u200c\u200d]+(?![^\0-\x7f])/gu

const HARMFUL_IN_JSON = /[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g

/** Controls become visible (␛ for the escape character), so that a reader sees the attempt; invisible characters are removed. */
function picture(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20) return String.fromCodePoint(0x2400 + code)
  if (code === 0x7f) return '␡'
  return code < 0xa0 || (code >= 0xd800 && code < 0xe000) ? '\ufffd' : ''
}

/** The same value with every text in it as `terminalLine` gives it: for reports whose times and names all come from a file. */
export function terminalTexts<Value>(value: Value): Value
export function terminalTexts(value: unknown): unknown {
  if (typeof value === 'string') return terminalLine(value)
  if (Array.isArray(value)) return value.map(one => terminalTexts(one))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, terminalTexts(one)]))
}
