import type { PartFigures, PersonFigures, Statistics } from '../../../model/reports/statistics.js'
import { authorName, count, replyWords } from '../../text/phrases.js'
import { WEEKDAYS } from '../stats-months.js'
import { cellsOf, labelOf } from '../stats-parts.js'

/** The charts and tables of `stats` in words: depth, people, months, weekdays, hours. */
export function* spokenCharts({ depth, people, months, parts, weekdays, hours }: Statistics): Generator<string> {
  for (const [level, posts] of depth.posts.entries()) yield `Depth ${level}: ${count(posts, 'post')}`
  for (const one of people.top) yield personLine(one)
  if (parts) yield* spokenParts(parts)
  else for (const one of months) yield monthLine(one)
  if (weekdays.every(posts => posts === 0)) return
  for (const [at, posts] of weekdays.entries()) yield `${WEEKDAYS[at]}: ${count(posts, 'post')}`
  for (const [hour, posts] of hours.entries()) if (posts > 0) yield `Hour ${hour} UTC: ${count(posts, 'post')}`
}

const personLine = (one: PersonFigures): string =>
  `Person ${authorName(one)}: ${count(one.posts, 'post')}, ${count(one.threads, 'thread')} begun, ${replyWords(one.replies)}, ${one.received.toLocaleString('en-US')} received`

const monthLine = ({ month, posts, threads, people }: Statistics['months'][number]): string =>
  `Month ${month}: ${count(posts, 'post')}, ${count(threads, 'thread')} begun, ${people === 1 ? '1 person' : `${people.toLocaleString('en-US')} people`}`

/** A line for each group or month. */
function* spokenParts(parts: readonly PartFigures[]): Generator<string> {
  for (const part of parts) {
    const cells = cellsOf(part)
    const facts = SPOKEN_HEADS.flatMap((head, at) => (cells[at] ? [`${head} ${cells[at]}`] : []))
    yield `${part.month === undefined ? 'Group' : 'Month'} ${labelOf(part)}: ${facts.join(', ')}`
  }
}

const SPOKEN_HEADS = ['posts', 'threads', 'people', 'new', 'unanswered', 'first reply after', 'Gini', 'reciprocity']
