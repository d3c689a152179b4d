import { below, type Chance, oneOf } from '../chance.js'

/** Texts as members write them, at random; all words are invented together. */

const WHO = [
  'The kettle',
  'My neighbour',
  'Our oldest pear tree',
  'The lathe',
  'Nobody',
  'A blackbird',
  '林さん',
  'Everybody here',
]
const DOES = [
  'has moved',
  'smells of rain',
  'sings again',
  'needs a new belt',
  'waits for spring',
  'is in bloom',
  'misses you',
]
const WHERE = [
  'behind the shed',
  'since Tuesday',
  'in the second drawer',
  'at low tide',
  'as in 1987',
  'on the third try',
  'für immer',
]
const MORE = [
  '<strong>Please bring gloves.</strong>',
  'See <a href="http://seeds.example/list?page=2&amp;sort=name" rel="nofollow">the list</a>.',
  "<a class='bp-suggestions-mention' href='{site}members/member-3/' rel='nofollow'>@member-3</a> knows.",
  '🌧️ again.',
  '5 &lt; 6 &amp; 7 &gt; 2.',
  '<em>Really.</em>',
]

const sentence = (random: Chance): string => `${oneOf(WHO, random)} ${oneOf(DOES, random)} ${oneOf(WHERE, random)}.`

/** One paragraph or several; every tenth text is so long that BuddyPress shortens it in lists. */
export function sentences(random: Chance): string {
  const count = random() < 0.1 ? 12 + below(12, random) : 1 + below(4, random)
  const words = Array.from({ length: count }, () => (random() < 0.2 ? oneOf(MORE, random) : sentence(random)))
  // The number makes each text one that no other post has.
  return `<p>${words.join(' ')} (${below(1_000_000, random)})</p>\n`
}
