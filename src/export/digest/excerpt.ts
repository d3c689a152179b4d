import type { PhrasingContent } from 'mdast'
import type { StoredAuthor } from '../../model/archive.js'
import { authorName, linked, text } from '../markdown/header.js'
import { cleanLine, isVisible } from '../text.js'

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** One line of at most so many characters as people count them, cut between words where there are spaces. */
export function excerpt(words: string, most = 300): string {
  const line = cleanLine(words)
  if (line.length <= most) return line
  let kept = ''
  let count = 0
  for (const { segment } of graphemes.segment(line)) {
    if (++count > most) return `${betweenWords(kept, line)}…`
    kept += segment
  }
  return line
}

/** Scripts without spaces are cut where they are. */
function betweenWords(kept: string, line: string): string {
  if (/^\s/.test(line.slice(kept.length))) return kept
  const space = kept.lastIndexOf(' ')
  return (space > kept.length / 2 ? kept.slice(0, space) : kept).trimEnd()
}

/** Two texts from a little before the first letter that differs, where much is the same before it. */
export function aroundDifference(before: string, after: string, most = 200): [string, string] {
  const [a, b] = [cleanLine(before), cleanLine(after)]
  let same = 0
  while (same < a.length && same < b.length && a[same] === b[same]) same++
  const space = a.lastIndexOf(' ', same - 40)
  const start = same > 80 && space > 0 ? space + 1 : 0
  const lead = start > 0 ? '… ' : ''
  return [lead + excerpt(a.slice(start), most), lead + excerpt(b.slice(start), most)]
}

const ADDRESS = /(https?:\/\/[^\s<>"]+)/i

/** Text in which addresses are links, as people typed them. */
export function prose(words: string): PhrasingContent[] {
  return words.split(ADDRESS).flatMap((part, at): PhrasingContent[] => {
    if (part === '') return []
    // What was cut leads nowhere.
    if (at % 2 === 0 || part.endsWith('…')) return [text(part)]
    const url = part.replace(/[.,;:!?)\]'’”*_~]+$/, '')
    const rest = part.slice(url.length)
    return rest === '' ? [linked(url, url)] : [linked(url, url), text(rest)]
  })
}

/** What a post shows in words; never empty. */
export function wordsOrNote(words: string, attachments: number): string {
  if (isVisible(words)) return words
  return attachments > 0
    ? `(no words; ${attachments === 1 ? 'a picture or other attachment' : `${attachments} attachments`})`
    : '(no words)'
}

/** What a member is called in a digest: some names are whole sentences. */
export const nameOf = (member: StoredAuthor | null): string => excerpt(authorName(member), 60)
