import type { PersonFigures, ResponseBounds, ResponseQuantiles, Statistics } from '../../model/reports/statistics.js'
import { cell, tabRow } from '../text/columns.js'
import type { Paint } from '../text/paint.js'
import { authorName, count, day, durationWords, figure, replyWords } from '../text/phrases.js'
import { rowsOf } from '../text/wrapped.js'
import { bar, monthLines, right, sparkline, WEEKDAYS } from './stats-months.js'
import { partLines, partRows, spokenParts } from './stats-parts.js'

const LABEL = 13

/** Charts and tables have no room below this width: their figures are lines of words there. */
const NARROW = 48

/** Figures on a terminal: counts, shape, depth, people, months, hours. */
export function* statsLines(figures: Statistics, width: number, paint: Paint): Generator<string> {
  const inWords = paint.spoken || width < NARROW
  const line: Line = (label, words) => (inWords ? [`${label}: ${words}`] : labelled(label, words, width, paint))
  yield* countLines(figures, line)
  yield* shapeLines(figures, line)
  if (inWords) return yield* spokenCharts(figures)
  yield* depthLines(figures, width, paint)
  yield* personLines(figures.people.top, width, paint)
  yield ''
  if (figures.parts) yield* partLines(figures.parts, width, paint)
  else yield* monthLines(figures.months, width, paint)
  yield* clockLines(figures, line)
}

const labelled = (label: string, words: string, width: number, paint: Paint): string[] =>
  rowsOf(words, Math.max(20, width - LABEL - 1)).map(
    (text, at) => `${paint.bold(cell(at === 0 ? label : '', LABEL))} ${text}`,
  )

/** A labelled line; continues below itself in a narrow window. */
type Line = (label: string, words: string) => string[]

function* countLines({ counts, dates, people }: Statistics, line: Line): Generator<string> {
  yield* line(
    'Posts',
    `${figure(counts.posts)}: ${count(counts.threads, 'thread')} begun, ${replyWords(counts.replies)}`,
  )
  yield* line('Threads', `${figure(counts.activeThreads)} with any of these posts`)
  yield* line(
    'People',
    `${figure(counts.people)} wrote them, ${newWords(counts.people, people.newcomers)}${some(people.withoutAuthor, 'of unknown authors')}`,
  )
  yield* line('Of the posts', `${figure(counts.gone)} gone, ${figure(counts.edited)} edited, ${shortenedWords(counts)}`)
  const { attachments, links, mentions } = counts
  yield* line(
    'They hold',
    [count(attachments, 'attachment'), count(links, 'link'), count(mentions, 'mention')].join(', '),
  )
  yield* line('Dates', datesWords(dates))
}

const newWords = (people: number, newcomers: number): string =>
  people > 1 && newcomers === people ? 'all of them new' : `${figure(newcomers)} of them new`

const shortenedWords = ({ shortened }: Statistics['counts']) => `${figure(shortened)} shortened by the site`

function datesWords({ first, last, interval, unknown, unsure }: Statistics['dates']): string {
  const range = first === null || last === null ? 'none known' : `${day(first)} to ${day(last)}`
  const left = unsure === 0 ? '' : `; ${count(unsure, 'other post')} may be in this period or not`
  return `${range}${some(interval, 'known to an interval only')}${some(unknown, 'not known at all')}${left}`
}

function* shapeLines({ people, threads, responses }: Statistics, line: Line): Generator<string> {
  const { median, p90, max } = threads.replies
  if (max !== null) yield* line('Thread size', `median ${median}, 90 % up to ${p90}, at most ${replyWords(max)}`)
  yield* line(
    'Unanswered',
    `${figure(threads.unanswered)} of the threads${shareWords(threads.unansweredShare)}; ${figure(threads.withoutReplies)} have no reply`,
  )
  yield* line('First reply', delayWords(responses.firstReply, 'thread'))
  yield* line('Each reply', delayWords(responses.reply, 'reply'))
  if (people.gini === null) return
  const shares = `most active tenth wrote ${percent(people.topTenthShare)}, most active person ${percent(people.topPersonShare)}`
  yield* line('Inequality', `Gini ${people.gini.toFixed(2)}; ${shares}`)
  if (people.reciprocity !== null)
    yield* line(
      'Reciprocity',
      `in ${percent(people.reciprocity)} of the pairs where A replied to B, B replied to A, too`,
    )
}

const shareWords = (share: number | null): string => (share === null ? '' : ` (${percent(share)})`)

function delayWords({ of, q1, median, q3, p90, leftOut, bounds }: ResponseQuantiles, noun: 'thread' | 'reply'): string {
  const what = noun === 'reply' ? replyWords : (many: number) => count(many, noun)
  const left = leftOut === 0 ? '' : `; ${figure(leftOut)} left out: dates not exact, or out of order`
  const between = boundWords(bounds, leftOut)
  if (median === null || q1 === null || q3 === null || p90 === null) return `not known${left}${between}`
  const half = `half of them ${durationWords(q1)} to ${durationWords(q3)}`
  return `after ${durationWords(median)} (median), ${half}, 90 % within ${durationWords(p90)} (${what(of)}${left})${between}`
}

/** What the median can be, where dates are not exact; empty: it is the same for all dates that are possible. */
function boundWords({ of, median: [least, greatest] }: ResponseBounds, leftOut: number): string {
  if (leftOut === 0 || least === null) return ''
  const [low, high] = [durationWords(least), greatest === null ? null : durationWords(greatest)]
  if (low === high) return ''
  const most = high === null ? 'no limit is known above' : `at most ${high}`
  return `; of all ${figure(of)} the median is at least ${low}, ${most}`
}

/** The charts and tables of `stats` in words: depth, people, months, weekdays, hours. */
function* spokenCharts({ depth, people, months, parts, weekdays, hours }: Statistics): Generator<string> {
  for (const [level, posts] of depth.posts.entries()) yield `Depth ${level}: ${count(posts, 'post')}`
  for (const one of people.top) yield personLine(one)
  if (parts) yield* spokenParts(parts)
  else for (const one of months) yield monthLine(one)
  if (weekdays.every(posts => posts === 0)) return
  for (const [at, posts] of weekdays.entries()) yield `${WEEKDAYS[at]}: ${count(posts, 'post')}`
  for (const [hour, posts] of hours.entries()) if (posts > 0) yield `Hour ${hour} UTC: ${count(posts, 'post')}`
}

const personLine = (one: PersonFigures): string =>
  `Person ${authorName(one)}: ${count(one.posts, 'post')}, ${count(one.threads, 'thread')} begun, ${replyWords(one.replies)}, ${figure(one.received)} received`

const monthLine = ({ month, posts, threads, people }: Statistics['months'][number]): string =>
  `Month ${month}: ${count(posts, 'post')}, ${count(threads, 'thread')} begun, ${people === 1 ? '1 person' : `${figure(people)} people`}`

const MOST_LEVELS = 10

function* depthLines({ depth, counts }: Statistics, width: number, paint: Paint): Generator<string> {
  if (depth.max === null) return
  yield ''
  const mean = depth.mean === null ? '' : `, mean of the replies ${depth.mean.toFixed(1)}`
  yield `${paint.bold('Depth')} ${paint.dim(`at most ${depth.max}${mean}`)}`
  const max = Math.max(...depth.posts.slice(0, MOST_LEVELS))
  for (const [level, posts] of depth.posts.slice(0, MOST_LEVELS).entries())
    yield `${cell(String(level), 7, 'right')} ${cell(figure(posts), 10, 'right')} ${bar(posts, max, Math.min(40, width - 20))}`
  const shown = depth.posts.slice(0, MOST_LEVELS).reduce((sum, posts) => sum + posts, 0)
  if (depth.max >= MOST_LEVELS) yield `${cell('deeper', 7, 'right')} ${cell(figure(counts.posts - shown), 10, 'right')}`
}

function* personLines(top: readonly PersonFigures[], width: number, paint: Paint): Generator<string> {
  if (top.length === 0) return
  const name = Math.max(8, Math.min(32, width - 42))
  yield ''
  yield paint.dim(`${cell('PERSON', name)} ${['POSTS', 'THREADS', 'REPLIES', 'RECEIVED'].map(right).join(' ')}`)
  for (const one of top) {
    const figures = [one.posts, one.threads, one.replies, one.received].map(value => right(figure(value)))
    yield `${cell(authorName(one), name)} ${figures.join(' ')}`
  }
}

function* clockLines({ weekdays, hours }: Statistics, line: Line): Generator<string> {
  if (weekdays.every(posts => posts === 0)) return
  yield ''
  yield* line('Monday-Sunday', sparkline(weekdays))
  yield* line('Hours (UTC)', `${sparkline(hours)} 0 to 23`)
}

const percent = (share: number | null): string => `${((share ?? 0) * 100).toFixed(1)}\u00a0%`
const some = (many: number, what: string): string => (many === 0 ? '' : `; ${figure(many)} ${what}`)

/** For scripts: `key TAB value`, then rows whose first cell names their kind. Values are not rounded; an unknown one is empty. */
export function* statsRows(figures: Statistics) {
  const { depth, people, months, weekdays, hours } = figures
  for (const pair of figuresOf(figures)) yield tabRow(pair)
  for (const [level, posts] of depth.posts.entries()) yield tabRow(['depth', level, posts])
  for (const { month, posts, threads, people } of months) yield tabRow(['month', month, posts, threads, people])
  for (const { month, newcomers } of months) yield tabRow(['newcomers', month, newcomers])
  for (const { from, to, people: many, posts } of people.byPosts) yield tabRow(['wrote', from, to, many, posts])
  yield* partRows(figures.parts ?? [])
  for (const [at, posts] of weekdays.entries()) yield tabRow(['weekday', WEEKDAYS[at] ?? '', posts])
  for (const [hour, posts] of hours.entries()) yield tabRow(['hour', hour, posts])
  for (const one of people.top)
    yield tabRow(['person', one.slug, authorName(one), one.posts, one.threads, one.replies, one.received, one.url])
}

type Figure = [key: string, value: string | number | null]

/** Each single figure, with its key as in `--json`. */
export function* figuresOf({ counts, dates, people, depth, threads, responses }: Statistics): Generator<Figure> {
  const { top: _, byPosts: __, ...shares } = people
  const { replies, ...unanswered } = threads
  yield* pairs('', { ...counts })
  yield* pairs('dates.', { ...dates })
  yield* pairs('people.', shares)
  yield* pairs('depth.', { max: depth.max, mean: depth.mean })
  yield* pairs('threads.replies.', { ...replies })
  yield* pairs('threads.', unanswered)
  yield* timePairs('firstReply.', responses.firstReply)
  yield* timePairs('reply.', responses.reply)
}

function* timePairs(prefix: string, { bounds, ...figures }: ResponseQuantiles): Generator<Figure> {
  yield* pairs(prefix, figures)
  yield [`${prefix}bounds.of`, bounds.of]
  for (const name of ['q1', 'median', 'q3'] as const) {
    const [least, greatest] = bounds[name]
    yield* pairs(`${prefix}bounds.${name}.`, { least, greatest })
  }
}

function* pairs(prefix: string, figures: Record<string, string | number | null>): Generator<Figure> {
  for (const [key, value] of Object.entries(figures)) yield [prefix + key, value]
}
