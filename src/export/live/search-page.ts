import type { ArchiveReader } from '../../model/archive.js'
import { UsageError } from '../../model/errors.js'
import type { Hit } from '../../model/reports/search.js'
import { type Content, html, type Markup } from '../html/markup.js'
import { type Frame, pageAround, whole } from '../html/page.js'
import { linkTo } from '../html/paths.js'
import { liveSearch } from '../html/search-box.js'
import { clockOf, type Telling, type ZonedClock } from '../words/clock.js'
import { whenWords } from '../words/dates.js'
import { groupName, memberName } from '../words/names.js'
import { countWords } from '../words/status.js'

/** What a live site asks of an archive. */
export interface LiveArchive {
  reader: ArchiveReader
  /** Changes whenever something was written. */
  state: string
  /** One page of hits (from 1 on), and how many there are in all. @throws UsageError for a query that can't be read. */
  search(query: string, page: number): { hits: Iterable<Hit>; total: number; perPage: number }
}

interface SearchRequest {
  words: string
  /** From 1 on. */
  page: number
  /** The zone and the locale of the pages. */
  telling: Telling
  /** Where a hit leads. */
  link(hit: Hit): string
}

/** The posts that a query finds. */
export function searchPage(request: SearchRequest, archive: LiveArchive): Iterable<string> {
  const search = liveSearch('search', request.words, 'Search the archive')
  return pageAround(
    frameOf('Search', 'search'),
    whole(search.box, request.words.trim() !== '' && found(request, archive), HELP),
  )
}

const HELP = html`<details><summary>How to search</summary>
<p>Words find posts that hold all of them. <code>"bee hive"</code> finds these words side by side, <code>bee*</code> words that begin so, <code>-wasps</code> leaves out; <code>bees OR wasps</code> finds either.</p>
<p>Also: <code>from:anna</code>, <code>in:gardeners</code>, <code>after:2024-05-01</code>, <code>before:today-2weeks</code>, <code>has:link</code>, <code>has:image</code>, <code>is:gone</code>, <code>is:edited</code>, <code>is:thread</code>.</p>
</details>
`

function found(request: SearchRequest, archive: LiveArchive): Markup {
  const { words, page, telling } = request
  try {
    const { hits, total, perPage } = archive.search(words, page)
    const clock = clockOf([], telling)
    const { number } = clock.locale
    const first = (page - 1) * perPage + 1
    const items = [...hits].map(hit => hitItem(hit, request.link(hit), clock))
    const range = total > perPage && items.length > 0 ? `: ${number(first)} to ${number(first + items.length - 1)}` : ''
    const count = total === 0 ? 'No post' : countWords(total, 'post', clock.locale)
    return html`<p id="found" role="status">${count}${range}</p>
<ol class="hits" start="${first}">${items}</ol>
${turns(words, page, page * perPage < total)}`
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    const advice = error.advice?.split('\n').map(line => html`<br>${line}`)
    return html`<p id="found" role="alert">${error.message}${advice}</p>\n`
  }
}

const hitItem = ({ snippet, author, when, group, status }: Hit, href: string, clock: ZonedClock): Markup => {
  const words = snippet.map(({ text, match }) => (match ? html`<mark>${text}</mark>` : text))
  const place = group && html`, in <bdi>${groupName(group)}</bdi>`
  return html`<li><a href="${href}" dir="auto">${snippet.length > 0 ? words : '(no words)'}</a><p class="meta"><bdi>${memberName(author)}</bdi>, ${whenWords(when, clock)}${place}${status === 'gone' && ', gone from the site'}</p></li>\n`
}

function turns(words: string, page: number, isMore: boolean): Content {
  const link = (to: number, label: string) =>
    html`<li><a href="search?q=${encodeURIComponent(words)}&amp;page=${to}">${label}</a></li>`
  if (page === 1 && !isMore) return null
  return html`<nav class="turn" aria-label="More hits"><ul>${page > 1 && link(page - 1, 'Before')}${isMore && link(page + 1, 'More')}</ul></nav>\n`
}

/** A page for an address that leads nowhere. `path`: the address, from which its links start. */
export const missingPage = (path: string): Iterable<string> =>
  pageAround(frameOf('There is no such page', path), whole(html`<p>The archive has no page at this address.</p>\n`))

const frameOf = (title: string, path: string): Frame => ({
  title,
  path,
  form: 'self',
  trail: html`<a href="${linkTo(path, 'index.html')}">All groups</a>`,
  header: html`<h1>${title}</h1>`,
  footer: html`<p>Kept by threadkeep. What people wrote stays theirs: ask before you publish it.</p>`,
})
