import type { Completeness, StoredThread, ThreadReader } from '../../model/archive.js'
import { ENGLISH, type Locale } from '../../model/locale/locale.js'
import { knownAddress } from '../../model/unknown-site.js'
import type { ShownStatus } from '../exporter.js'
import { isolated, listed } from '../text.js'
import type { ZonedClock } from './clock.js'
import { dayWords, rangeWords } from './dates.js'
import type { Facts, Marked } from './facts.js'
import { groupName } from './names.js'
import { type DocumentPart, pieceWords } from './pieces.js'

/** A part of a line: words, or a link with words. Words of members are not escaped; each format does that. */
export type Part = string | { words: string; url: string }

/** How a document shows its posts. */
export interface View {
  clock: ZonedClock
  status: ShownStatus
  /** Which of several documents it is; absent: it is alone. */
  part?: DocumentPart | undefined
}

/** The status line of one thread: the sentences, with a space between them, as parts. */
export function threadStatus(thread: StoredThread, facts: Facts, view: View): Part[] {
  const seen = seenOf([thread], view.clock)
  return sentences([
    partOfThread(thread, view),
    [postsWords(facts, view.clock.locale), ...inGroup(thread), ...dated(facts, view), ...originalOf(thread)],
    [completenessWords(thread.completeness, seen, view.clock.locale)],
    markSentence(facts, view, seen.day, true),
    [zoneWords(view.clock)],
  ])
}

/** The status line of a thread within a document of several, which says as of when and in which zone, and of which group if there is one. */
export function sectionStatus(thread: StoredThread, facts: Facts, view: View, all: Seen, group = false): Part[] {
  const seen = seenOf([thread], view.clock)
  const isSaid = thread.completeness.state === 'complete' && seen.words === all.words
  return sentences([
    partOfThread(thread, { ...view, part: undefined }),
    [
      postsWords(facts, view.clock.locale),
      ...(group ? inGroup(thread) : []),
      ...dated(facts, view),
      ...originalOf(thread),
    ],
    isSaid ? [] : [completenessWords(thread.completeness, seen, view.clock.locale)],
    markSentence(facts, view, seen.day, true),
  ])
}

/** The end of the status line of several threads: completeness, what is gone or was edited, and the zone. */
export const sumStatus = (completeness: Completeness, facts: Facts, view: View, seen: Seen): Part[] =>
  sentences([
    [completenessWords(completeness, seen, view.clock.locale)],
    markSentence(facts, view, seen.day, false),
    ['Posts are numbered in each thread.'],
    [zoneWords(view.clock)],
  ])

/** `Part 2 of 5`; nothing of a document that is alone. */
export const partWords = ({ part }: View): string[] => (part ? [`Part ${part.number} of ${part.of}`] : [])

function partOfThread(thread: StoredThread, view: View): Part[] {
  const words = [...partWords(view), ...pieceWords(thread)]
  return words.length === 0 ? [] : [`${words.join(': ')}.`]
}

/** `31 posts by 16 people`. */
export const postsWords = ({ posts, people }: Facts, locale: Locale): string =>
  `${countWords(posts, 'post', locale)} by ${people.size === 1 ? `${locale.number(1)} person` : `${locale.number(people.size)} people`}`

/** `, 13 to 19 March 2026`; nothing where no date is known. */
export function dated({ from, to }: Facts, { clock }: View): Part[] {
  return from && to ? [`, ${rangeWords(clock.at(from).day, clock.at(to).day, clock.locale)}`] : []
}

/** The sentences that are not empty, with a space between them. */
function sentences(parts: readonly (readonly Part[])[]): Part[] {
  const said = parts.filter(sentence => sentence.length > 0)
  return said.flatMap((sentence, at) => (at > 0 ? [' ', ...sentence] : sentence))
}

function originalOf({ url }: StoredThread): Part[] {
  const known = knownAddress(url)
  return known === null ? ['.'] : ['; ', { words: 'original thread', url: known }, '.']
}

const inGroup = ({ group }: StoredThread): Part[] =>
  group ? [' in ', { words: isolated(groupName(group)), url: group.url }] : []

/** When and as whom threads were read. */
export interface Seen {
  /** The last day, `2026-12-02`; null: not known. */
  day: string | null
  /** `as of 2 December 2026, as a visitor sees it`; empty: not known. */
  words: string
}

/** When a thread was read, and as whom. */
export type ReadingTime = Pick<StoredThread, 'readAt' | 'readAs'>

/** One entry for each hour and reader: a large selection was read on a few days. */
export function addReading(readings: ReadingTime[], { readAt, readAs }: ReadingTime): void {
  const hour = readAt?.slice(0, 13)
  if (!readings.some(seen => seen.readAt?.slice(0, 13) === hour && seen.readAs === readAs))
    readings.push({ readAt, readAs })
}

export function seenOf(threads: Iterable<ReadingTime>, clock: ZonedClock): Seen {
  const days: string[] = []
  const readers = new Set<ThreadReader | null>()
  for (const { readAt, readAs } of threads) {
    if (readAt) days.push(clock.at(readAt).day)
    readers.add(readAs)
  }
  const [first, last] = [days.reduce(least, days[0] ?? ''), days.reduce(most, days[0] ?? '')]
  const [reader = null] = readers.size === 1 ? readers : []
  const words = [last && `as of ${rangeWords(first, last, clock.locale)}`, reader && READERS[reader]]
  return { day: last || null, words: words.filter(Boolean).join(', ') }
}

const least = (a: string, b: string) => (b < a ? b : a)
const most = (a: string, b: string) => (b > a ? b : a)

const READERS: Readonly<Record<ThreadReader, string>> = {
  visitor: 'as a visitor sees it',
  session: 'as a member sees it',
  password: 'as a member sees it',
  import: 'as an imported file has it',
}

/** `Complete as of …`; `Incomplete as of …: 5 of 9 posts are held in full.` */
function completenessWords({ state, held, claimed }: Completeness, { words }: Seen, { number }: Locale): string {
  const seen = words && ` ${words}`
  if (state === 'complete') return `Complete${seen}.`
  if (state === 'unknown') return `It is not known whether all posts were kept${words && ` (${words})`}.`
  const of = claimed === null || claimed < held ? '' : ` of ${number(claimed)}`
  return `Incomplete${seen}: ${number(held)}${of} ${(claimed ?? held) === 1 ? 'post is' : 'posts are'} held in full.`
}

/** `One post (#2) has gone from the site since 23 November and is left out; one post (#10) was edited.` */
function markSentence(facts: Facts, view: View, seen: string | null, numbered: boolean): Part[] {
  const { locale } = view.clock
  const words = [goneWords(facts, view, seen, numbered), editedWords(facts.edited, numbered, locale)]
    .filter(Boolean)
    .join('; ')
  return words === '' ? [] : [`${words[0]?.toUpperCase()}${words.slice(1)}.`]
}

function goneWords({ gone, goneSince }: Facts, { clock, status }: View, seen: string | null, numbered: boolean) {
  if (gone.count === 0) return ''
  const day = goneSince && clock.at(goneSince).day
  const since = day && day !== seen ? ` since ${dayWords(day, clock.locale, seen)}` : ''
  const posts = markedWords(gone, numbered, clock.locale)
  if (status === 'gone') return `only posts that have gone from the site${since} are shown`
  const left = status === 'live' ? 'left out' : 'marked'
  return gone.count === 1
    ? `${posts} has gone from the site${since} and is ${left}`
    : `${posts} have gone from the site${since} and are ${left}`
}

const editedWords = (edited: Marked, numbered: boolean, locale: Locale): string =>
  edited.count === 0 ? '' : `${markedWords(edited, numbered, locale)} ${edited.count === 1 ? 'was' : 'were'} edited`

/** `one post (#2)`, `3 posts (#2, #5 and #9)`, `12 posts`. */
function markedWords({ count, numbers }: Marked, numbered: boolean, locale: Locale): string {
  const isListed = numbered && numbers.length === count
  return `${numberWords(count, locale)} ${count === 1 ? 'post' : 'posts'}${isListed ? ` (${listed(numbers.map(number => `#${number}`))})` : ''}`
}

const SMALL = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ')

/** `four`; figures above twelve. */
export const numberWords = (count: number, locale: Locale): string => SMALL[count] ?? locale.number(count)

/** `1 post`, `9 posts`. */
export const countWords = (count: number, one: string, { number }: Locale = ENGLISH): string =>
  `${number(count)} ${count === 1 ? one : `${one}s`}`

/** The locale is said where it is not the default: an import reads the dates by it. */
function zoneWords({ zone, isOfMonths, locale: { tag } }: ZonedClock): string {
  if (isOfMonths) return `Dates are months (${zone}${tag === ENGLISH.tag ? '' : `, locale ${tag}`}).`
  return `Times are ${zone.startsWith('UTC') ? '' : 'in '}${zone}${tag === ENGLISH.tag ? '' : ` (locale ${tag})`}.`
}
