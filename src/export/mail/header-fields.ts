import { cleanLine } from '../text.js'

/**
 * Fields of a message header (RFC 5322), folded. All text of strangers goes through `textField` and `phrase`, which give one line of ASCII
 * or encoded words: nothing that a member typed can end a field, or begin another one.
 */

/** A field of tokens that are known to be safe. The field is folded between them. */
export const tokenField = (name: string, ...tokens: readonly string[]): string => folded(`${name}:`, tokens)

/** A field of free text, such as a subject. */
export function textField(name: string, text: string): string {
  const line = cleanLine(text)
  return folded(`${name}:`, isPlain(line) ? line.split(' ') : encodedWords(line, name.length + 2))
}

/** A name before an address in angle brackets: a quoted string, or encoded words. `start`: the column at which it begins. */
export function phrase(text: string, start: number): string[] {
  const line = cleanLine(text)
  return isPlain(line) ? `"${line.replace(/["\\]/g, '\\$&')}"`.split(' ') : encodedWords(line, start)
}

/** Characters of a line, without its end; lines with encoded words may not be longer (RFC 2047, 2). */
const MAX_LINE = 76
/** A longer word would leave no room for the name of the field, and a line of 998 characters is an error. */
const MAX_WORD = 60

/** Printable ASCII that can be folded, and does not look like an encoded word. */
const isPlain = (line: string): boolean =>
  /^[\x20-\x7e]*$/.test(line) && !line.includes('=?') && line.split(' ').every(word => word.length <= MAX_WORD)

function folded(name: string, tokens: readonly string[]): string {
  const lines = [name]
  for (const token of tokens) {
    const last = lines.at(-1) ?? ''
    const isFull = last !== name && last.length + 1 + token.length > MAX_LINE
    if (isFull) lines.push(` ${token}`)
    else lines[lines.length - 1] = `${last} ${token}`
  }
  return lines.join('\n')
}

const OPEN = '=?UTF-8?B?'
const CLOSE = '?='

/** Encoded words (RFC 2047), each of whole characters and as long as a line allows, because some readers put a space between two. */
function encodedWords(line: string, start: number): string[] {
  const words: string[] = []
  let part = ''
  let room = bytesFrom(start)
  for (const character of line) {
    if (part !== '' && Buffer.byteLength(part + character) > room) {
      words.push(part)
      part = ''
      room = bytesFrom(1)
    }
    part += character
  }
  return [...words, part].map(word => `${OPEN}${Buffer.from(word).toString('base64')}${CLOSE}`)
}

/** Bytes of text that an encoded word beginning at this column has room for. */
const bytesFrom = (column: number): number => Math.floor((MAX_LINE - column - OPEN.length - CLOSE.length) / 4) * 3
