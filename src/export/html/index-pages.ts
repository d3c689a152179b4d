import type { Completeness, StoredGroup } from '../../model/archive.js'
import type { Locale } from '../../model/locale/locale.js'
import type { Facts } from '../words/facts.js'
import type { Part, ReadingTime, View } from '../words/status.js'
import { charts } from './charts.js'
import { type ThreadEntry, threadList } from './entry.js'
import type { Figures } from './figures.js'
import { type Content, html, type Markup } from './markup.js'
import { monthName, monthWords, UNDATED, yearOf } from './months.js'
import { type Frame, pageAround, whole } from './page.js'
import { linkTo } from './paths.js'
import type { SearchBox } from './search-box.js'
import { nameOfGroup, partsOf } from './thread-page.js'

/** A month of which pages are written: how many threads begin in it, and its pages. */
export interface Month {
  month: string
  threads: number
  paths: string[]
}

/** What the page of a group says. */
export interface GroupIndex {
  site: string
  /** What the site calls itself; null: not known. */
  siteName: string | null
  group: StoredGroup | null
  /** Its page. */
  path: string
  view: View
  threads: number
  facts: Pick<Facts, 'posts' | 'from' | 'to'>
  /** The newest threads, the last one newest. */
  newest: readonly ThreadEntry[]
  months: readonly Month[]
  /** When and as whom its threads were read. */
  readings: readonly ReadingTime[]
  /** How complete they are together. */
  sum: Completeness
  /** The status line. */
  status: readonly Part[]
  /** The last line. */
  source: Content
  /** Null: it has no charts. */
  figures: Figures | null
}

/**
 * The page of a group: search, newest threads, months, charts. `path`: its own, or the first page if there is no other group, which also says
 * of which site it is and which groups are closed.
 */
export function groupPage(group: GroupIndex, path: string, search: SearchBox, first?: FirstWords): Iterable<string> {
  const name = nameOfGroup(group.group)
  const frame: Frame = {
    title: name,
    path,
    ...search.frame,
    trail: first ? first.site : html`<a href="${linkTo(path, 'index.html')}">All groups</a>`,
    header: html`<h1 dir="auto">${name}</h1>\n<p class="status">${partsOf(group.status)}</p>`,
    footer: group.source,
  }
  return pageAround(
    frame,
    whole(
      search.box,
      threadsOf(group, path),
      group.figures && charts(group.figures, group.view.clock.locale),
      first?.closed,
    ),
  )
}

/** What a first page says besides the page of its only group. */
export interface FirstWords {
  site: Content
  closed: Content
}

/** The newest threads, newest first, and the way to all others. */
function threadsOf({ newest, threads, months, view }: GroupIndex, path: string): Markup {
  const { locale } = view.clock
  const title = threads > newest.length ? `The newest ${locale.number(newest.length)} threads` : 'Threads'
  const parts: Markup[] = []
  const shown = newest.toReversed()
  for (const month of new Set(shown.map(entry => entry.month))) {
    const entries = shown.filter(entry => entry.month === month)
    parts.push(html`<h3>${monthWords(month, locale)}</h3>\n${threadList(entries, path)}`)
  }
  return html`<section aria-labelledby="threads"><h2 id="threads">${title}</h2>
${monthLinks(months, path, locale)}${parts}</section>
`
}

/** More months than these are folded. */
const MOST_MONTHS = 12

/** All months, by year, the newest first. */
function monthLinks(months: readonly Month[], path: string, locale: Locale): Markup {
  const years = [...new Set(months.map(({ month }) => yearOf(month)))].sort().toReversed()
  const item = (month: Month) => {
    const links = month.paths.map(
      (page, at) =>
        html`<a href="${linkTo(path, page)}">${at === 0 ? monthName(month.month, locale) : locale.number(at + 1)}</a> `,
    )
    return html`<li>${links}<span class="n">${locale.number(month.threads)}</span></li>`
  }
  const row = (year: string) => {
    const own = months.filter(({ month }) => yearOf(month) === year).toSorted((a, b) => (a.month < b.month ? 1 : -1))
    const words = year === UNDATED ? '' : html`<li><strong>${locale.year(year)}</strong></li>`
    return html`<ul>${words}${own.map(item)}</ul>\n`
  }
  const links = html`<nav class="months" aria-label="Months">${years.map(row)}</nav>\n`
  if (months.length <= MOST_MONTHS) return links
  return html`<details><summary>All ${locale.number(months.length)} months</summary>${links}</details>\n`
}
