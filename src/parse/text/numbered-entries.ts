/** A post in a document of threadkeep, or the place of one that is gone. */
export interface NumberedEntry {
  number: number
  /** As the markdown has it; null: the post is gone. */
  name: string | null
  /** The number of the post that it answers, where an arrow says so. */
  answers: number | null
  /** 0: at the margin. */
  level: number
  /** `[22 June, 12:39](…) (edited by 2 December)` */
  date: string
  /** The body, as if it were at the margin. */
  lines: string[]
}

const PLACE = '((?: {2})*- |(?:> )+|)'
const ARROW = '(?: → (?:#(\\d+)|a post that was not read))?'

/** `**#3 Name** → #2, [22 June, 12:39](…)`, at the margin, as an item or quoted. */
const POST = new RegExp(`^${PLACE}\\*\\*#(\\d+) (.+?)\\*\\*${ARROW}, (.+?)\\\\?$`)
const GONE = new RegExp(`^${PLACE}\\*#(\\d+) is gone from the site\\.\\*$`)
/** A heading, and the date below it. */
const HEADING = new RegExp(`^(#{1,6}) #(\\d+) (.+?)${ARROW}$`)

/** The posts of a thread, whatever the layout. Nothing that a member typed looks like the line of a post: its `#` is escaped. */
export function numberedEntries(lines: readonly string[]): NumberedEntry[] {
  const entries: NumberedEntry[] = []
  let place = ''
  let headings: number | null = null
  for (const { line, isCode } of linesOutsideCode(lines)) {
    const [, start, number, name, answers, date] = (isCode ? null : (POST.exec(line) ?? GONE.exec(line))) ?? []
    const heading = isCode ? null : HEADING.exec(line)
    const last = entries.at(-1)
    if (start !== undefined) {
      place = start
      entries.push({ ...entryOf(number, name, answers), level: levelOf(start), date: date ?? '' })
    } else if (heading?.[1]) {
      headings ??= heading[1].length
      place = ''
      entries.push({ ...entryOf(heading[2], heading[3], heading[4]), level: heading[1].length - headings, date: '' })
    } else if (last && headings !== null && last.name !== null && last.date === '' && line !== '')
      last.date = line.replace(/\\$/, '')
    else last?.lines.push(withoutPlace(line, place))
  }
  return entries
}

const entryOf = (number?: string, name?: string, answers?: string) => ({
  ...{ number: Number(number), name: name ?? null, answers: answers === undefined ? null : Number(answers) },
  lines: [] as string[],
})

const levelOf = (place: string): number => place.length / 2

/** Without the indentation or the marks of quotations of the post. */
function withoutPlace(line: string, place: string): string {
  if (place.startsWith('>')) return line.startsWith(place) ? line.slice(place.length) : line.replace(/^(?:> ?)+$/, '')
  return line.slice(0, place.length).trim() === '' ? line.slice(place.length) : line
}

/** Each line, and whether it is of a block of code. */
export function* linesOutsideCode(lines: readonly string[]): Generator<{ line: string; isCode: boolean }> {
  let fence: string | null = null
  for (const line of lines) {
    const mark = /^[\s>]*(`{3,})/.exec(line)?.[1]
    const isEnd = fence !== null && mark === fence && line.trimEnd().endsWith(mark)
    yield { line, isCode: fence !== null }
    if (isEnd) fence = null
    else if (fence === null && mark !== undefined) fence = mark
  }
}
