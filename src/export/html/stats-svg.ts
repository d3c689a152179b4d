import type { Locale } from '../../model/locale/locale.js'
import type { PartFigures, Statistics } from '../../model/reports/statistics.js'
import { groupName } from '../words/names.js'
import { activity, type Chart, depths, rowChart, short, WIDTH } from './charts.js'
import { html } from './markup.js'

/** Colours that can be told apart in print; the classes are those of the pages. */
const STYLE =
  'text { fill: #22262b; font: 11px sans-serif; text-anchor: middle } .title { font-size: 14px; font-weight: bold } ' +
  '.note { fill: #575f69 } .bar { fill: #4f7ea3 } .axis { stroke: #575f69 } .lab { text-anchor: end } .l { text-anchor: start }'

const MARGIN = 20
const HEAD = 30
const GAP = 34

/**
 * Charts of activity, depth and participation as one picture, without scripts and links. `gaps`: what the archive lacks, in a sentence
 * that is on top; empty: nothing.
 */
export function statsSvg(figures: Statistics, gaps: string, locale: Locale): string {
  const charts = chartsOf(figures, locale)
  const top = MARGIN + (gaps === '' ? 0 : linesOf(gaps).length * 14 + 10)
  let y = top
  const drawn = charts.map(({ title, words, drawing, height, note }) => {
    const at = y
    y += HEAD + height + GAP
    return html`<g transform="translate(${MARGIN} ${at})" role="img" aria-label="${words}"><text class="title l" x="4" y="14">${title}</text>
<g transform="translate(0 ${HEAD})">${drawing}</g>${note && html`<text class="note l" x="4" y="${HEAD + height + 14}">${note}</text>`}</g>
`
  })
  const height = charts.length === 0 ? y + GAP : y
  const size = { width: WIDTH + 2 * MARGIN, height }
  const lines = linesOf(gaps).map(
    (line, index) => html`<text class="note l" x="${MARGIN}" y="${MARGIN + 4 + index * 14}">${line}</text>\n`,
  )
  const none =
    charts.length === 0 && html`<text class="l" x="${MARGIN}" y="${top + 14}">There is nothing to draw.</text>\n`
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${height}" width="${2 * size.width}" height="${2 * height}" role="group" aria-labelledby="title desc">
<title id="title">Statistics of discussions</title>
<desc id="desc">${[gaps, ...charts.map(({ words }) => `${words}.`)].filter(Boolean).join(' ')}</desc>
<style>${STYLE}</style>
<rect width="${size.width}" height="${height}" fill="#ffffff"/>
${gaps !== '' && lines}${none}${drawn}</svg>
`.text
}

function chartsOf({ months, dates, depth, people, parts = [] }: Statistics, locale: Locale): Chart[] {
  const of = (name: 'posts' | 'threads' | 'people' | 'newcomers') =>
    months.map((one): [string, number] => [one.month, one[name]])
  const groups = parts.filter(({ month }) => month === undefined)
  const all = [
    activity({ months: of('posts'), undated: dates.withoutMonth }, locale),
    depths({ depths: depth.posts }, locale),
    activity({ months: of('newcomers'), undated: 0 }, locale, ['Newcomers', 'newcomer']),
    participation(people, locale),
    ...(parts.length === 0
      ? []
      : groups.length > 0
        ? groupCharts(groups, locale)
        : monthCharts(of('threads'), of('people'), locale)),
  ]
  return all.filter(chart => chart !== null)
}

type Counts = Parameters<typeof activity>[0]['months']

/** What `--by month` adds: threads begun, and people. */
const monthCharts = (threads: Counts, people: Counts, locale: Locale): (Chart | null)[] => [
  activity({ months: threads, undated: 0 }, locale, ['Threads begun', 'thread']),
  activity({ months: people, undated: 0 }, locale, ['People who wrote', 'author']),
]

const MOST_GROUPS = 40
const GROUP_LABEL = 118

/** What `--by group` adds: posts and people of each group, those with most posts first. */
function groupCharts(parts: readonly PartFigures[], locale: Locale): Chart[] {
  const shown = [...parts].sort((a, b) => b.counts.posts - a.counts.posts).slice(0, MOST_GROUPS)
  const note =
    parts.length > MOST_GROUPS ? `The ${MOST_GROUPS} of ${locale.number(parts.length)} groups with most posts.` : ''
  const of = (name: 'posts' | 'people', title: string): Chart => {
    const rows = shown.map(({ group, counts }) => ({ label: labelOf(group), count: counts[name] }))
    const about = { id: `${name}-by-group`, title, columns: ['Group', title.split(' ')[0] ?? title], words: title }
    return { ...rowChart(rows, locale, about, GROUP_LABEL), ...(note !== '' && { note }) }
  }
  return [of('posts', 'Posts by group'), of('people', 'People by group')]
}

const labelOf = (group: PartFigures['group']): string => (group ? short(groupName(group)) : 'no group')

function participation({ byPosts }: Statistics['people'], locale: Locale): Chart | null {
  if (byPosts.length === 0) return null
  const rows = byPosts.map(({ from, to, people }) => ({ label: stepWords(from, to, locale), count: people }))
  return rowChart(rows, locale, {
    ...{ id: 'by-posts', title: 'People by number of posts', columns: ['Posts', 'People'] },
    words: 'People by the number of posts that they wrote',
  })
}

const stepWords = (from: number, to: number | null, { number }: Locale): string => {
  if (to === null) return `over ${number(from - 1)}`
  return from === to ? number(from) : `${number(from)} to ${number(to)}`
}

/** Lines of a sentence that are no wider than a chart. */
function linesOf(sentence: string): string[] {
  const lines = ['']
  for (const word of sentence.split(' ')) {
    const line = lines.at(-1) ?? ''
    if (line.length + word.length > 52) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines
}
