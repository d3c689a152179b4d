import type { PhrasingContent } from 'mdast'
import type { StoredAuthor } from '../../model/archive.js'
import { withEllipsis } from '../../model/markup/white-space.js'
import { linked, text } from '../markdown/phrasing.js'
import { cleanLine, isolated, isVisible } from '../text.js'
import { memberName } from '../words/names.js'

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

/** Excerpts of two texts. If they begin with much equal text, both excerpts begin shortly before the first difference. */
export function aroundDifference(before: string, after: string, maxLength = 200): [string, string] {
  const [a, b] = [cleanLine(before), cleanLine(after)]
  let same = 0
  while (same < a.length && same < b.length && a[same] === b[same]) same++
  const space = a.lastIndexOf(' ', same - 40)
  const start = same > 80 && space > 0 ? space + 1 : 0
  const lead = start > 0 ? '… ' : ''
  return [lead + excerpt(a.slice(start), maxLength), lead + excerpt(b.slice(start), maxLength)]
}

const ADDRESS = /(https?:\/\/[^\s<>"]+)/i

/** Text in which URLs become links, with the text that people typed. */
export function prose(words: string): PhrasingContent[] {
  return words.split(ADDRESS).flatMap((part, at): PhrasingContent[] => {
    if (part === '') return []
    // A URL that was cut is not a link.
    if (at % 2 === 0 || part.endsWith('…')) return [text(part)]
    const url = part.replace(/(?<![.,;:!?)\]'’”*_~])[.,;:!?)\]'’”*_~]+$/, '')
    const rest = part.slice(url.length)
    return rest === '' ? [linked(url, url)] : [linked(url, url), text(rest)]
  })
}

/** The text of a post, or a note if it shows no text; never empty. */
export function wordsOrNote(words: string, attachments: number): string {
  if (isVisible(words)) return words
  return attachments > 0
    ? `(no words; ${attachments === 1 ? 'a picture or other attachment' : `${attachments} attachments`})`
    : '(no words)'
}

/** The name of a member in a digest, shortened because some names are whole sentences. */
export const nameOf = (member: StoredAuthor | null): string => isolated(excerpt(memberName(member), 60))
