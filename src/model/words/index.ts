import { EASTERN } from './other-thread-words.js'
import { type ThreadWords, WESTERN } from './thread-words.js'

export type { ThreadWords }

/** The sentences around posts, in all languages that threadkeep reads dates in. */
export const THREAD_WORDS: readonly ThreadWords[] = [...WESTERN, ...EASTERN]

/** What may be before the words of a line: bullets, numbers, marks of links and pictures. */
const START = '^[^\\p{L}\\n]{0,200}(?:o [^\\p{L}\\n]{0,9})?'

/** Without the names at both ends, which may be anything; html2text writes `_` for a space. */
const bare = (template: string): string =>
  template
    .replace(/^(?:%[mg],?\s?\??)+|\s?\??%[mg]$/g, '')
    .replace(/%[mg]/g, '[^\\n]{0,160}?')
    .replaceAll(' ', '[ _]')

const UNIT = '(?:year|month|week|day|hour|minute)s?'

/**
 * Patterns of lines that only a page with threads, or a text made from one, has. A reply needs a number behind it: "replied 2 years ago"; a
 * name may have nothing but the date behind it.
 */
const SIGNS: readonly RegExp[] = [
  ...THREAD_WORDS.flatMap(({ update, picture, group, activity }) => [
    ...update.slice(-1).map(bare),
    ...picture.map(one => (one.startsWith('%m') ? bare(one) : `${START}(?:${bare(one)})\\S`)),
    ...(group ? [`${START}${bare(group)}\\s?\\S`] : []),
    ...(activity ? [`${bare(activity)}\\s*$`] : []),
  ]),
  ...THREAD_WORDS.flatMap(({ reply }) => reply.map(one => `${bare(one)}[^\\n\\d]{0,20}\\d`)),
  `^[^\\n]{1,120}?[ _]\\d{1,3}[ _]${UNIT}(?:,[ _]\\d{1,2}[ _]${UNIT})?[ _]ago\\W{0,9}$`,
].map(source => new RegExp(source, 'imu'))

/** Digits, and what groups them in some locale: `1204`, `1.204`, `1 204`; within isolates in some. */
const NUMBER = "\u2068?\\p{Nd}[\\p{Nd}.,’'\u066c\u00a0]*\u2069?"

/** How the status line of a document begins, whatever its locale: `31 posts by 16 people`. For the flag `u`. */
export const POSTS_AND_PEOPLE = `(?:[^\\n]{1,400}: )?${NUMBER} posts? by ${NUMBER} (?:people|person)\\b`

/**
 * The beginnings of threadkeep's own documents, with front matter and without, and the headers of its first ones. Front matter names all
 * participants, so that only its first lines are certain to be in the beginning of a file.
 */
const DOCUMENT = new RegExp(
  [
    "^(?<![^])---\\r?\\ntitle: '[^\\n]*\\n(?:group|opened|last_post|as_of|participants|posts):",
    `^(?<![^])# [^\\n]+\\n\\r?\\n${POSTS_AND_PEOPLE}`,
    '^schema: "threadkeep\\.document/1"\\r?$',
    '^[ -]*(?:↳ )?\\*\\*[^\\n]+\\*\\* · .*UTC',
  ].join('|'),
  'mu',
)

/** True if a text has the words of BuddyPress around posts, in any language, or is a document of threadkeep. */
export const holdsThreadWords = (text: string): boolean => DOCUMENT.test(text) || SIGNS.some(sign => sign.test(text))
