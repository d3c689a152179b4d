import type { StoredThread } from '../../model/archive.js'
import type { ShownStatus } from '../exporter.js'
import { openingOf } from '../record.js'
import { isShown } from '../shown.js'
import { cleanLine, isolated, isVisible, typedLine } from '../text.js'
import type { ZonedClock } from './clock.js'
import { dayWords, rangeWords } from './dates.js'
import { excerpt } from './excerpt.js'
import { groupName } from './names.js'
import { partSuffix } from './pieces.js'
import type { View } from './status.js'

/** What the author of a thread has called it: its heading, else its topic; null: nothing. Never the first words, which follow at once; nothing of a post that is not shown. Not isolated. */
export function ownTitle(thread: StoredThread, status: ShownStatus = 'all'): string | null {
  const opening = openingOf(thread)?.post
  if (!opening || !isShown(opening, status)) return null
  return [opening.heading, opening.topic].map(title => typedLine(title ?? '')).find(isVisible) ?? null
}

/** The title of a thread in a document: its own, else `GROUP: thread of 13 March 2026`. A right-to-left name is within an isolate. */
export function threadTitle(thread: StoredThread, clock: ZonedClock, status: ShownStatus = 'all'): string {
  const own = ownTitle(thread, status)
  if (own !== null) return isolated(own)
  const day = dayOfOpening(thread, clock)
  const words = day === null ? 'thread without a date' : `thread ${/^(?:after|before) /.test(day) ? '' : 'of '}${day}`
  return thread.group ? `${isolated(groupName(thread.group))}: ${words}` : words.replace('thread', 'Thread')
}

/** The same of one of several documents: `… (part 2 of 5)`. */
export const documentTitle = (thread: StoredThread, { clock, status, part }: View): string =>
  `${threadTitle(thread, clock, status)}${partSuffix(part)}`

/** Characters of a subject: a list of mail shows about so many. */
const SUBJECT = 90

/**
 * What a list of messages shows of a thread: its own title, else the first words of its opening post, else `GROUP: thread of 13 March 2026`.
 */
export function subjectOf(thread: StoredThread, clock: ZonedClock, status: ShownStatus = 'all'): string {
  const opening = openingOf(thread)?.post
  const words = opening && isShown(opening, status) && !opening.forgotten ? cleanLine(opening.text) : ''
  return ownTitle(thread, status) ?? (isVisible(words) ? excerpt(words, SUBJECT) : threadTitle(thread, clock, status))
}

/** `13 March 2026`, `1 March 2025 to 28 February 2026`, `before 2 May 2026`, `after …`; null: nothing is known. */
export function dayOfOpening({ when: { from, to } }: StoredThread, clock: ZonedClock): string | null {
  const [first, last] = [from, to].map(at => (at ? clock.at(at).day : null))
  if (first && last) return rangeWords(first, last, clock.locale)
  if (first) return `after ${dayWords(first, clock.locale)}`
  return last ? `before ${dayWords(last, clock.locale)}` : null
}
