import { createHash } from 'node:crypto'
import { percentDecoded, type Word, wordsOf } from './tokens.js'

/** What stands for a person in a text: `kind:value`, in lower case but for names of one word. */
export type Mark = string

/** Marks to look for, known as they are or by their hashes only. */
export interface Marks {
  has(mark: Mark): boolean
  /** How many words a name has. */
  lengths: readonly number[]
  /** The first two words of each name of several: others need not be put together. Absent: not known. */
  starts?: ReadonlySet<string>
  /** Wherever one of the marks stands, one of these stands, in ASCII letters of whatever case. Absent: not known. */
  fragments?: readonly string[]
}

/** As the archive keeps them once a member was forgotten: nothing of it can be read. */
export interface HashedMarks {
  salt: string
  hashes: string[]
  lengths: number[]
}

/** With the choice that was made for what others wrote. */
export interface StoredMarks extends HashedMarks {
  redact: boolean
}

export interface MemberNames {
  slugs: readonly string[]
  names: readonly string[]
  /** Addresses of the profile. */
  urls: readonly string[]
}

/** Marks that name a person: the profile's address, `@slug`, the display name. */
export function marksOfNames({ slugs, names, urls }: MemberNames): Mark[] {
  const ways = urls.flatMap(url => lastTwoSegments(url))
  const folders = [...new Set(['members', ...ways.map(([folder]) => folder)])]
  return [
    ...new Set([
      ...ways.map(([folder, slug]) => pathMark(folder, slug)),
      ...slugs.flatMap(slug => [`handle:${foldName(slug)}`, ...folders.map(folder => pathMark(folder, slug))]),
      ...names.flatMap(nameMark),
    ]),
  ]
}

function lastTwoSegments(url: string): [string, string][] {
  const parts = url
    .replace(/[?#].*$/, '')
    .split('/')
    .filter(Boolean)
  const [folder, slug] = parts.slice(-2)
  return folder !== undefined && slug !== undefined && parts.length > 2 ? [[folder, slug]] : []
}

/** One word is looked for as it is written: `Will` and `May` are words, too. Shorter ones would be found everywhere. */
function nameMark(name: string): Mark[] {
  const words = wordsOf(name).map(({ text }) => text)
  if (words.length === 1) return (words[0] ?? '').length > 2 ? [`word:${words[0]}`] : []
  return words.length > 1 ? [phraseMark(words)] : []
}

/** Marks that a text is told by, also where it stands without a name: its first, middle and last words. */
export function marksOfText(text: string): Mark[] {
  const words = wordsOf(text).map(word => word.text)
  if (words.length < 3) return []
  const middle = Math.floor((words.length - PHRASE_LENGTH) / 2)
  const starts = words.length > PHRASE_LENGTH ? [0, middle, words.length - PHRASE_LENGTH] : [0]
  return starts.map(start => phraseMark(words.slice(start, start + PHRASE_LENGTH)))
}

const PHRASE_LENGTH = 6

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

/** The longest run of plain letters: no way of writing hides these. */
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

/** Each mark is hashed once, however often it stands in a text. */
export function marksOfHashes({ salt, hashes, lengths }: HashedMarks): Marks {
  const known = new Set(hashes)
  return { has: mark => known.has(hashOf(mark, salt)), lengths }
}

export const anyOfMarks = (all: readonly Marks[]): Marks => ({
  has: mark => all.some(marks => marks.has(mark)),
  lengths: [...new Set(all.flatMap(({ lengths }) => lengths))],
})

/** Of hashes with two salts the first stay: others can't be made of them. */
export function joinStoredMarks(a: StoredMarks, b: StoredMarks): StoredMarks {
  const redact = a.redact || b.redact
  if (a.salt !== b.salt || isSubset(b.hashes, a.hashes)) return { ...a, redact }
  if (isSubset(a.hashes, b.hashes)) return { ...b, redact }
  const hashes = [...new Set([...a.hashes, ...b.hashes])].sort()
  return { salt: a.salt, hashes, lengths: [...new Set([...a.lengths, ...b.lengths])].sort(), redact }
}

const isSubset = (some: readonly string[], all: readonly string[]): boolean => some.every(one => all.includes(one))

const hashOf = (mark: Mark, salt: string): string => createHash('sha256').update(`${salt}\n${mark}`).digest('hex')

const foldName = (text: string): string => percentDecoded(text).normalize('NFC').toLowerCase()
const pathMark = (folder: string, slug: string): Mark => `path:${foldName(folder)}/${foldName(slug)}`
const phraseMark = (words: readonly string[]): Mark => `phrase:${words.join(' ').toLowerCase()}`

interface Span {
  start: number
  end: number
}

const SEGMENT = String.raw`(?:(?!%2F)[^/\\\s"'<>?#&,;)])+`
const PATHS = new RegExp(String.raw`(${SEGMENT})(\\?/|%2F)(?=(${SEGMENT}))`, 'gi')
const HANDLES = /(?<=@)[\p{L}\p{N}_.%-]+/gu
const NAMED = /(?<="(?:\w*login|\w*nicename|mention_name|username|slug)\\?"\s*:\s*\\?")[^"\\]+/g

/** Where a text names one of them. */
function* spansIn(text: string, marks: Marks): Generator<Span> {
  const { has } = marks
  for (const match of text.matchAll(PATHS)) {
    const [, folder = '', slash = '', slug = ''] = match
    const start = match.index + folder.length + slash.length
    const bare = slug.replace(/[.:!]+$/, '')
    if (has(pathMark(folder, bare))) yield { start, end: start + bare.length }
  }
  for (const pattern of [HANDLES, NAMED])
    for (const { 0: found, index: start } of text.matchAll(pattern)) {
      const bare = found.replace(/[.-]+$/, '')
      if (has(`handle:${foldName(bare)}`)) yield { start, end: start + bare.length }
    }
  yield* phrasesIn(wordsOf(text), marks)
}

function* phrasesIn(words: readonly Word[], { lengths, has, starts }: Marks): Generator<Span> {
  for (const [at, word] of words.entries()) {
    if (has(`word:${word.text}`)) yield word
    if (starts && !starts.has(`${word.text} ${words[at + 1]?.text}`.toLowerCase())) continue
    for (const length of lengths) {
      const last = words[at + length - 1]
      if (last && has(phraseMark(words.slice(at, at + length).map(({ text }) => text))))
        yield { start: word.start, end: last.end }
    }
  }
}

/** Tags may part the words of a name: it is looked for with them (their attributes name people, too) and without. */
export function containsName(text: string, marks: Marks): boolean {
  const quick = memoized(marks)
  for (const _ of spansIn(text, quick)) return true
  if (!text.includes('<')) return false
  for (const _ of phrasesIn(wordsOf(text.replace(/<[^>]*>/g, ' ')), quick)) return true
  return false
}

/** Whether texts, which stand outside of all tags, stand in a body. */
export function containsPhrase(body: string, marks: Marks): boolean {
  for (const _ of phrasesIn(wordsOf(body.replace(/<[^>]*>/g, ' ')), marks)) return true
  return false
}

/** A hash costs more than looking up whether it was made before. */
function memoized(marks: Marks): Marks {
  const tried = new Map<Mark, boolean>()
  const first = (mark: Mark): boolean => {
    const found = marks.has(mark)
    tried.set(mark, found)
    return found
  }
  return { ...marks, has: mark => tried.get(mark) ?? first(mark) }
}

/** The text with every name in it replaced. */
export function redactNames(text: string, marks: Marks, by: string): string {
  const spans = [...spansIn(text, memoized(marks))].sort((a, b) => a.start - b.start || b.end - a.end)
  let out = ''
  let from = 0
  for (const { start, end } of spans) {
    if (end <= from) continue
    if (start >= from) out += text.slice(from, start) + by
    from = end
  }
  return out + text.slice(from)
}

/** A quick look before the thorough one: a text without one of the fragments names nobody. */
export function mayContainName(text: string, { fragments }: Marks): boolean {
  const lower = text.toLowerCase()
  return fragments === undefined || fragments.some(fragment => lower.includes(fragment))
}

/** The same in SQL, for rows that are many. The values go into its question marks. */
export function mayContainNameSql(column: string, { fragments }: Marks): { sql: string; values: readonly string[] } {
  if (fragments === undefined || fragments.length === 0) return { sql: '1', values: [] }
  return { sql: `(${fragments.map(() => `instr(lower(${column}), ?)`).join(' OR ')})`, values: fragments }
}
