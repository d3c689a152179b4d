import type { StoredGroup, StoredThread } from '../../model/archive.js'
import type { ExportContext, ExportFile } from '../exporter.js'
import { Collection } from '../words/collection.js'
import { factsOf } from '../words/facts.js'
import { Names } from '../words/names.js'
import { type Part, threadStatus, type View } from '../words/status.js'
import type { MediaPaths } from './body-html.js'
import { type Entry, entryOf, threadList, titleOf } from './entry.js'
import { FigureCounter } from './figures.js'
import { type Content, html, type Markup } from './markup.js'
import { monthOf, monthWords, yearOf } from './months.js'
import { pageAround, whole } from './page.js'
import { anchorOf, linkTo, type Paths } from './paths.js'
import { SearchRows } from './search-rows.js'
import { PAGE_POSTS, pagesOf, ThreadBody } from './thread-body.js'
import { discussion, nameOfGroup, pageLinks, partsOf, readingOf, sourceOf, turn } from './thread-page.js'

/** What all pages of a site share. */
export interface SiteContext {
  about: Pick<ExportContext, 'archive' | 'status'>
  paths: Paths
  media(from: string): MediaPaths
  language: string
}

/** Most threads on a page of a month, and newest threads on the page of the group. */
const PAGE_THREADS = 500
const NEWEST = 50

/** A month of which pages are written: how many threads begin in it, and its pages. */
export interface Month {
  month: string
  threads: number
  paths: string[]
}

/**
 * The pages of one group, made while its threads come by in the order of their dates. In memory are: the thread that waits for the next
 * one, the lines of one page of a month, those of the newest threads, and counts.
 */
export class GroupSite {
  readonly collection = new Collection()
  readonly months: Month[] = []
  readonly newest: Entry[] = []
  readonly counter: FigureCounter
  readonly search: SearchRows
  private readonly of: { site: string; group: StoredGroup | null }
  private waiting: { thread: StoredThread; entry: Entry; write(next: Entry | null): Iterable<ExportFile> } | null = null
  private before: Entry | null = null
  private entries: Entry[] = []
  private month: Month | null = null

  constructor(
    first: StoredThread,
    readonly view: View,
    private readonly context: SiteContext,
  ) {
    this.of = { site: first.site, group: first.group }
    this.counter = new FigureCounter(view.clock)
    this.search = new SearchRows((year, part) => context.paths.shard(this.of, year, part))
  }

  get group(): StoredGroup | null {
    return this.of.group
  }

  get site(): string {
    return this.of.site
  }

  get index(): string {
    return this.context.paths.index(this.of)
  }

  /** The pages that are complete when this thread comes. */
  *add(thread: StoredThread): Generator<ExportFile> {
    const facts = factsOf(thread, this.view.status)
    this.collection.add(thread, facts)
    const month = monthOf(thread.when, this.view.clock)
    const entry = entryOf(thread, this.context.paths.thread(thread), month, facts, this.view)
    yield* this.written(entry)
    const status = threadStatus(thread, facts, this.view)
    this.waiting = { thread, entry, write: next => this.threadFiles(thread, status, next) }
    yield* this.list(entry)
  }

  /** All pages that are left, without the index. */
  *end(): Generator<ExportFile> {
    yield* this.written(null)
    yield* this.monthPage()
    yield* this.search.end()
  }

  /** The pages of the thread that has waited for the next one, to which it links. */
  private *written(next: Entry | null): Generator<ExportFile> {
    if (!this.waiting) return
    const { entry, write } = this.waiting
    yield* this.search.startYear(yearOf(entry.month))
    yield* write(next)
    yield* this.search.full()
    this.before = entry
  }

  private *threadFiles(thread: StoredThread, status: Part[], next: Entry | null): Generator<ExportFile> {
    const { paths, about, media, language } = this.context
    const { view, before, counter, search } = this
    const pages = Array.from({ length: pagesOf(thread) }, (_, page) => paths.thread(thread, page + 1))
    let path = pages[0] ?? ''
    const body = new ThreadBody(thread, {
      view: {
        ...{ ...view, archive: about.archive, names: new Names(), thread, language, level: 2, anchor: anchorOf },
        media: url => media(path)(url),
      },
      link: (page, anchor) => linkTo(path, pages[page - 1] ?? '', anchor),
      seen: (node, parent) => {
        counter.add(node, parent)
        search.add(node.post, `${path.slice(path.lastIndexOf('/') + 1)}#${anchorOf(node.post.id)}`, view)
      },
      repliesTitle: page => `Replies${pages.length > 1 ? `, page ${page} of ${pages.length}` : ''}`,
      pagePosts: PAGE_POSTS,
    })
    for (const [at, page] of pages.entries()) {
      path = page
      yield {
        name: page,
        body: this.threadPage(thread, { status, path, pages, page: at + 1, turn: [before, next] }, body),
      }
    }
  }

  private threadPage(
    thread: StoredThread,
    { status, path, pages, page, turn: [before, next] }: ThreadPagePlace,
    body: ThreadBody,
  ): Iterable<string> {
    const { view } = this
    const title = titleOf(thread, view, true)
    const links = pageLinks('Pages', pages, page, path)
    const content = function* (): Generator<Markup> {
      yield html`${links}`
      yield* discussion(thread, view, body.next())
      yield html`${links}${turn(before, next, path)}`
    }
    const month = monthOf(thread.when, view.clock)
    const frame = {
      title: `${title}${page === 1 ? '' : `, page ${page}`}: ${nameOfGroup(this.group)}`,
      path,
      trail: html`${this.trail(path)} › <a href="${linkTo(path, this.context.paths.month(this.of, month, 1))}">${monthWords(month)}</a>`,
      header: html`<h1 dir="auto">${title}</h1>\n<p class="status">${partsOf(status)}</p>`,
      footer: sourceOf(thread.url, readingOf(thread, view)),
    }
    return pageAround(frame, content())
  }

  /** The way to the page of the group. */
  private trail(from: string): Markup {
    const group = html`<a href="${linkTo(from, this.index)}"><bdi>${nameOfGroup(this.group)}</bdi></a>`
    return html`<a href="${linkTo(from, 'index.html')}">All groups</a> › ${group}`
  }

  private *list(entry: Entry): Generator<ExportFile> {
    if (this.entries.length === PAGE_THREADS || this.month?.month !== entry.month) yield* this.monthPage()
    this.month = this.monthNamed(entry.month)
    this.month.threads++
    this.entries.push(entry)
    this.newest.push(entry)
    if (this.newest.length > NEWEST) this.newest.shift()
  }

  private monthNamed(month: string): Month {
    const known = this.months.find(one => one.month === month)
    const found = known ?? { month, threads: 0, paths: [] }
    if (!known) this.months.push(found)
    return found
  }

  /** The page of the entries that no page has yet: those of a month, or a part of them. */
  private *monthPage(): Generator<ExportFile> {
    const { month, entries } = this
    if (!month || entries.length === 0) return
    const part = month.paths.length + 1
    const path = this.context.paths.month(this.of, month.month, part)
    month.paths.push(path)
    this.entries = []
    yield { name: path, body: this.monthBody(path, month, part, entries) }
  }

  private monthBody(path: string, { month, paths }: Month, part: number, entries: readonly Entry[]): Iterable<string> {
    const words = `${monthWords(month)}${part > 1 ? `, page ${part}` : ''}`
    const name = nameOfGroup(this.group)
    const frame = {
      title: `${name}: ${words}`,
      path,
      trail: this.trail(path),
      header: html`<h1>${words}</h1>\n<p class="status">Threads that began in this month, in <bdi>${name}</bdi>.</p>`,
      footer: this.source,
    }
    const earlier: Content =
      part > 1 && html`<p class="meta"><a href="${linkTo(path, paths[part - 2] ?? '')}">Earlier in this month</a></p>\n`
    return pageAround(frame, whole(earlier, threadList(entries, path)))
  }

  /** How many threads and posts there are, and how complete they are. */
  status(): Part[] {
    return this.collection.status(this.view, this.context.about.archive)
  }

  /** The last line of the lists. */
  get source(): Markup {
    return sourceOf(this.group?.url ?? this.site, this.collection.seen(this.view).words)
  }
}

interface ThreadPagePlace {
  status: Part[]
  path: string
  pages: readonly string[]
  page: number
  turn: readonly [Entry | null, Entry | null]
}
