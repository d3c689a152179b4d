import type { StoredThread } from '../../model/archive.js'
import { openingOf } from '../record.js'
import { isShown } from '../shown.js'
import { cleanLine, isolated } from '../text.js'
import { memberName } from './names.js'
import type { View } from './status.js'
import { dayOfOpening, ownTitle } from './title.js'

/** `Thread 2: Title` of a thread in a document of several, with a right-to-left title isolated; null: it has no title of its own. */
export function titledHeading(thread: StoredThread, number: number, { status }: View): string | null {
  const own = ownTitle(thread, status)
  return own === null ? null : `Thread ${number}: ${isolated(own)}`
}

/** `Thread 2, 17 December 2022` */
export function datedHeading(thread: StoredThread, number: number, { clock }: View): string {
  const day = dayOfOpening(thread, clock)
  return `Thread ${number}${day === null ? '' : `, ${day}`}`
}

/** What contents say of a thread besides its heading. Names and words are as members wrote them, not isolated. */
interface Opening {
  /** Who opened the thread; `gone from the site` where that post is not shown. */
  opener: string
  /** The first words of the thread, where no title says what it is about; else null. */
  words: string | null
}

export function openingWords(thread: StoredThread, heading: string, { status }: View): Opening {
  const opening = openingOf(thread)?.post
  if (opening && !isShown(opening, status))
    return { opener: opening.status === 'gone' ? 'gone from the site' : 'still there', words: null }
  const title = ownTitle(thread)
  const isTitled = title !== null && heading.endsWith(isolated(title))
  return { opener: memberName(thread.author), words: isTitled ? null : cleanLine(thread.title) }
}
