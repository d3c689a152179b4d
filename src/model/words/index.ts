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

/**
 * The beginnings of threadkeep's own documents, with front matter and without, and the headers of its first ones. Front matter names all
 * participants, so that only its first lines are certain to be in the beginning of a file.
 */
const DOCUMENT = new RegExp(
  [
    "^(?<![^])---\\r?\\ntitle: '[^\\n]*\\n(?:group|opened|last_post|as_of|participants|posts):",
    '^(?<![^])# [^\\n]+\\n\\r?\\n(?:[^\\n]{1,400}: )?\\d+ posts? by (?:\\d+ people|1 person)\\b',
    '^schema: "threadkeep\\.document/1"\\r?$',
    '^[ -]*(?:↳ )?\\*\\*[^\\n]+\\*\\* · .*UTC',
  ].join('|'),
  'm',
)

/** True if a text has the words of BuddyPress around posts, in any language, or is a document of threadkeep. */
export const holdsThreadWords = (text: string): boolean => DOCUMENT.test(text) || SIGNS.some(sign => sign.test(text))
