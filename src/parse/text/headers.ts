import { withoutMarks } from './converters.js'
import { type Dated, datedAtEnd } from './dates.js'
import { isBlank, isWrapped, joinedLines, type Line } from './lines.js'
import { groupOfLine, memberOfActivity, pictureOf, type Sentence, sentenceOf } from './phrases.js'

/** The lines above a post: avatar, author, group and date. */
export interface Header {
  /** Index of its first line, and of the first line behind it. */
  start: number
  end: number
  /** `any`: a name and a date only. */
  kind: Sentence['kind'] | 'any'
  author: string | null
  group: string | null
  date: Dated['date'] | null
  /** Column and bullet of the item. */
  indent: number
  marker: string | null
  /** The least column of the lines of the item. */
  inner: number
  /** The words with marks of links. */
  words: string
}

/** All headers of a text, in its order. `width`: where the converter has wrapped lines. */
export function headersIn(lines: readonly Line[], width: number): Header[] {
  const headers: Header[] = []
  for (let at = 0; at < lines.length; ) {
    const header = isBlank(lines[at]) ? null : headerAt(lines, at, width)
    if (header) headers.push(header)
    at = header ? header.end : at + 1
  }
  return isByChance(headers) ? [] : headers
}

/** A line of any text may be a few words and a date: "written 2 years ago". */
const isByChance = ([first, ...others]: readonly Header[]): boolean =>
  others.length === 0 && first?.kind === 'any' && !/[·•|—–@]/.test(first.words) && first.end === first.start + 1

function headerAt(lines: readonly Line[], at: number, width: number): Header | null {
  const line = lines[at] as Line
  const withPicture = beginsPicture(lines, at) ? belowPicture(lines, at, width) : null
  if (withPicture) return withPicture
  const header = sentenceAt(lines, at, null, width)
  const above = lines[at - 1]
  if (!header || line.marker !== null || above === undefined || isBlank(above) || isOfPage(above)) return header
  // Within a text only a whole sentence is one, and not where a line was wrapped.
  return (header.kind === 'any' && !SEPARATED.test(words(line))) || isWrapped(above, line, width) ? null : header
}

/** "Ann · 2 years ago" */
const SEPARATED = /^.{1,80}?\s?[·•|—–]\s?.*$/

const isOfPage = (line: Line): boolean => groupOfLine(words(line)) !== null || memberOfActivity(words(line)) !== null

const words = (line: Line): string => withoutMarks(line.text).trim()

/** True if the words in place of an avatar begin here; at the right edge of a page each word may have a line. */
function beginsPicture(lines: readonly Line[], at: number): boolean {
  let text = ''
  for (const line of lines.slice(at, at + MAX_PICTURE_WORDS)) {
    if (isBlank(line) || (text !== '' && line.marker !== null)) return false
    text = joinedLines(text, words(line))
    if (pictureOf(/^\[[^\]]*$/.test(text) ? `${text}]` : text) !== null) return true
    if (text.length > MAX_NAME) return false
  }
  return false
}

const MAX_PICTURE_WORDS = 5

/** Most lines of the name in place of an avatar. */
const MAX_PICTURE = 40

/** A header below the words in place of an avatar. The name may be wrapped: then the sentence begins with all of it. */
function belowPicture(lines: readonly Line[], at: number, width: number): Header | null {
  let picture = ''
  let first: Header | null = null
  for (let end = at; end < at + MAX_PICTURE && end < lines.length; end++) {
    const line = lines[end] as Line
    if (isBlank(line) && end > at) {
      const below = nextLine(lines, end)
      const named = below === null ? null : pictureOf(picture)
      return (below === null ? null : sentenceAt(lines, below, named, width, at)) ?? first
    }
    if (end > at && line.marker !== null) return first
    picture = joinedLines(picture, words(line))
    const named = pictureOf(picture)
    const header = named === null ? null : sentenceAt(lines, end + 1, named, width, at)
    if (header !== null && header.author === named) return header
    first ??= header
    if (picture.length > MAX_SENTENCE) break
  }
  return first
}

function nextLine(lines: readonly Line[], at: number): number | null {
  for (let next = at; next < at + 4 && next < lines.length; next++) if (!isBlank(lines[next])) return next
  return null
}

/** Most characters of a sentence with its date, and most lines that a converter has broken it into. */
const MAX_SENTENCE = 420
const MAX_LINES = 40
/** Columns by which a converter may break a sentence earlier than others, where it counts bytes or the numbers of links. */
const NARROWER = 16

/** The sentence that begins in a line, which may be wrapped. `picture`: the name in place of the avatar above; `start`: its line. */
function sentenceAt(
  lines: readonly Line[],
  from: number,
  picture: string | null,
  width: number,
  start = from,
): Header | null {
  let text = ''
  let found: Header | null = null
  for (let at = from; at < lines.length && at < from + MAX_LINES; at++) {
    const line = lines[at] as Line
    if (isBlank(line) || (at > from && !isWrapped(lines[at - 1] as Line, line, width - NARROWER))) break
    text = joinedLines(text, line.text)
    if (text.length > MAX_SENTENCE) break
    const said = saidBy(withoutMarks(text).trim(), picture)
    if (said) found = { ...said, ...placeOf(lines, start, at + 1), words: text }
    // A date may go on in the next line: "vor 2 Jahren, / 3 Monaten".
    else if (found) break
  }
  return found
}

function placeOf(
  lines: readonly Line[],
  start: number,
  end: number,
): Pick<Header, 'start' | 'end' | 'indent' | 'marker' | 'inner'> {
  const own = lines.slice(start, end).filter(line => !isBlank(line))
  // The name of an avatar may be above the bullet.
  const first = own.find(({ marker }) => marker !== null) ?? own[0]
  const inner = own.reduce(
    (least, line) => Math.min(least, line === first ? line.inner : line.indent),
    Number.POSITIVE_INFINITY,
  )
  return { start, end, indent: first?.indent ?? 0, marker: first?.marker ?? null, inner }
}

type Said = Pick<Header, 'kind' | 'author' | 'group' | 'date'>

function saidBy(text: string, picture: string | null): Said | null {
  const dated = datedAtEnd(text)
  if (!dated) return null
  const { before, date } = dated
  const isNamed = picture !== null && picture !== '' && before.startsWith(picture)
  // A name may hold the words of a sentence: then the sentence is read with another name.
  const sentence = (isNamed ? sentenceOf(`M${before.slice(picture.length)}`) : null) ?? sentenceOf(before)
  if (sentence) return { ...sentence, author: isNamed ? picture : sentence.author, date }
  if (isNamed && before.length < picture.length + 120) return { kind: 'any', author: picture, group: null, date }
  const author = nameIn(before)
  return author === null ? null : { kind: 'any', author, group: null, date }
}

const MAX_NAME = 80

/** Words that begin sentences of people and no names. */
const NO_NAME =
  /^(?:i|we|it|he|she|they|you|this|that|these|those|the|a|an|about|last|since|posted|but|and|so|when|as|my|our|his|her|their|some|active|edited|updated|created|ich|wir|es|er|sie|das|die|der|und|aber|vor|seit|je|nous|il|elle|on|ce|le|la|les|et|yo|nosotros|el|los|y|io|noi|lo|ik|wij|het|de|en)\b/i

/** The name in "Ann · 2 years ago" and "ann@example.org 3 days ago"; null: the words are no name. */
function nameIn(before: string): string | null {
  const name = before.replace(/^by\s+/i, '').replace(/(?<![\s·•|—–:,(-])[\s·•|—–:,(-]+$/, '')
  const isSeparated = /[·•|—–:(]\s*$/.test(before)
  const isName = name !== '' && name.length <= MAX_NAME && name.split(/\s+/).length <= (isSeparated ? 8 : 4)
  return isName && !NO_NAME.test(name) && !/[.!?;]\s|[!?;]$/.test(name) ? name : null
}
