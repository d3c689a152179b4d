import { HAS, STATES } from '../../model/query/query.js'
import { page, reflow, type Terms, termLines } from './layout.js'

const [has, ...otherHas] = HAS
const [is, ...otherStates] = STATES

/** The language of queries. A test parses each, and asks for each filter. */
export const QUERY: Terms = [
  ['bees honey', 'posts that hold both words; words in titles count more'],
  ['"bee hive"', 'these words, one after the other'],
  ['bee*', 'words that begin with bee'],
  ['-wasps', 'posts without this; also before "words", filters and (parentheses)'],
  ['bees OR wasps', 'either of both; OR binds less than words side by side'],
  ['from:anna', 'written by a member: slug, id or name; from:"Anna Berg"'],
  ['in:gardeners', 'posted in a group: slug, id, name or URL'],
  [
    'after:2024-05-01',
    'posted then or later (UTC); a post whose date is only known as an interval matches if it overlaps',
  ],
  ['before:today-2weeks', 'posted earlier; all forms: threadkeep help dates'],
  ['on:yesterday', 'posted on that day; on:2024-05 and on:2024 in that month or year'],
  [`has:${has}`, `also ${otherHas.join(', ')}`],
  [`is:${is}`, `also ${otherStates.join(', ')}; a thread is the post that opens one`],
]

const NOTES = [
  'Upper and lower case are the same, and so are Latin letters with and without accents: naive finds naïve. But ß, ø, æ and đ are letters of their own. Words in Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese are found anywhere in a text, letter by letter; a query of such words only shows the newest posts first.',
  'The shell removes quotes: put the whole query into single quotes, or write its words as they are. Write -- before a query whose first word begins with -.',
]

/** The topic `query`, and a part of the help of `search`. */
export const text = (width: number): string =>
  page(`The query:\n${termLines(QUERY, width)}`, ...NOTES.map(note => reflow(note, width)))
