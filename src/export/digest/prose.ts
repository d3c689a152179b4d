import type { PhrasingContent } from 'mdast'
import type { StoredAuthor } from '../../model/archive.js'
import type { When } from '../../model/discussion.js'
import type { Locale } from '../../model/locale/locale.js'
import { linked, text } from '../markdown/phrasing.js'
import { isolated, isVisible } from '../text.js'
import { clockIn } from '../words/clock.js'
import { whenWords } from '../words/dates.js'
import { excerpt } from '../words/excerpt.js'
import { memberName } from '../words/names.js'

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

/** Dates of a digest are in UTC, which its first paragraph says. */
export const dateOf = (when: When, locale: Locale): string => whenWords(when, clockIn('UTC', locale))

/** The name of a member in a digest, shortened because some names are whole sentences. */
export const nameOf = (member: StoredAuthor | null): string => isolated(excerpt(memberName(member), 60))
