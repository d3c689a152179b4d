import type { KnownPerson } from '../../model/people/known-person.js'
import { isCommonWord } from './common-words.js'
import { folded, wordsOf } from './words.js'

/** Words of links to profiles that are no name. */
const NO_NAMES = new Set(
  `here this that her his their my your our me she he they profile page more read see view click post posted wrote reply author photo
  hier dieser profil seite mehr ici voir aquí ver perfil qui tutaj zobacz здесь профиль ここ`.split(/\s+/),
)

/** Whether words of a link to a profile look like a name: up to four words with a capital letter at the beginning, or without such letters. */
export const isNameLike = (words: string): boolean =>
  /^[\p{Lu}\p{Lt}\p{Lo}]/u.test(words) &&
  words.split(/\s+/).length < 5 &&
  [...wordsOf(words)].some(({ key }) => !NO_NAMES.has(key) && !isCommonWord(key))

/** As `isNameLike`, where a name is known already: each word begins with a capital letter, but for particles. */
const isOtherName = (words: string): boolean =>
  isNameLike(words) &&
  [...wordsOf(words)].every(({ key, start }) => isCommonWord(key) || !/^\p{Ll}/u.test(words.slice(start)))

/**
 * What links to a profile say is a name of the person, if it looks like one and is not the name of somebody else: a link that leads to the
 * wrong profile would take the name from the one who has it.
 */
export function withLinkWords(people: readonly KnownPerson[]): KnownPerson[] {
  const taken = new Set(people.flatMap(({ names }) => names.map(folded)))
  return people.map(person => {
    const looksRight = person.names.length === 0 ? isNameLike : isOtherName
    const names = (person.linkWords ?? []).filter(words => looksRight(words) && !taken.has(folded(words)))
    return names.length === 0 ? person : { ...person, names: [...person.names, ...names] }
  })
}
