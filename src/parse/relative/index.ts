import { remembered } from '../../model/remembered.js'
import { buddybossAge } from './buddyboss.js'
import { buddypressAge } from './buddypress.js'
import { momentAge } from './moment.js'
import { phraseIn } from './phrase.js'
import type { Age, Phrase } from './units.js'

export { isDateOnly } from './phrase.js'
export type { Age }

/** The software that printed the words: the PHP of BuddyPress or BuddyBoss, or moment.js in a browser. */
export type Writer = 'buddypress' | 'buddyboss' | 'moment'

/** The words of one date are read several times: to find it, to say who printed it, and to resolve it. */
const reader = (ageOfPhrase: (phrase: Phrase) => Age | null) =>
  remembered((words: string): Age | null => {
    const phrase = phraseIn(words)
    return phrase && ageOfPhrase(phrase)
  }, 2000)

const AGES: Record<Writer, (words: string) => Age | null> = {
  buddypress: reader(buddypressAge),
  buddyboss: reader(buddybossAge),
  moment: reader(momentAge),
}

/**
 * The range of ages that a text means. With several possible writers, the range covers the meaning of each. Null for other
 * languages, for "sometime ago" (no information) and for a text without a date.
 */
export function ageOf(words: string, writers: readonly Writer[] = ['buddypress']): Age | null {
  return writers.map(writer => AGES[writer](words)).reduce(around, null)
}

const around = (one: Age | null, other: Age | null): Age | null =>
  one && other ? { min: Math.min(one.min, other.min), max: Math.max(one.max, other.max) } : (one ?? other)

/** The only possible writer of some words: a browser ("a day ago") or the PHP of BuddyPress ("2 years, 3 months ago"); else null. */
export function writerOf(words: string): 'browser' | 'php' | null {
  const phrase = phraseIn(words)
  if (!phrase || phrase.now.length > 0) return null
  if (phrase.parts.length > 1) return 'php'
  return phrase.countIsWord ? 'browser' : null
}

/** True if the phrase has no calendar unit (years, months), so that arithmetic on it is exact. */
export function isClockAge(words: string): boolean {
  const phrase = phraseIn(words)
  if (!phrase || ageOf(words) === null) return false
  return phrase.parts.every(({ unit }) => unit !== 'year' && unit !== 'month')
}
