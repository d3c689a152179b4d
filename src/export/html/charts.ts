import type { Locale } from '../../model/locale/locale.js'
import { cleanLine } from '../text.js'
import { countWords } from '../words/status.js'
import type { Figures, Person } from './figures.js'
import { type Content, html, type Markup } from './markup.js'
import { monthWords } from './months.js'

/** Pictures of a group, each with the table behind it: for those who look, and for those who cannot see them. */
export function charts(figures: Figures, locale: Locale): Content {
  if (figures.depths.length === 0) return null
  const all = [activity(figures, locale), answers(figures, locale), depths(figures, locale)]
  const parts = all.filter(part => part !== null).map(figure)
  return html`<section aria-labelledby="glance"><h2 id="glance">At a glance</h2>
<div class="figures">${parts}</div>
</section>
`
}

/** A picture of `WIDTH` pixels, and what is said of it. */
export interface Chart {
  id: string
  title: string
  /** What the picture shows, in a sentence. */
  words: string
  height: number
  drawing: Content
  columns: readonly string[]
  rows: readonly (readonly Content[])[]
  note?: string
}

export const WIDTH = 320

const figure = ({ id, title, words, height, drawing, columns, rows, note }: Chart): Markup => html`
<figure aria-labelledby="${id}"><h3 id="${id}">${title}</h3>
<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${words}">${drawing}</svg>
${note && html`<p class="meta">${note}</p>\n`}<details><summary>As a table</summary><table><caption class="sr">${title}</caption>
<thead><tr>${columns.map(column => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.map(([first, ...rest]) => html`<tr><th scope="row">${first}</th>${rest.map(cell => html`<td>${cell}</td>`)}</tr>\n`)}</tbody></table></details></figure>`

/** A number for a coordinate: the same digits on every machine. */
const at = (value: number): string => value.toFixed(1)

/** Bars by month, or by year where there are too many months for a picture. `what`: what is counted, and one of it. */
export function activity(
  { months, undated }: Pick<Figures, 'months' | 'undated'>,
  locale: Locale,
  [what, one] = ['Posts', 'post'],
): Chart | null {
  if (months.length === 0) return null
  const bars = months.length <= MOST_BARS ? months : years(months)
  const most = bars.reduce((best, bar) => (bar[1] > best[1] ? bar : best))
  const unit = bars === months ? 'month' : 'year'
  const named = ([name]: readonly [string, number]) => (unit === 'month' ? monthWords(name, locale) : locale.year(name))
  const span = bars.length === 1 ? named(most) : `${named(bars[0] ?? most)} to ${named(bars.at(-1) ?? most)}`
  return {
    ...{ id: what === 'Posts' ? 'by-month' : `${one}-by-month`, title: `${what} by ${unit}`, height: 154 },
    words: `${what} by ${unit}, ${span}; most in ${named(most)}: ${locale.number(most[1])}`,
    drawing: [
      html`<line class="axis" x1="4" x2="316" y1="130.5" y2="130.5"/>`,
      columnsOf(bars, most[1], locale, bar => `${named(bar)}: ${countWords(bar[1], one, locale)}`),
    ],
    columns: [unit === 'month' ? 'Month' : 'Year', what],
    rows: bars.filter(([, posts]) => posts > 0).map(bar => [named(bar), locale.number(bar[1])]),
    ...(undated > 0 && { note: `${countWords(undated, one, locale)} without a known month.` }),
  }
}

const MOST_BARS = 240

function years(months: Figures['months']): [string, number][] {
  const counts = new Map<string, number>()
  for (const [month, posts] of months) counts.set(month.slice(0, 4), (counts.get(month.slice(0, 4)) ?? 0) + posts)
  return [...counts]
}

function columnsOf(
  bars: readonly [string, number][],
  most: number,
  locale: Locale,
  worded: (bar: [string, number]) => string,
): Content {
  const widest = locale.number(most).length * DIGIT
  // A number is above each bar where there is room, else a scale is beside all.
  const hasValues = Math.min(26, (WIDTH - 8) / bars.length) >= Math.max(18, widest + 3)
  const left = hasValues ? 4 : widest + 12
  const step = Math.min(26, (WIDTH - 4 - left) / bars.length)
  const width = step * 0.7
  const labels = labelsOf(bars, step, locale)
  const drawn = bars.map((bar, index) => {
    const [x, height] = [left + step * index + (step - width) / 2, (100 * bar[1]) / most]
    const [middle, label, isEmpty] = [at(x + width / 2), labels.get(index), bar[1] === 0]
    if (isEmpty && label === undefined) return null
    const value =
      hasValues &&
      !isEmpty &&
      html`<text class="val" x="${middle}" y="${at(124 - height)}">${locale.number(bar[1])}</text>`
    const box =
      !isEmpty &&
      html`<rect class="bar" x="${at(x)}" y="${at(130 - height)}" width="${at(width)}" height="${at(height)}"/>`
    const text =
      label !== undefined &&
      html`<text${label.isCut && html` class="l"`} x="${label.isCut ? at(x) : middle}" y="147">${label.text}</text>`
    return html`<g><title>${worded(bar)}</title>${box}${value}${text}</g>\n`
  })
  return [hasValues ? null : scale(most, left, locale), drawn]
}

/** Width of a digit, in pixels. */
const DIGIT = 6.5

/** The greatest value, and half of it, as lines behind the bars. */
const scale = (most: number, left: number, { number }: Locale): Content =>
  [...new Set([most, Math.round(most / 2)])].map(value => {
    const y = 130 - (100 * value) / most
    return html`<line class="axis" stroke-opacity="0.25" x1="${at(left)}" x2="316" y1="${at(y)}" y2="${at(y)}"/><text class="lab" x="${at(left - 4)}" y="${at(y + 4)}">${number(value)}</text>\n`
  })

interface Label {
  text: string
  /** It begins at its bar, where a label in the middle would be cut off. */
  isCut: boolean
}

/** Letters of months where there is room; else years, as many as fit beside each other. By the index of the bar. */
function labelsOf(bars: readonly [string, number][], step: number, locale: Locale): ReadonlyMap<number, Label> {
  const labels = new Map<number, Label>()
  let end = Number.NEGATIVE_INFINITY
  for (const [index, [name]] of bars.entries()) {
    const isMonth = name.length === 7
    if (isMonth && step >= 12) {
      labels.set(index, { text: locale.monthLetter(name), isCut: false })
      continue
    }
    if (isMonth && index > 0 && !name.endsWith('-01')) continue
    const isCut = index === 0 && step < 4 * DIGIT
    const start = step * index + (isCut ? step * 0.15 : step / 2 - 2 * DIGIT)
    if (start < end + DIGIT) continue
    labels.set(index, { text: locale.year(name), isCut })
    end = start + 4 * DIGIT
  }
  return labels
}

const MOST_PEOPLE = 12

/** Who answers whom, among those who wrote most. */
function answers({ people, pairs }: Figures, locale: Locale): Chart | null {
  if (pairs.length === 0) return null
  const shown = people.slice(0, MOST_PEOPLE)
  const most = pairs[0]?.answers ?? 1
  const more =
    pairs.length > MOST_ROWS
      ? `The table has the ${MOST_ROWS} most frequent of ${locale.number(pairs.length)} pairs.`
      : ''
  return {
    ...{ id: 'who-answers', title: 'Who answers whom', height: 30 + shown.length * CELL },
    words: `Who answers whom: a row answers a column; the ${shown.length} who wrote most`,
    drawing: [shown.map((person, row) => rowLabels(person, row)), matrix(shown, pairs, most, locale)],
    columns: ['Who', 'answers', 'times'],
    rows: pairs.slice(0, MOST_ROWS).map(({ from, to, answers }) => [bdi(from), bdi(to), locale.number(answers)]),
    ...(more !== '' && { note: more }),
  }
}

const MOST_ROWS = 200
const CELL = 14.5
const LEFT = 135.5

const bdi = ({ name }: Person): Markup => html`<bdi>${name}</bdi>`

function rowLabels({ name }: Person, row: number): Markup {
  const y = at(33 + row * CELL)
  const column = at(LEFT + 7 + row * CELL)
  return html`<text class="lab" x="112" y="${y}">${short(name)}</text><text class="lab" x="130" y="${y}">${row + 1}</text><text x="${column}" y="16">${row + 1}</text>\n`
}

export const short = (name: string): string => {
  const letters = [...cleanLine(name)]
  return letters.length <= 17 ? letters.join('') : `${letters.slice(0, 16).join('').trimEnd()}…`
}

function matrix(shown: readonly Person[], pairs: Figures['pairs'], most: number, { number }: Locale): Content {
  const index = new Map(shown.map(({ key }, at) => [key, at]))
  const cells = shown.map(
    (_, row) =>
      html`<rect class="cell" x="${LEFT}" y="${at(22 + row * CELL)}" width="${at(shown.length * CELL - 1.5)}" height="13"/>`,
  )
  const filled = pairs.map(({ from, to, answers }) => {
    const [row, column] = [index.get(from.key), index.get(to.key)]
    if (row === undefined || column === undefined) return null
    const strength = answers > (most * 2) / 3 ? 3 : answers > most / 3 ? 2 : 1
    return html`<rect class="v${strength}" x="${at(LEFT + column * CELL)}" y="${at(22 + row * CELL)}" width="13" height="13"><title>${from.name} answers ${to.name}: ${number(answers)}</title></rect>\n`
  })
  return [cells, filled]
}

/** How deep the discussions go. */
export function depths({ depths }: Pick<Figures, 'depths'>, locale: Locale): Chart | null {
  if (depths.length < 2) return null
  return rowChart(depthRows(depths, locale), locale, {
    ...{ id: 'by-depth', title: 'Posts by depth', columns: ['Depth', 'Posts'] },
    words: 'Posts by depth: how many answers are between a post and the opening post',
  })
}

/** A bar a row; rows with nothing are left out. `left`: pixels for the labels. */
export function rowChart(
  all: readonly { label: string; count: number }[],
  { number }: Locale,
  about: Pick<Chart, 'id' | 'title' | 'words' | 'columns'>,
  left = 66,
): Chart {
  const rows = all.filter(({ count }) => count > 0)
  const most = Math.max(...rows.map(({ count }) => count))
  return {
    ...{ ...about, height: 16 + rows.length * 23 },
    drawing: rows.map(({ label, count }, row) => {
      const [y, width] = [8 + row * 23, ((266 - left) * count) / most]
      return html`<text class="lab" x="${left}" y="${y + 12}">${label}</text><rect class="bar" x="${left + 8}" y="${y}" width="${at(width)}" height="16"/><text class="val l" x="${at(left + 14 + width)}" y="${y + 12}">${number(count)}</text>\n`
    }),
    rows: rows.map(({ label, count }) => [label, number(count)]),
  }
}

/** Ends of the rows: each depth by itself where there are few, and wider steps below. */
const STEPS = [0, 1, 2, 5, 10, 20, 50, 100, 1000]

function depthRows(depths: readonly number[], { number }: Locale): { label: string; count: number }[] {
  const ends = depths.length <= 8 ? depths.map((_, depth) => depth) : [...STEPS, Number.POSITIVE_INFINITY]
  return ends.map((end, index) => {
    const start = (ends[index - 1] ?? -1) + 1
    const count = depths.slice(start, end + 1).reduce((sum, posts) => sum + posts, 0)
    const range =
      start === end
        ? number(end)
        : end === Number.POSITIVE_INFINITY
          ? `over ${number(start - 1)}`
          : `${number(start)} to ${number(end)}`
    return { label: start === 0 ? 'opening' : range, count }
  })
}
