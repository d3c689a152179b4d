/** One line of a text dump. Columns are those of a terminal. */
export interface Line {
  /** Column of the first character, which may be a bullet. */
  indent: number
  /** Column of the words behind the bullet. */
  inner: number
  /** The bullet or number before the words; null: none. */
  marker: string | null
  /** The words, with marks of links (`converters.ts`). */
  text: string
  /** Columns of the whole line, and of its first word, as the converter wrote them. */
  width: number
  first: number
}

const TAB = 4

/** Bullets of w3m, lynx, html2text, pandoc and of people. Letters and signs that are also text are bullets only where they are indented. */
const MARKER = /^(?:([•◦▪▫■□●○★☆◎◆◇△▲▽▼‣⁃∙·*+–-]|\d{1,3}[.)]|[o#@=](?=\s))(?:\s+|$))/u

/** Every third line is empty, and needs no memory of its own. */
const EMPTY: Line = { indent: 0, inner: 0, marker: null, text: '', width: 0, first: 0 }

/** The lines of a text, one by one, so that nothing else is held for each. `written`: the same lines as they are in the file. */
export function linesOf(cleaned: string, written: string): Line[] {
  const lines: Line[] = []
  const others = rowsOf(written)
  for (const row of rowsOf(cleaned)) {
    const other = others.next()
    const whole = other.done ? row : other.value
    lines.push(row === '' && whole === '' ? EMPTY : lineOf(row, whole))
  }
  return lines
}

function* rowsOf(text: string): Generator<string, undefined> {
  for (let start = 0; start >= 0; ) {
    const end = text.indexOf('\n', start)
    yield text.slice(start, end < 0 ? undefined : end)
    start = end < 0 ? -1 : end + 1
  }
}

/** `written`: the line of the file, whose width tells where the converter has wrapped. */
function lineOf(cleaned: string, written: string): Line {
  const expanded = untabbed(cleaned)
  const text = expanded.trim()
  const indent = expanded.length - expanded.trimStart().length
  const found = MARKER.exec(text)
  const isMarker = found !== null && (indent > 0 || !/^[o#@=]/.test(text))
  const before = isMarker ? found[0].length : 0
  return {
    indent,
    inner: indent + before,
    marker: isMarker ? (found[1] ?? null) : null,
    text: text.slice(before),
    width: columnsOf(untabbed(written).trimEnd()),
    first: columnsOf(/^\s*(\S*)/.exec(written)?.[1] ?? ''),
  }
}

/** Tabs before the first word lead to the next multiple of four columns; those behind it are spaces. */
function untabbed(line: string): string {
  if (!line.includes('\t')) return line
  const [before = ''] = /^[\t ]*/.exec(line) ?? []
  let column = 0
  for (const one of before) column = one === '\t' ? column + TAB - (column % TAB) : column + 1
  return ' '.repeat(column) + line.slice(before.length).replaceAll('\t', ' ')
}

export const isBlank = (line: Line | undefined): boolean =>
  line === undefined || (line.text === '' && line.marker === null)

/** The line with its bullet. */
export const wholeText = ({ marker, text }: Line): string => (marker === null ? text : `${marker} ${text}`.trim())

/** Most columns of a text that a converter has wrapped, if nothing else is known. */
const USUAL_WIDTH = 100
const MIN_WIDTH = 60

/** The number of columns at which a converter has wrapped its lines; infinity: the line ends are those of the authors. */
export function wrapWidth(lines: readonly Line[]): number {
  const own = lines.filter(({ indent, text }) => indent <= 40 && text.includes(' '))
  // Converters count the columns of other scripts, and of the marks of links, in other ways.
  const plain = own.filter(({ width, text }) => width >= MIN_WIDTH && /^[\t -\u024f\u2000-\u2044]*$/.test(text))
  const widths = (plain.length >= 3 ? plain : own).map(({ width }) => width).sort((a, b) => b - a)
  // One line may be longer by a word that could not be broken.
  const widest = widths[Math.min(widths.length - 1, Math.floor(widths.length / 100))] ?? 0
  if (widest < MIN_WIDTH) return Number.POSITIVE_INFINITY
  if (widest <= USUAL_WIDTH) return widest
  const long = widths.filter(width => width > widest / 2)
  const near = long.filter(width => width > widest * 0.88)
  return near.length >= 5 && near.length > long.length * 0.6 ? widest : Number.POSITIVE_INFINITY
}

/** Most characters of one unspaced script, where a converter breaks a line within a sentence. */
const UNSPACED_END = /[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\u0e00-\u0e7f]$/u
const UNSPACED_START = /^[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\u0e00-\u0e7f]/u

/** The body of a post: wrapped lines are joined, line ends of the author stay, empty lines separate paragraphs. */
export function bodyText(lines: readonly Line[], width: number): string {
  const body: string[] = []
  let last: Line | null = null
  for (const line of lines) {
    if (isBlank(line)) {
      if (last !== null) body.push('\n\n')
      last = null
      continue
    }
    if (last !== null) body.push(isWrapped(last, line, width) ? spaceBetween(last.text, line.text) : '\n')
    body.push(line.marker === null ? line.text : `${/^\d/.test(line.marker) ? line.marker : '-'} ${line.text}`)
    last = line
  }
  return body.join('').trim()
}

/** True if the converter has made these two lines of one. */
export const isWrapped = (one: Line, next: Line, width: number): boolean =>
  next.marker === null && one.width + 1 + next.first > width

/** Two lines that a converter has made of one. */
export const joinedLines = (one: string, next: string): string => `${one}${spaceBetween(one, next)}${next}`.trim()

/** Converters also break behind a hyphen, as in a name with two parts. */
const HYPHEN = /\p{L}-$/u
const HYPHENATED = /^(?!(?:and|or|und|oder|bzw|et|ou|y|e|o|en|of|og|och)\b)\p{L}/iu

function spaceBetween(one: string, next: string): string {
  const isHyphen = HYPHEN.test(one.slice(-3)) && HYPHENATED.test(next)
  return isHyphen || (UNSPACED_END.test(one.slice(-1)) && UNSPACED_START.test(next)) ? '' : ' '
}

/** Number of columns of a text in a terminal: characters of East Asian scripts and emoji have two, combining ones none. */
function columnsOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length
  let columns = 0
  for (const character of text) columns += /[\p{M}\p{Cf}]/u.test(character) ? 0 : WIDE.test(character) ? 2 : 1
  return columns
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
