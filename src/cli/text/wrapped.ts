import wrapAnsi from 'wrap-ansi'
import { plainRows } from './wrap-plain.js'

/** Wraps between words; longer words and URLs are cut at the edge. All rows of a line keep its indentation, as in code or a list. */
export function wrapped(text: string, width: number): string[] {
  return text.split('\n').flatMap(line => {
    if (line.length <= width && SIMPLE.test(line)) return [line.trimEnd()]
    const lead = ' '.repeat(Math.min(line.search(/[^ ]|$/), Math.floor(width / 2)))
    return rowsOf(line.trim(), width - lead.length).map(part => `${lead}${part}`.trimEnd())
  })
}

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
    const wrappedRows = wrapAnsi(open + line.slice(at, end), width, HARD).split('\n')
    open = wrappedRows.at(-1) ?? ''
    // Letters without width never fill a row, and a growing row would be measured again for each piece.
    if (open.length > PIECE / 2) open = ''
    else wrappedRows.pop()
    for (const row of wrappedRows) rows.push(row)
    at = end
  }
  return rows.concat(wrapAnsi(open + line.slice(at), width, HARD).split('\n'))
}

const HARD = { hard: true }

/** The end of a piece: before a space, else at least not inside a colour sequence or a surrogate pair. */
function cutOf(line: string, from: number): number {
  const piece = line.slice(from, from + PIECE)
  const space = piece.lastIndexOf(' ')
  return from + (space > 0 ? space : piece.replace(HALVED, '').length)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colour sequences begin with one
const HALVED = /(\x1b[^m]{0,20}|[\ud800-\udbff])$/
