import { authorRecord, groupRecord } from '../../export/record.js'
import type { Hit, Piece } from '../../model/reports/search.js'
import { knownAddress } from '../../model/unknown-site.js'
import { shortened, tabRow } from '../text/columns.js'
import type { Paint } from '../text/paint.js'
import { dateCell, groupName, whenWords, writerFacts } from '../text/phrases.js'
import { isolated, terminalLine, terminalLines } from '../text/terminal-text.js'
import { textWidth } from '../text/width.js'
import { rowsOf } from '../text/wrapped.js'
import { dateKeys, jsonDocument, records } from './json-document.js'
import { spokenFacts } from './spoken/facts.js'

/** Hits on a terminal: the id for `show`, who, when, where, and the matched words in their context. */
export function* hitLines(hits: Iterable<Hit>, width: number, paint: Paint): Generator<string> {
  for (const hit of hits) {
    if (paint.spoken) {
      yield* spokenHit(hit)
      continue
    }
    const [first = '', ...rest] = wrapped(headOf(hit, width, paint), width)
    yield first
    for (const line of rest) yield `    ${line}`
    const words = hit.snippet.map(({ text, match }) => (match ? paint.bold(paint.magenta(safe(text))) : safe(text)))
    for (const line of wrapped(words.join('') || paint.dim('(no text)'), width)) yield `    ${line}`
    yield ''
  }
}

const spokenHit = (hit: Hit) =>
  spokenFacts({
    Post: terminalLine(hit.id),
    Author: writerFacts(hit).join(''),
    Date: whenWords(hit.when),
    Marks: [...(hit.edited ? ['edited'] : []), ...(hit.status === 'gone' ? ['gone from the site'] : [])].join(', '),
    Group: hit.group && groupName(hit.group),
    Thread: isolated(terminalLine(hit.thread.title)),
    Text: terminalLine(snippetText(hit.snippet)) || '(no text)',
  })

/** The title gets the rest of the line. It is often the beginning of the text below. */
function headOf(hit: Hit, width: number, paint: Paint): string {
  const { id, when, group, thread, status, edited } = hit
  const writer = writerFacts(hit).map(name => `${paint.bold(name)} · `)
  const before = `${paint.cyan(paint.link(terminalLine(id), hit.url))}  ${writer.join('')}${paint.dim(whenWords(when))}`
  const marks = [edited && paint.magenta('edited'), status === 'gone' && paint.red('gone from the site')]
  const facts = [before, ...marks, group && groupName(group)].filter(Boolean).join(' · ')
  const room = roomIn(width) - textWidth(facts) - 3
  return `${facts} · ${shortened(terminalLine(thread.title), Math.max(Math.min(24, roomIn(width)), room))}`
}

const wrapped = (text: string, width: number): string[] => rowsOf(text, roomIn(width))

/** The width without the indentation. */
const roomIn = (width: number): number => Math.max(12, width - 4)

/** Unlike `terminalLine`, keeps the blanks at both ends of a piece. */
const safe = (text: string): string => terminalLines(text).replace(/\s+/g, ' ')

/** For scripts: id, date, group, author, status, thread, title, snippet, URL. */
export function* hitRows(hits: Iterable<Hit>): Generator<string> {
  for (const { id, when, group, author, status, thread, snippet, url } of hits) {
    yield tabRow([
      id,
      dateCell(when),
      group?.slug,
      writerFacts({ id, author })[0],
      status,
      thread.id,
      thread.title,
      snippetText(snippet),
      knownAddress(url),
    ])
  }
}

export const snippetText = (snippet: readonly Piece[]): string => snippet.map(({ text }) => text).join('')

/** What was searched for; `limit` is null for `--all`. */
interface SearchRequest {
  query: string
  sort: 'rank' | 'date'
  page: number
  limit: number | null
}

/** `threadkeep.search/1`: docs/schema/search-1.json. The number of all hits comes last: counting may take longer than the page. */
export const searchJson = (request: SearchRequest, hits: Iterable<Hit>, total: () => number): Generator<string> =>
  jsonDocument('search', { ...request, hits: records(hits, hitRecord), total })

const hitRecord = (hit: Hit) => ({
  site: knownAddress(hit.site),
  group: groupRecord(hit.group),
  thread: hit.thread.id,
  thread_title: hit.thread.title,
  id: hit.id,
  type: hit.type,
  author: authorRecord(hit.author),
  ...dateKeys(hit.when),
  url: knownAddress(hit.url),
  status: hit.status,
  edited: hit.edited,
  first_seen_at: hit.firstSeenAt,
  snippet: snippetText(hit.snippet),
  pieces: hit.snippet,
})
