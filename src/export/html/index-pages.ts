import { listed } from '../text.js'
import { rangeWords } from '../words/dates.js'
import { countWords, type View } from '../words/status.js'
import { charts } from './charts.js'
import { threadList } from './entry.js'
import type { GroupSite, Month } from './group-site.js'
import { type Content, html, type Markup } from './markup.js'
import { monthName, monthWords, UNDATED, yearOf } from './months.js'
import { type Frame, pageAround, whole } from './page.js'
import { linkTo } from './paths.js'
import { searchBox } from './search-box.js'
import { nameOfGroup, partsOf } from './thread-page.js'

/** The page of a group: search, newest threads, months, charts. `path`: its own, or the first page if there is no other group. */
export function groupPage(group: GroupSite, path: string, search: Content): Iterable<string> {
  const status = partsOf(group.status())
  const name = nameOfGroup(group.group)
  const frame: Frame = {
    title: name,
    path,
    ...(group.search.files.length > 0 && { scripts: ['search.js'] }),
    trail: path === 'index.html' ? null : html`<a href="${linkTo(path, 'index.html')}">All groups</a>`,
    header: html`<h1 dir="auto">${name}</h1>\n<p class="status">${status}</p>`,
    footer: group.source,
  }
  return pageAround(frame, whole(search, threadsOf(group, path), charts(group.counter.figures())))
}

/** The newest threads, newest first, and the way to all others. */
function threadsOf({ newest, collection, months }: GroupSite, path: string): Markup {
  const title = collection.threads > newest.length ? `The newest ${newest.length} threads` : 'Threads'
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

/** The first page of several groups: the sites with their groups. */
export function rootPage(groups: readonly GroupSite[], search: Content): Iterable<string> {
  const sites = [...new Set(groups.map(({ site }) => site))]
  const threads = groups.reduce((sum, { collection }) => sum + collection.threads, 0)
  const posts = groups.reduce((sum, { collection }) => sum + collection.facts.posts, 0)
  const where = sites.length > 1 ? ` of ${sites.length} sites` : ''
  const words = `${countWords(groups.length, 'group')}${where}: ${countWords(threads, 'thread')}, ${countWords(posts, 'post')}.`
  const frame: Frame = {
    title: 'Kept discussions',
    path: 'index.html',
    ...(groups.some(group => group.search.files.length > 0) && { scripts: ['search.js'] }),
    header: html`<h1>Kept discussions</h1>\n<p class="status">${words}</p>`,
    footer: html`<p>Kept by threadkeep. What people wrote stays theirs: ask before you publish it.</p>`,
  }
  return pageAround(
    frame,
    whole(
      search,
      sites.map((site, at) =>
        siteSection(
          site,
          at + 1,
          groups.filter(group => group.site === site),
        ),
      ),
    ),
  )
}

function siteSection(site: string, number: number, groups: readonly GroupSite[]): Markup {
  const name = site.replace(/^https?:\/\//i, '').replace(/\/$/, '')
  const id = `site-${number}`
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${name}</h2>
<ul class="threads">
${groups.map(group => html`<li><a href="${linkTo('index.html', group.index)}" dir="auto">${nameOfGroup(group.group)}</a><p class="meta">${aboutGroup(group)}</p></li>\n`)}</ul>
</section>
`
}

function aboutGroup({ collection, view }: GroupSite): string {
  const { threads, facts } = collection
  return listed([countWords(threads, 'thread'), countWords(facts.posts, 'post')]) + periodOf(facts, view)
}

const periodOf = ({ from, to }: { from: string | null; to: string | null }, { clock }: View): string =>
  from && to ? `, ${rangeWords(clock.at(from).day, clock.at(to).day)}` : ''

/** The search of one page over the files of these groups. */
export const searchOf = (groups: readonly GroupSite[], path: string): Content => {
  const files = groups.flatMap(({ search }) => search.files)
  return searchBox(files, path, groups.length === 1 ? 'Search these threads' : 'Search all groups')
}
