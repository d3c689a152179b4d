import { withoutMarks } from './converters.js'
import type { Dated } from './dates.js'
import { type Header, headersIn } from './headers.js'
import { isFooter, isLeftover } from './leftovers.js'
import { Levels } from './levels.js'
import { isBlank, type Line, wholeText } from './lines.js'
import { groupOfLine, memberOfActivity, pictureOf } from './phrases.js'

/** A post as a text shows it. */
export interface DumpedPost {
  /** Index of the parent within its thread; null: the opening post. */
  parent: number | null
  kind: Header['kind']
  author: string | null
  group: string | null
  date: Dated['date'] | null
  /** The words of its header, with marks of links. */
  header: string
  body: readonly Line[]
}

/** The threads of a text, each from its opening post on, in the order of the text. `width`: where the converter has wrapped lines. */
export function threadsIn(lines: readonly Line[], width: number): DumpedPost[][] {
  const headers = headersIn(lines, width)
  const isOpening = openingTest(headers)
  const threads: DumpedPost[][] = []
  const starts = headers.flatMap((header, at) => (isOpening(header) ? [at] : []))
  if (starts.length === 0) {
    const untitled = untitledThread(lines, headers)
    return untitled.length > 0 ? [untitled] : []
  }
  for (const [at, first] of starts.entries()) {
    const next = headers[starts[at + 1] ?? headers.length]
    const own = headers.slice(first, starts[at + 1] ?? headers.length)
    const around = aroundOf(lines, headers[first - 1]?.end ?? 0, own[0]?.start ?? 0)
    threads.push(threadOf(lines, own, next ? aboveOf(lines, next.start) : lines.length, around))
  }
  return threads
}

/** Sentences such as "Ann posted an update" open threads. Without any, the first header does. */
function openingTest(headers: readonly Header[]): (header: Header) => boolean {
  if (headers.some(({ kind }) => kind === 'update' || kind === 'notice'))
    return ({ kind }) => kind === 'update' || kind === 'notice'
  const [first] = headers
  return header => header === first && header.kind === 'any'
}

/** What the lines above a thread say: "Ann's activity", "In group: Gardeners". */
interface Around {
  author: string | null
  group: string | null
}

function aroundOf(lines: readonly Line[], from: number, to: number): Around {
  const around: Around = { author: null, group: null }
  for (const line of lines.slice(Math.max(from, to - 40), to)) {
    const text = withoutMarks(wholeText(line)).trim()
    around.group = groupOfLine(text) ?? around.group
    around.author = memberOfActivity(text) ?? pictureOf(text) ?? around.author
  }
  return around
}

/** The line above a thread that belongs to it. */
function aboveOf(lines: readonly Line[], start: number): number {
  let at = start
  while (at > 0 && isAbove(lines[at - 1])) at--
  return at
}

const isAbove = (line: Line | undefined): boolean => {
  if (line === undefined || isBlank(line)) return line !== undefined
  const text = withoutMarks(wholeText(line)).trim()
  return groupOfLine(text) !== null || memberOfActivity(text) !== null || pictureOf(text) !== null || isLeftover(text)
}

function threadOf(lines: readonly Line[], headers: readonly Header[], to: number, around: Around): DumpedPost[] {
  const [opening, ...replies] = headers
  if (!opening) return []
  const end = endOf(lines, opening, headers.at(-1) ?? opening, to)
  const first = { ...opening, author: opening.author ?? around.author, group: opening.group ?? around.group }
  return replies.length > 0 ? postsByHeader(lines, [first, ...replies], end) : postsByBullet(lines, first, end)
}

/**
 * Where the item of an opening post ends: behind its last line that is not left of its words. Lines of code may be left of them; they are
 * followed by others that are not, without the foot of the page between. A text without indentation ends where the foot begins.
 */
function endOf(lines: readonly Line[], opening: Header, last: Header, to: number): number {
  const below = lines.slice(opening.end, to).find(line => !isBlank(line))
  const isIndented = opening.inner > 0 && below !== undefined && below.indent >= opening.inner
  let end = last.end
  for (let at = last.end; at < to; at++) {
    const line = lines[at] as Line
    if (isBlank(line)) continue
    const isInside = isIndented ? line.indent >= opening.inner : true
    if (!isInside && (line.marker !== null || at - end > MAX_LEFT || isLeftover(line.text))) break
    if (isFooter(withoutMarks(wholeText(line)))) break
    if (isInside) end = at + 1
  }
  return end
}

/** Most lines left of the words of a post, such as code. */
const MAX_LEFT = 60

function postsByHeader(lines: readonly Line[], headers: readonly Header[], end: number): DumpedPost[] {
  const levels = new Levels(headers)
  return headers.map((header, at) => ({
    parent: levels.parentOf(header),
    kind: header.kind,
    author: header.author,
    group: header.group,
    date: header.date,
    header: header.words,
    body: bodyOf(lines.slice(header.end, Math.max(header.end, headers[at + 1]?.start ?? end))),
  }))
}

/** Without empty lines and leftovers of the page at both ends. */
function bodyOf(lines: readonly Line[]): Line[] {
  const isOther = (line: Line) => isBlank(line) || isLeftover(withoutMarks(wholeText(line)))
  let [from, to] = [0, lines.length]
  while (from < to && isOther(lines[from] as Line)) from++
  while (to > from && isOther(lines[to - 1] as Line)) to--
  return lines.slice(from, to)
}

/** Replies without author and date: each bullet that is no line of a list is one. */
function postsByBullet(lines: readonly Line[], opening: Header, end: number): DumpedPost[] {
  const starts = bulletsOf(lines, opening.end, end, opening)
  const items = starts.map(at => lines[at] as Line)
  const levels = new Levels([opening, ...items])
  levels.parentOf(opening)
  const first = {
    ...opening,
    header: opening.words,
    parent: null,
    body: bodyOf(lines.slice(opening.end, starts[0] ?? end)),
  }
  const replies = starts.map((start, at) => {
    const item = items[at] as Line
    const words = { ...item, marker: null, indent: item.inner }
    return {
      ...{ parent: levels.parentOf(item), kind: 'reply' as const, author: null, group: null, date: null, header: '' },
      body: bodyOf([words, ...lines.slice(start + 1, starts[at + 1] ?? end)]),
    }
  })
  return [first, ...replies]
}

/**
 * Lines with the bullet of a reply. Bullets that follow each other without empty lines are a list within a post, unless all do and most are
 * sentences. Numbers are replies only where the opening post has no other bullet.
 */
function bulletsOf(lines: readonly Line[], from: number, to: number, { marker, indent }: Header): number[] {
  const right = marker === null ? -1 : indent
  const isReply = (line: Line) =>
    line.marker !== null && line.indent > right && (marker === null || /\d/.test(marker) || !/\d/.test(line.marker))
  const bullets = lines.slice(from, to).flatMap((line, at) => (isReply(line) ? [from + at] : []))
  const loose = bullets.filter(at => !isBeside(lines[at - 1]) && !isBeside(lines[at + 1]))
  const isSaidMostly = bullets.filter(at => isSaid(lines[at] as Line)).length * 2 > bullets.length
  const looseAt = new Set(loose)
  if (loose.length === 0) return isSaidMostly ? bullets : []
  return bullets.filter(at => looseAt.has(at) || beginsList(lines, at))
}

const isBeside = (line: Line | undefined): boolean => line !== undefined && line.marker !== null

/** A reply that goes on with a list. */
const beginsList = (lines: readonly Line[], at: number): boolean =>
  isBlank(lines[at - 1]) && (lines[at + 1]?.indent ?? 0) > (lines[at]?.indent ?? 0)

/** Replies are sentences, the lines of a list mostly are not. */
const isSaid = ({ text }: Line): boolean => text.length > 80 || /[.!?…。！？][)"'”’»]?$/u.test(text)

/**
 * A text whose opening post has no sentence: "Ann's activity", then bullets, the first of which opens the thread; or a text above replies
 * that have one.
 */
function untitledThread(lines: readonly Line[], headers: readonly Header[]): DumpedPost[] {
  const [reply] = headers
  const bullet = lines.findIndex(({ marker }) => marker !== null)
  const start = reply ? firstWords(lines, reply.start) : bullet
  if (start < 0) return []
  const around = aroundOf(lines, 0, start)
  if (!reply && around.author === null && around.group === null) return []
  const { indent, marker, inner } = lines[start] as Line
  const place = { start, end: reply ? start : start, indent, marker, inner, words: '' }
  const opening: Header = { ...place, kind: 'update', ...around, date: null }
  const own = lines.map((line, at) => (at === start ? { ...line, marker: null, indent: inner } : line))
  const end = endOf(own, opening, headers.at(-1) ?? opening, lines.length)
  return headers.length > 0 ? postsByHeader(own, [opening, ...headers], end) : postsByBullet(own, opening, end)
}

/** The first line of the last text above a header that is no leftover of the page; -1: there is none. */
function firstWords(lines: readonly Line[], to: number): number {
  let start = -1
  for (let at = 0; at < to; at++) {
    const line = lines[at] as Line
    const text = withoutMarks(wholeText(line)).trim()
    const isOther =
      isLeftover(text) || groupOfLine(text) !== null || memberOfActivity(text) !== null || pictureOf(text) !== null
    if (!isBlank(line) && isOther) start = -1
    else if (!isBlank(line) && start < 0) start = at
  }
  return start
}
