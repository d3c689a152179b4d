import type { StoredThread } from '../../model/archive.js'
import type { ExportFile } from '../exporter.js'
import { Collection } from '../words/collection.js'
import { factsOf } from '../words/facts.js'
import { type ReadingTime, seenOf, type View } from '../words/status.js'
import type { ThreadEntry } from './entry.js'
import { FigureCounter } from './figures.js'
import { GroupPages, type SiteContext } from './group-pages.js'
import type { GroupIndex, Month } from './index-pages.js'
import { yearOf } from './months.js'
import { anchorOf } from './paths.js'
import { SearchRows } from './search-rows.js'
import type { Walk } from './thread-body.js'

/** Most threads on a page of a month, and newest threads on the page of the group. */
export const PAGE_THREADS = 500
export const NEWEST = 50

/**
 * The pages of one group, made while its threads come by in the order of their dates. In memory are: the thread that waits for the next
 * one, the lines of one page of a month, those of the newest threads, and counts.
 */
export class GroupSite {
  readonly search: SearchRows
  private readonly pages: GroupPages
  private readonly collection = new Collection()
  private readonly months: Month[] = []
  private readonly newest: ThreadEntry[] = []
  private readonly counter: FigureCounter
  private waiting: { thread: StoredThread; entry: ThreadEntry } | null = null
  private before: ThreadEntry | null = null
  private entries: ThreadEntry[] = []
  /** When and as whom the threads of these entries were read. */
  private readings: ReadingTime[] = []
  private month: Month | null = null

  private readonly siteName: string | null

  constructor({ site, group, id }: StoredThread, view: View, context: SiteContext) {
    this.pages = new GroupPages({ site, group }, view, context)
    this.counter = new FigureCounter(view.clock)
    this.siteName = context.about.archive.sourceOf?.(site, id)?.siteName ?? null
    this.search = new SearchRows((year, part) => context.paths.shard({ site, group }, year, part))
  }

  /** The pages that are complete when this thread comes. */
  *add(thread: StoredThread): Generator<ExportFile> {
    const facts = factsOf(thread, this.pages.view.status)
    this.collection.add(thread, facts)
    const entry = this.pages.entry(thread, facts)
    yield* this.written(entry)
    this.waiting = { thread, entry }
    yield* this.list(entry, thread)
  }

  /** All pages that are left, without the index. */
  *end(): Generator<ExportFile> {
    yield* this.written(null)
    yield* this.monthPage()
    yield* this.search.end()
  }

  /** What the page of the group says. */
  index(): GroupIndex {
    const { pages, collection, months, newest } = this
    const { view, context, of, index } = pages
    return {
      ...{ ...of, siteName: this.siteName, readings: collection.readings, sum: collection.sum },
      ...{ path: index, view, months, newest, facts: collection.facts, threads: collection.threads },
      status: collection.status(view, context.about),
      source: pages.source(collection.seen(view).words),
      figures: this.counter.figures(),
    }
  }

  /** The pages of the thread that has waited for the next one, to which it links. */
  private *written(next: ThreadEntry | null): Generator<ExportFile> {
    if (!this.waiting) return
    const { thread, entry } = this.waiting
    yield* this.search.startYear(yearOf(entry.month))
    for (const { name, body } of this.pages.thread(thread, [this.before, next], path => this.counted(path)))
      yield { name, body }
    yield* this.search.full()
    this.before = entry
  }

  /** Each post that is shown on the page is counted, and can be found. */
  private counted(path: string): NonNullable<Walk['seen']> {
    const { counter, search, pages } = this
    const name = path.slice(path.lastIndexOf('/') + 1)
    return (node, parent) => {
      counter.add(node, parent)
      search.add(node.post, `${name}#${anchorOf(node.post.id)}`, pages.view)
    }
  }

  private *list(entry: ThreadEntry, { readAt, readAs }: StoredThread): Generator<ExportFile> {
    if (this.entries.length === PAGE_THREADS || this.month?.month !== entry.month) yield* this.monthPage()
    this.month = this.monthNamed(entry.month)
    this.month.threads++
    this.entries.push(entry)
    this.readings.push({ readAt, readAs })
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
    const { month, entries, pages } = this
    if (!month || entries.length === 0) return
    const name = pages.context.paths.month(pages.of, month.month, month.paths.length + 1)
    month.paths.push(name)
    // Not of all threads so far: another thread of the group that has changed would change this page.
    const seen = seenOf(this.readings, pages.view.clock).words
    this.entries = []
    this.readings = []
    yield { name, body: pages.month(month.month, [...month.paths], entries, seen) }
  }
}
