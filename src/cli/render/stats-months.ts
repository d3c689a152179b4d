import type { MonthFigures } from '../../model/reports/statistics.js'
import { cell } from '../text/columns.js'
import type { Paint } from '../text/paint.js'
import { figure } from '../text/phrases.js'

/** More months than this are shown as one line per year. */
const MOST_MONTHS = 24

/** Activity by month, including months without posts. */
export function* monthLines(months: readonly MonthFigures[], width: number, paint: Paint): Generator<string> {
  if (months.length === 0) return
  if (months.length > MOST_MONTHS) return yield* yearLines(months, paint)
  yield paint.dim(`${cell('MONTH', 7)} ${['POSTS', 'THREADS', 'PEOPLE'].map(right).join(' ')}`)
  const max = Math.max(...months.map(({ posts }) => posts))
  for (const { month, posts, threads, people } of months) {
    const figures = [posts, threads, people].map(value => right(figure(value)))
    yield `${month} ${figures.join(' ')} ${bar(posts, max, Math.min(40, width - 40))}`.trimEnd()
  }
}

/** One line per year with twelve months, all on the same scale. */
function* yearLines(months: readonly MonthFigures[], paint: Paint): Generator<string> {
  yield paint.dim(`${cell('YEAR', 7)} ${['POSTS', 'THREADS'].map(right).join(' ')}  JAN-DEC`)
  const max = months.reduce((greatest, { posts }) => Math.max(greatest, posts), 0)
  for (const [year, own] of byYear(months)) {
    const first = Number(own[0]?.month.slice(5)) - 1
    const posts = own.map(month => month.posts)
    const sums = [total(own, 'posts'), total(own, 'threads')].map(sum => right(figure(sum)))
    yield `${cell(year, 7)} ${sums.join(' ')}  ${' '.repeat(first)}${sparkline(posts, max)}`.trimEnd()
  }
}

function byYear(months: readonly MonthFigures[]): Map<string, MonthFigures[]> {
  const years = new Map<string, MonthFigures[]>()
  for (const month of months) {
    const year = month.month.slice(0, 4)
    const own = years.get(year) ?? []
    own.push(month)
    years.set(year, own)
  }
  return years
}

const total = (months: readonly MonthFigures[], key: 'posts' | 'threads') =>
  months.reduce((sum, month) => sum + month[key], 0)

export const right = (text: string) => cell(text, 9, 'right')

export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']
const STEPS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']

/** A bar of at most `width` columns. `max`: the value of a full bar. A value above 0 is always visible. */
export function bar(value: number, max: number, width: number): string {
  if (value <= 0 || max <= 0 || width < 1) return ''
  const eighths = Math.max(1, Math.round((value / max) * width * 8))
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '')
}

/** A character per number, blank for 0. `max`: the value of the highest character. */
export const sparkline = (values: readonly number[], max = Math.max(...values, 1)): string =>
  values.map(value => (value <= 0 ? ' ' : (STEPS[Math.ceil((value / max) * 8) - 1] ?? '█'))).join('')
