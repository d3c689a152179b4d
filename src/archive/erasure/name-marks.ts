import { createHash } from 'node:crypto'
import { decodeMarkup, decodeUrls, percentDecoded, wordsOf } from './tokens.js'

/** What identifies a name in a text, as `kind:value`. In lower case, except `word:`. */
export type Mark = string

/** Marks to search for, known as plain text or by their hashes only. */
export interface Marks {
  has(mark: Mark): boolean
  /** Word counts of the phrases. */
  lengths: readonly number[]
  /** The first two words of each phrase, in lower case: a search skips all other places. Absent: not known. */
  starts?: ReadonlySet<string>
  /** ASCII letters and digits in lower case: a text that contains a mark contains one of these. Absent: not known. */
  fragments?: readonly string[]
}

/** Marks as the archive stores them for an erased member: salted SHA-256, so that no name can be read from them. */
interface HashedMarks {
  salt: string
  hashes: string[]
  lengths: number[]
}

export interface StoredMarks extends HashedMarks {
  /** The name is also removed from what others wrote. */
  redact: boolean
}

interface MemberNames {
  slugs: readonly string[]
  names: readonly string[]
  /** URLs of the profile. */
  urls: readonly string[]
}

/** Marks of a member: the path of the profile, `@slug` and the display name. */
export function marksOfNames({ slugs, names, urls }: MemberNames): Mark[] {
  const paths = urls.flatMap(url => lastTwoSegments(url))
  const folders = [...new Set(['members', ...paths.map(([folder]) => folder)])]
  return [
    ...new Set([
      ...paths.map(([folder, slug]) => pathMark(folder, slug)),
      ...slugs.flatMap(slug => [handleMark(slug), ...folders.map(folder => pathMark(folder, slug))]),
      ...names.flatMap(nameMark),
    ]),
  ]
}

function lastTwoSegments(url: string): [string, string][] {
  const segments = url
    .replace(/[?#].*$/, '')
    .split('/')
    .filter(Boolean)
  const [folder, slug] = segments.slice(-2)
  return folder !== undefined && slug !== undefined && segments.length > 2 ? [[folder, slug]] : []
}

/**
 * A name of one word is case-sensitive, because names such as `Will` and `May` are also common words. A word of one or two
 * letters gets no mark: it would be found everywhere.
 */
function nameMark(name: string): Mark[] {
  const words = plainWords(name)
  const [first = ''] = words
  if (words.length > 1) return [phraseMark(words)]
  return first.length > 2 ? [wordMark(first)] : []
}

/** Marks of a post's text: its first, middle and last words. They find the text where no name is near it. */
export function marksOfText(text: string): Mark[] {
  const plain = plainOf(text)
  // The places alone, because a long text has millions of words.
  const places: number[] = []
  for (const { start } of wordsOf(plain)) places.push(start)
  if (places.length < 3) return []
  const middle = Math.floor((places.length - PHRASE_LENGTH) / 2)
  const starts = places.length > PHRASE_LENGTH ? [0, middle, places.length - PHRASE_LENGTH] : [0]
  return starts.map(start => phraseMark(textsOf(plain.slice(places[start], places[start + PHRASE_LENGTH]))))
}

const PHRASE_LENGTH = 6

/** Decoded in the same way as the texts that are searched. */
const plainOf = (text: string): string => decodeUrls(decodeMarkup(text).text).text

const textsOf = (plain: string): string[] => Array.from(wordsOf(plain), word => word.text)

const plainWords = (text: string): string[] => textsOf(plainOf(text))

const foldName = (text: string): string => percentDecoded(text).normalize('NFC').toLowerCase()

export const pathMark = (folder: string, slug: string): Mark => `path:${foldName(folder)}/${foldName(slug)}`
export const handleMark = (slug: string): Mark => `handle:${foldName(slug)}`
export const wordMark = (word: string): Mark => `word:${word}`
export const phraseMark = (words: readonly string[]): Mark => `phrase:${words.join(' ').toLowerCase()}`

export function plainMarks(marks: Iterable<Mark>): Marks {
  const known = new Set(marks)
  const phrases = [...known].filter(mark => mark.startsWith('phrase:')).map(mark => mark.slice(7).split(' '))
  const fragments = [...known].map(fragmentOf)
  return {
    has: mark => known.has(mark),
    lengths: [...new Set(phrases.map(words => words.length))],
    starts: new Set(phrases.map(([first, second]) => `${first} ${second}`)),
    ...(fragments.every(fragment => fragment.length > 1) && { fragments }),
  }
}

/** The longest run of ASCII letters and digits, which HTML, JSON and URLs write without escapes. */
const fragmentOf = (mark: Mark): string =>
  (
    mark
      .replace(/^\w+:(.*\/)?/, '')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? []
  ).reduce((longest, run) => (run.length > longest.length ? run : longest), '')

export function hashMarks(marks: readonly Mark[], salt: string): HashedMarks {
  return { salt, hashes: marks.map(mark => hashOf(mark, salt)), lengths: [...plainMarks(marks).lengths] }
}

export function marksOfHashes({ salt, hashes, lengths }: HashedMarks): Marks {
  const known = new Set(hashes)
  return { has: mark => known.has(hashOf(mark, salt)), lengths }
}

const hashOf = (mark: Mark, salt: string): string => createHash('sha256').update(`${salt}\n${mark}`).digest('hex')

export const anyOfMarks = (all: readonly Marks[]): Marks => ({
  has: mark => all.some(marks => marks.has(mark)),
  lengths: [...new Set(all.flatMap(({ lengths }) => lengths))],
})

/** Of two sets with different salts only the first is kept: a hash cannot be given another salt. */
export function joinStoredMarks(a: StoredMarks, b: StoredMarks): StoredMarks {
  const redact = a.redact || b.redact
  if (a.salt !== b.salt || isSubset(b.hashes, a.hashes)) return { ...a, redact }
  if (isSubset(a.hashes, b.hashes)) return { ...b, redact }
  const hashes = [...new Set([...a.hashes, ...b.hashes])].sort()
  return { salt: a.salt, hashes, lengths: [...new Set([...a.lengths, ...b.lengths])].sort(), redact }
}

const isSubset = (some: readonly string[], all: readonly string[]): boolean => some.every(one => all.includes(one))
