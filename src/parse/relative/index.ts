import { buddybossAge } from './buddyboss.js'
import { buddypressAge } from './buddypress.js'
import { momentAge } from './moment.js'
import { phraseIn } from './phrase.js'
import type { Age, Phrase } from './units.js'

export type { Age }

/** Who has printed the words: PHP of one software or the other, or a browser's script. */
export type Writer = 'buddypress' | 'buddyboss' | 'moment'

const AGES: Record<Writer, (phrase: Phrase) => Age | null> = {
  buddypress: buddypressAge,
  buddyboss: buddybossAge,
  moment: momentAge,
}

/**
 * The ages that a text may stand for, by whoever may have printed it: with several writers, all that any of them means. Null for
 * another language, "sometime ago" (no information), no date at all.
 */
export function ageOf(words: string, writers: readonly Writer[] = ['buddypress']): Age | null {
  const phrase = phraseIn(words)
  if (!phrase) return null
  const ages = writers.map(writer => AGES[writer](phrase)).filter(age => age !== null)
  if (ages.length === 0) return null
  return { min: Math.min(...ages.map(age => age.min)), max: Math.max(...ages.map(age => age.max)) }
}

/** Words that only a browser prints ("a day ago"), and words that only BuddyPress' PHP does ("2 years, 3 months ago"). */
export function writerOf(words: string): 'browser' | 'php' | null {
  const phrase = phraseIn(words)
  if (!phrase || phrase.now) return null
  if (phrase.parts.length > 1) return 'php'
  return phrase.countIsWord ? 'browser' : null
}

/** True if the phrase holds no calendar unit (years, months), so that arithmetic on it is exact. */
export function isClockAge(words: string): boolean {
  const phrase = phraseIn(words)
  if (!phrase || ageOf(words) === null) return false
  return phrase.parts.every(({ unit }) => unit !== 'year' && unit !== 'month')
}
