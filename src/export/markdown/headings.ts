import type { StoredThread } from '../../model/archive.js'
import { isolated } from '../text.js'
import { datedHeading, titledHeading } from '../words/section.js'
import type { View } from '../words/status.js'
import { ownTitle } from '../words/title.js'

/** The heading of a thread within a document. */
interface Headings {
  heading: string
  anchor: string
  /** What contents call it. */
  label: string
  /** The title, where it is not in the heading. */
  below: string | null
}

/** `Thread 2: Title` where all readers give it the same anchor, else `Thread 2, 17 December 2022` with the title below. */
export function headingsOf(thread: StoredThread, number: number, view: View): Headings {
  const titled = titledHeading(thread, number, view)
  const anchor = titled === null ? null : anchorOf(titled)
  if (titled !== null && anchor !== null) return { heading: titled, anchor, label: titled, below: null }
  const dated = datedHeading(thread, number, view)
  const own = ownTitle(thread, view.status)
  // Dates of some locales have dots: `17. Dezember 2022`.
  const heading = anchorOf(dated) === null ? `Thread ${number}` : dated
  return { heading, anchor: anchorOf(heading) ?? '', label: dated, below: own === null ? null : isolated(own) }
}

/**
 * The anchor that readers give to a heading, where they agree: GitHub, pandoc's `gfm` and pandoc's own markdown; null: they do not. They
 * differ about dots, symbols and repeated spaces.
 */
function anchorOf(heading: string): string | null {
  const lower = heading.toLowerCase()
  const github = lower.replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '').replaceAll(' ', '-')
  const words = lower.replace(/[^\p{L}\p{N}_.\s-]/gu, '').split(/\s+/)
  const pandoc = words
    .filter(Boolean)
    .join('-')
    .replace(/^[^\p{L}]+/u, '')
  return github === pandoc && PLAIN.test(heading) ? github : null
}

/** Other symbols are characters to one reader and names to the next. */
const PLAIN = /^[\p{L}\p{N} _,;:!?'"’“”()/-]+$/u
