import { withEllipsis } from '../../model/markup/white-space.js'
import { cleanLine } from '../text.js'

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** One line of at most `maxLength` characters as people count them (graphemes), cut between words if there are spaces. */
export function excerpt(words: string, maxLength = 300): string {
  const line = cleanLine(words)
  if (line.length <= maxLength) return line
  const head = line.slice(0, maxLength * USUAL_UNITS).replace(/[\ud800-\udbff]$/, '')
  const kept = beginning(head, maxLength) ?? beginning(line, maxLength)
  return kept === null ? line : withEllipsis(betweenWords(kept, line))
}

/** UTF-16 code units of a grapheme, nearly always fewer. The segmenter copies its text for each grapheme, which may be 10 MB. */
const USUAL_UNITS = 20

/** The first graphemes; null: there are no more. */
function beginning(line: string, maxLength: number): string | null {
  let kept = ''
  let count = 0
  for (const { segment } of graphemes.segment(line)) {
    if (++count > maxLength) return kept
    kept += segment
  }
  return null
}

/** Cuts at the last space; text in scripts without spaces is cut at any character. */
function betweenWords(kept: string, line: string): string {
  if (/^\s/.test(line.slice(kept.length))) return kept
  const space = kept.lastIndexOf(' ')
  return space > kept.length / 2 ? kept.slice(0, space) : kept
}

/** Of a text that is shown beside another one. */
const MOST_BESIDE = 200

/** Excerpts of two texts. If they begin with much equal text, both excerpts begin shortly before the first difference. */
export function aroundDifference(before: string, after: string): [string, string] {
  const [a, b] = [cleanLine(before), cleanLine(after)]
  let same = 0
  while (same < a.length && same < b.length && a[same] === b[same]) same++
  const space = a.lastIndexOf(' ', same - 40)
  const start = same > 80 && space > 0 ? space + 1 : 0
  const lead = start > 0 ? '… ' : ''
  return [lead + excerpt(a.slice(start), MOST_BESIDE), lead + excerpt(b.slice(start), MOST_BESIDE)]
}
