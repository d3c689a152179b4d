import stringWidth from 'string-width'
import type { Hit, Piece } from '../../model/reports/search.js'
import { shortened, tabRow } from '../text/columns.js'
import type { Paint } from '../text/paint.js'
import { authorName, groupName, whenWords } from '../text/phrases.js'
import { terminalLine, terminalLines } from '../text/terminal-text.js'
import { rowsOf } from '../text/wrapped.js'

/** A hit on a terminal: the id for `show`, who, when, where, and the words in their surroundings. */
export function* hitLines(hit: Hit, width: number, paint: Paint): Generator<string> {
  const [first = '', ...more] = wrapped(headOf(hit, width, paint), width)
  yield first
  for (const line of more) yield `    ${line}`
  const words = hit.snippet.map(({ text, match }) => (match ? paint.bold(paint.yellow(safe(text))) : safe(text)))
  for (const line of wrapped(words.join('') || paint.dim('(no text)'), width)) yield `    ${line}`
  yield ''
}

/** The title takes what is left of the line: the first words of a post often come again below. */
function headOf({ id, author, when, group, thread, status, edited }: Hit, width: number, paint: Paint): string {
  const before = `${paint.cyan(terminalLine(id))}  ${paint.bold(authorName(author))} · ${paint.dim(whenWords(when))}`
  const marks = [edited && paint.yellow('edited'), status === 'gone' && paint.red('gone from the site')]
  const facts = [before, ...marks, group && groupName(group)].filter(Boolean).join(' · ')
  const room = roomIn(width) - stringWidth(facts) - 3
  return `${facts} · ${shortened(terminalLine(thread.title), Math.max(24, room))}`
}

const wrapped = (text: string, width: number): string[] => rowsOf(text, roomIn(width))

/** What the indentation leaves. */
const roomIn = (width: number): number => Math.max(20, width - 4)

/** A piece keeps the blanks at its ends. */
const safe = (text: string): string => terminalLines(text).replace(/\s+/g, ' ')

/** For scripts: tab-separated, nothing shortened but the text. */
export const hitRow = (hit: Hit): string =>
  tabRow([
    hit.id,
    hit.when.from ?? hit.when.to,
    hit.group?.slug ?? '',
    authorName(hit.author),
    hit.status,
    hit.thread.id,
    hit.thread.title,
    snippetText(hit.snippet),
    hit.url,
  ])

export const snippetText = (snippet: readonly Piece[]): string => snippet.map(({ text }) => text).join('')
