import wrapAnsi from 'wrap-ansi'
import { plainRows } from './wrap-plain.js'

/** Long words and URLs are cut at the edge. A line keeps its own indentation, as in code or a list, in all its parts. */
export function wrapped(text: string, width: number): string[] {
  return text.split('\n').flatMap(line => {
    if (line.length <= width && SIMPLE.test(line)) return [line.trimEnd()]
    const lead = ' '.repeat(Math.min(line.search(/[^ ]|$/), Math.floor(width / 2)))
    return rowsOf(line.trim(), width - lead.length).map(part => `${lead}${part}`.trimEnd())
  })
}

/** Letters that all are one column wide: most lines of most threads, and there is nothing to measure. */
const SIMPLE = /^[!-~][ -~]*$/

/** wrap-ansi takes the square of the length of a line, so that a post of a megabyte would never come to its end. */
const PIECE = 2000

/** The rows of one line of any length. Each piece begins with the row that the one before it has not filled. */
export function rowsOf(line: string, width: number): string[] {
  const plain = plainRows(line, width)
  if (plain) return plain
  const rows: string[] = []
  let open = ''
  let at = 0
  while (line.length - at > PIECE) {
    const end = cutOf(line, at)
    const more = wrapAnsi(open + line.slice(at, end), width, HARD).split('\n')
    open = more.at(-1) ?? ''
    // Letters of no width fill no row; and what only grows would be measured again and again.
    if (open.length > PIECE / 2) open = ''
    else more.pop()
    for (const row of more) rows.push(row)
    at = end
  }
  return rows.concat(wrapAnsi(open + line.slice(at), width, HARD).split('\n'))
}

const HARD = { hard: true }

/** Before a space, or else not within a colour or a letter of two halves. */
function cutOf(line: string, from: number): number {
  const piece = line.slice(from, from + PIECE)
  const space = piece.lastIndexOf(' ')
  return from + (space > 0 ? space : piece.replace(HALVED, '').length)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
const HALVED = /(\x1b[^m]{0,20}|[\ud800-\udbff])$/
