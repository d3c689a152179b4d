import type { StoredGroup } from '../../model/archive.js'
import { knownAddress } from '../../model/unknown-site.js'
import { listed } from '../text.js'
import { rangeWords } from '../words/dates.js'
import type { Facts } from '../words/facts.js'
import { countWords, type Part, type View } from '../words/status.js'
import { charts } from './charts.js'
import { type Entry, threadList } from './entry.js'
import type { Figures } from './figures.js'
import { type Content, html, type Markup } from './markup.js'
import { monthName, monthWords, UNDATED, yearOf } from './months.js'
import { type Frame, pageAround, whole } from './page.js'
import { linkTo } from './paths.js'
import type { Search } from './search-box.js'
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
  group: StoredGroup | null
  /** Its page. */
  path: string
  view: View
  threads: number
  facts: Pick<Facts, 'posts' | 'from' | 'to'>
  /** The newest threads, the last one newest. */
  newest: readonly Entry[]
  months: readonly Month[]
  /** The status line. */
  status: readonly Part[]
  /** The last line. */
  source: Content
  /** Null: it has no charts. */
  figures: Figures | null
}

/** The page of a group: search, newest threads, months, charts. `path`: its own, or the first page if there is no other group. */
export function groupPage(group: GroupIndex, path: string, search: Search): Iterable<string> {
  const name = nameOfGroup(group.group)
  const frame: Frame = {
    title: name,
    path,
    ...search.frame,
    trail: path === 'index.html' ? null : html`<a href="${linkTo(path, 'index.html')}">All groups</a>`,
    header: html`<h1 dir="auto">${name}</h1>\n<p class="status">${partsOf(group.status)}</p>`,
    footer: group.source,
  }
  return pageAround(frame, whole(search.box, threadsOf(group, path), group.figures && charts(group.figures)))
}

/** The newest threads, newest first, and the way to all others. */
function threadsOf({ newest, threads, months }: GroupIndex, path: string): Markup {
  const title = threads > newest.length ? `The newest ${newest.length} threads` : 'Threads'
  const parts: Markup[] = []
  const shown = newest.toReversed()
  for (const month of new Set(shown.map(entry => entry.month))) {
    const entries = shown.filter(entry => entry.month === month)
    parts.push(html`<h3>${monthWords(month)}</h3>\n${threadList(entries, path)}`)
  }
  return html`<section aria-labelledby="threads"><h2 id="threads">${title}</h2>
${monthLinks(months, path)}${parts}</section>
`
}

/** More months than these are folded. */
const MOST_MONTHS = 12

/** All months, by year, the newest first. */
function monthLinks(months: readonly Month[], path: string): Markup {
  const years = [...new Set(months.map(({ month }) => yearOf(month)))].sort().toReversed()
  const item = (month: Month) => {
    const links = month.paths.map(
      (page, at) => html`<a href="${linkTo(path, page)}">${at === 0 ? monthName(month.month) : at + 1}</a> `,
    )
    return html`<li>${links}<span class="n">${month.threads}</span></li>`
  }
  const row = (year: string) => {
    const own = months.filter(({ month }) => yearOf(month) === year).toSorted((a, b) => (a.month < b.month ? 1 : -1))
    const words = year === UNDATED ? '' : html`<li><strong>${year}</strong></li>`
    return html`<ul>${words}${own.map(item)}</ul>\n`
  }
  const links = html`<nav class="months" aria-label="Months">${years.map(row)}</nav>\n`
  if (months.length <= MOST_MONTHS) return links
  return html`<details><summary>All ${months.length} months</summary>${links}</details>\n`
}

/** What the first page says of a group. */
export type GroupLine = Pick<GroupIndex, 'site' | 'group' | 'path' | 'view' | 'threads' | 'facts'>

/** The first page of several groups: the sites with their groups. */
export function rootPage(groups: readonly GroupLine[], search: Search): Iterable<string> {
  const sites = [...new Set(groups.map(({ site }) => site))]
  const threads = groups.reduce((sum, group) => sum + group.threads, 0)
  const posts = groups.reduce((sum, { facts }) => sum + facts.posts, 0)
  const where = sites.length > 1 ? ` of ${sites.length} sites` : ''
  const words = `${countWords(groups.length, 'group')}${where}: ${countWords(threads, 'thread')}, ${countWords(posts, 'post')}.`
  const frame: Frame = {
    title: 'Kept discussions',
    path: 'index.html',
    ...search.frame,
    header: html`<h1>Kept discussions</h1>\n<p class="status">${words}</p>`,
    footer: html`<p>Kept by threadkeep. What people wrote stays theirs: ask before you publish it.</p>`,
  }
  const sections = sites.map((site, at) =>
    siteSection(
      site,
      at + 1,
      groups.filter(group => group.site === site),
    ),
  )
  return pageAround(frame, whole(search.box, sections))
}

function siteSection(site: string, number: number, groups: readonly GroupLine[]): Markup {
  const known = knownAddress(site) ?? 'Texts without an address'
  const name = known.replace(/^https?:\/\//i, '').replace(/\/$/, '')
  const id = `site-${number}`
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${name}</h2>
<ul class="threads">
${groups.map(group => html`<li><a href="${linkTo('index.html', group.path)}" dir="auto">${nameOfGroup(group.group)}</a><p class="meta">${aboutGroup(group)}</p></li>\n`)}</ul>
</section>
`
}

const aboutGroup = ({ threads, facts, view }: GroupLine): string =>
  listed([countWords(threads, 'thread'), countWords(facts.posts, 'post')]) + periodOf(facts, view)

const periodOf = ({ from, to }: { from: string | null; to: string | null }, { clock }: View): string =>
  from && to ? `, ${rangeWords(clock.at(from).day, clock.at(to).day)}` : ''
