import { typed } from './escape.js'

/**
 * A line for a document that people also read as text: addresses and options are code, which no reader of markdown makes a link or a
 * dash of, and which needs no backslash. All else is as `typed` has it.
 */
export function plain(text: string): string {
  let [line, end] = ['', 0]
  for (const found of text.matchAll(TOKENS)) {
    line += `${typed(text.slice(end, found.index), { startsLine: end === 0, after: '`' })}\`${found[0]}\``
    end = found.index + found[0].length
  }
  return line + typed(text.slice(end), { startsLine: end === 0 })
}

/**
 * Between blanks or our own punctuation, of characters that are nothing to programs which read pairs such as `{{`, `%%` or `::` before
 * markdown. The last character is none that ends a sentence.
 */
const TOKENS =
  /(?<=^|[\s(])(?:https?:\/\/(?:[\w/?=#~+.-]|:(?!:)|&(?=\w)|%(?=[\dA-Fa-f]{2}))*[\w/]|--[a-z]+(?:-[a-z]+)*)(?=$|[\s,;)]|[.:](?:\s|$))/g
