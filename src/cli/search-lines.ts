import wrapAnsi from 'wrap-ansi'
import type { Hit, Piece } from '../model/search.js'
import type { Paint } from './colour.js'
import { row } from './list-lines.js'
import { terminalLine, terminalLines } from './terminal-text.js'
import { authorName, groupName, whenWords } from './words.js'

/** A hit on a terminal: the id for `show`, who, when, where, and the words in their surroundings. */
export function* hitLines(hit: Hit, width: number, paint: Paint): Generator<string> {
  const { author, when, group, thread, status, edited, snippet } = hit
  const facts = [
    paint.bold(authorName(author)),
    paint.dim(whenWords(when)),
    ...(group ? [groupName(group)] : []),
    terminalLine(thread.title),
    ...(edited ? [paint.yellow('edited')] : []),
    ...(status === 'gone' ? [paint.red('gone from the site')] : []),
  ]
  const [first = '', ...more] = wrapped(`${paint.cyan(terminalLine(hit.id))}  ${facts.join(' · ')}`, width)
  yield first
  for (const line of more) yield `    ${line}`
  const words = snippet.map(({ text, match }) => (match ? paint.bold(paint.yellow(safe(text))) : safe(text))).join('')
  for (const line of wrapped(words || paint.dim('(no text)'), width)) yield `    ${line}`
  yield ''
}

/** In lines that have room for an indentation. */
const wrapped = (text: string, width: number): string[] =>
  wrapAnsi(text, Math.max(20, width - 4), { hard: true }).split('\n')

/** A piece keeps the blanks at its ends. */
const safe = (text: string): string => terminalLines(text).replace(/\s+/g, ' ')

/** For scripts: tab-separated, nothing shortened but the text. */
export const hitRow = (hit: Hit): string =>
  row([
    hit.id,
    hit.when.from ?? hit.when.to,
    hit.group?.slug ?? '',
    authorName(hit.author),
    hit.status,
    hit.thread.id,
    hit.thread.title,
    plain(hit.snippet),
    hit.url,
  ])

export const plain = (snippet: readonly Piece[]): string => snippet.map(({ text }) => text).join('')
