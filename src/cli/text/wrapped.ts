import { createRequire } from 'node:module'
import { isNarrow, textWidth } from './width.js'

/** Wraps between words; longer words and URLs are cut at the edge. All rows of a line keep its indentation, as in code or a list. */
export function wrapped(text: string, width: number): string[] {
  return text.split('\n').flatMap(line => {
    if (line.length <= width && SIMPLE.test(line)) return [line.trimEnd()]
    const { lead, rest } = parted(line, width)
    return rowsOf(rest, width - lead.length).map(part => `${lead}${part}`.trimEnd())
  })
}

/**
 * Wraps a text for a terminal. An address that is too wide stands whole in a row of its own, which the terminal continues, so that it can
 * be copied.
 */
export const wrappedForCopying = (text: string, width: number, wrap = wrapped): string[] =>
  text.split('\n').flatMap(line => {
    const parts = apart(line, width)
    return parts.flatMap(part => (isWideAddress(part, width) ? [part] : wrap(part, width)))
  })

/** The line, cut before and behind each address that is too wide. A link that terminals follow is left whole. */
function apart(line: string, width: number): string[] {
  const parts = ['']
  for (const part of line.includes('\x1b]') ? [line] : line.split(ADDRESSES)) {
    if (isWideAddress(part, width)) parts.push(part, '')
    else parts.push(`${parts.pop()}${part}`)
  }
  return parts.length === 1 ? parts : parts.map(part => part.trimEnd()).filter(part => part !== '')
}

const isWideAddress = (part: string, width: number): boolean =>
  part.length > width && ADDRESS.test(part) && textWidth(part) > width

// biome-ignore lint/suspicious/noControlCharactersInRegex: colour sequences begin with one
const ADDRESSES = /((?:\x1b\[[\d;]*m)*https?:\/\/\S+)/
// biome-ignore lint/suspicious/noControlCharactersInRegex: colour sequences and links begin with one
const ADDRESS = /^(?:\x1b\[[\d;]*m|\x1b\]8;;)*https?:\/\/\S+$/

/** Wraps a line that is too wide; the rows below its first one are indented. */
export function hanging(line: string, width: number): string[] {
  if (textWidth(line) <= width) return [line]
  const { lead, rest } = parted(line, width)
  const indent = lead + ' '.repeat(Math.min(4, Math.floor(width / 8)))
  const [first = '', ...others] = rowsOf(rest, width - lead.length)
  // They are wrapped again, because the indentation takes some of their room.
  const below = others.join(' ').trim()
  const rows = below === '' ? [] : rowsOf(below, Math.max(8, width - indent.length))
  return [`${lead}${first}`, ...rows.map(row => `${indent}${row.trim()}`)]
}

/** The indentation of a line, of half a row at most, and the line without it. A colour may begin before it. */
function parted(line: string, width: number): { lead: string; rest: string } {
  const [before = '', colours = '', spaces = ''] = INDENTED.exec(line) ?? []
  const lead = ' '.repeat(Math.min(spaces.length, Math.floor(width / 2)))
  return { lead, rest: (colours + line.slice(before.length)).trim() }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colour sequences begin with one
const INDENTED = /^((?:\x1b\[[\d;]*m)*)( *)/

/** ASCII without indentation: one column per letter. Most lines of most threads. */
const SIMPLE = /^[!-~][ -~]*$/

/** The time of wrap-ansi grows with the square of the length, so longer lines are wrapped in pieces. */
const PIECE = 2000

/** The rows of one line of any length. Each piece begins with the last, incomplete row of the piece before. */
export function rowsOf(line: string, width: number): string[] {
  const plain = plainRows(line, width)
  if (plain) return plain
  const rows: string[] = []
  let open = ''
  let at = 0
  while (line.length - at > PIECE) {
    const end = cutOf(line, at)
    const wrappedRows = wrapAnsi(open + line.slice(at, end), width).split('\n')
    open = wrappedRows.at(-1) ?? ''
    // Letters without width never fill a row, and a growing row would be measured again for each piece.
    if (open.length > PIECE / 2) open = ''
    else wrappedRows.pop()
    for (const row of wrappedRows) rows.push(row)
    at = end
  }
  return rows.concat(wrapAnsi(open + line.slice(at), width).split('\n'))
}

const HARD = { hard: true }

let loadedLibrary: typeof import('wrap-ansi') | undefined

/** Loaded for the first line that needs it, as in `textWidth`. */
function wrapAnsi(text: string, width: number): string {
  loadedLibrary ??= createRequire(import.meta.url)('wrap-ansi') as typeof import('wrap-ansi')
  return loadedLibrary.default(text, width, HARD)
}

/** The end of a piece: before a space, else at least not inside a colour sequence or a surrogate pair. */
function cutOf(line: string, from: number): number {
  const piece = line.slice(from, from + PIECE)
  const space = piece.lastIndexOf(' ')
  return from + (space > 0 ? space : piece.replace(HALVED, '').length)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colour sequences begin with one
const HALVED = /(\x1b[^m]{0,20}|[\ud800-\udbff])$/

/** The rows that wrap-ansi makes of a line, 1000 times faster, because nothing is measured; null if a letter may not be one column wide. */
export function plainRows(line: string, width: number): string[] | null {
  if (!isNarrow(line)) return null
  const rows: string[] = []
  let row = ''
  for (const word of wordsOf(line)) {
    row = row.trimStart()
    // Blanks beyond the edge are dropped.
    if (row !== '' && row.length <= width) row += ' '
    if (word.length > width) {
      if (breaksBelow(word, width) < breaksHere(word, row, width)) row = closeRow(rows, row)
      row = fillRows(rows, row, word, width)
    } else {
      if (row.length + word.length > width && row !== '' && word !== '') row = closeRow(rows, row)
      row += word
    }
  }
  closeRow(rows, row)
  return rows
}

/** The same as `split(' ')`, one at a time: a line may have millions of words. */
function* wordsOf(line: string): Generator<string> {
  for (let at = 0, end = 0; end !== -1; at = end + 1) {
    end = line.indexOf(' ', at)
    yield line.slice(at, end === -1 ? undefined : end)
  }
}

const breaksHere = (word: string, row: string, width: number): number =>
  1 + Math.floor((word.length - (width - row.length) - 1) / width)
const breaksBelow = (word: string, width: number): number => Math.floor((word.length - 1) / width)

/** Adds the row, and returns the next, empty one. */
function closeRow(rows: string[], row: string): string {
  rows.push(row.trimEnd())
  return ''
}

/** Cuts a word that is wider than a row at the edge. Returns the row that is still open. */
function fillRows(rows: string[], row: string, word: string, width: number): string {
  let open = row
  for (let at = 0; at < word.length; ) {
    if (open.length >= width) open = closeRow(rows, open)
    const part = word.slice(at, at + width - open.length)
    open += part
    at += part.length
  }
  return open
}
