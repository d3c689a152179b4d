import type { KnownPerson } from '../../model/people/known-person.js'
import { CaseCounts } from './case-counts.js'
import { isCommonWord } from './common-words.js'
import type { NameFinder, Pseudonym } from './name-finder.js'
import type { GivenNames } from './names-list.js'
import { wordsOf } from './words.js'

/** Shortest part of a name that is replaced alone; a whole name may have one letter less. */
const LEAST = 3

interface NamedPerson {
  person: KnownPerson
  who: Pseudonym
}

/**
 * Gives the finder all forms in which texts use the names of these people: whole names, in either order and as one word; slugs; and each
 * word of them alone, unless it is a common word: of the list, or because the texts write it mostly in small letters; or is so short that it
 * is in many words. @returns the words that texts keep where they are alone.
 */
export function addNames(
  finder: NameFinder,
  people: readonly NamedPerson[],
  texts: Iterable<string>,
  { kept }: GivenNames,
): string[] {
  const alone = new Map<string, Alone>()
  const note: Note = (word, who, { isNick, isFirst }) => {
    const known = alone.get(word) ?? { people: [], isNick: false, isFirst: false }
    alone.set(word, {
      people: [...known.people, who],
      isNick: known.isNick || isNick,
      isFirst: known.isFirst || isFirst,
    })
  }
  // Who is known only by a name may be the member with this name, or not.
  const identified = people.filter(({ person }) => !isNameOnly(person))
  const known = new Set(identified.flatMap(({ person }) => person.names.map(name => name.toLowerCase())))
  const others = people.filter(
    one => isNameOnly(one.person) && !one.person.names.some(name => known.has(name.toLowerCase())),
  )
  for (const { person, who } of [...identified, ...others]) {
    for (const name of person.names) addWhole(finder, name, who, note)
    const shown = new Set(person.names.flatMap(keysOf))
    for (const slug of person.slugs)
      addWhole(finder, plain(slug), who, (word, of, use) =>
        note(word, of, { isNick: use.isNick && !shown.has(word), isFirst: use.isFirst && !shown.has(word) }),
      )
  }
  return addAlone(finder, alone, new CaseCounts(alone.keys(), texts), kept)
}

const isNameOnly = ({ id, slugs }: KnownPerson): boolean => id === null && slugs.length === 0

/** A word of names, by itself. */
interface Alone extends Use {
  people: readonly Pseudonym[]
}

interface Use {
  /** A whole name that its owner writes in small letters: texts do so, too. */
  isNick: boolean
  /** The first word of a name of up to four: longer ones are more often a title than a name. */
  isFirst: boolean
}

const keysOf = (name: string): string[] => Array.from(wordsOf(name), ({ key }) => key)

type Note = (word: string, who: Pseudonym, use: Use) => void

function addWhole(finder: NameFinder, name: string, who: Pseudonym, note: Note): void {
  const words = keysOf(name)
  const [first = '', second = ''] = words
  for (const word of new Set(words))
    note(word, who, {
      isNick: words.length === 1 && name === name.toLowerCase(),
      isFirst: word === first && words.length < 5,
    })
  if (words.length < 2) return
  finder.add(name, who)
  // Names with a hyphen or an apostrophe.
  for (const part of name.split(/\s+/)) if (keysOf(part).length > 1) finder.add(part, who)
  if (words.length === 2) finder.add(`${second} ${first}`, who)
  const isUnspaced = [...wordsOf(name)].every(word => word.isUnspaced)
  if (words.join('').length > (isUnspaced ? 2 : 5)) finder.add(words.join(''), who)
}

function plain(slug: string): string {
  try {
    return decodeURIComponent(slug)
  } catch {
    return slug
  }
}

function addAlone(
  finder: NameFinder,
  alone: ReadonlyMap<string, Alone>,
  counts: CaseCounts,
  kept: ReadonlySet<string>,
): string[] {
  const left: string[] = []
  for (const [word, { people, isNick, isFirst }] of alone) {
    if (/^\p{N}+$/u.test(word)) continue
    const isShort =
      [...word].length < (/^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u.test(word) ? LEAST : LEAST - 1)
    const isCommon = kept.has(word) || isCommonWord(word) || (!isNick && counts.isCommon(word, isFirst ? 3 : 1))
    if (isShort || isCommon) left.push(word)
    else for (const who of people) finder.add(word, who)
  }
  return left
}
