import type { When } from '../../../model/discussion.js'
import { ANY_OFFSET, type LocalRange, whenAt } from '../../../model/forum/site-zone.js'
import { instant, seconds, UNKNOWN_WHEN } from '../../../model/time.js'
import type { RenderTime } from '../../items/dates.js'
import { ageOf } from '../../relative/index.js'
import { type DateForm, localRanges } from './local-date.js'

/** A date of a forum as its page prints it. */
export interface ForumDate {
  /** The interval that holds the date in whatever zone the site is. */
  when: When
  /** The same on the clock of the site, for a date that is no age; null: the words count back from the page, or are no date. */
  local: LocalRange | null
}

/** Reads a date with the time of the site, or an age ("2 years, 3 months ago"), which some sites print instead. */
export function forumDate(words: string, form: DateForm, rendered: RenderTime): ForumDate {
  const ranges = localRanges(words, form)
  if (ranges.length > 0) {
    const from = Math.min(...ranges.map(range => range.from))
    const local = { from, to: Math.max(...ranges.map(range => range.to)) }
    return { when: whenAt(local, ANY_OFFSET), local }
  }
  const age = ageOf(words)
  if (!age) return { when: { ...UNKNOWN_WHEN, to: rendered.to }, local: null }
  const from = rendered.from === null ? null : instant(seconds(rendered.from) - age.max)
  return { when: { from, to: instant(seconds(rendered.to) - age.min) }, local: null }
}
