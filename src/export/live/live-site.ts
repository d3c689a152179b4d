import type { ArchiveReader, StoredThread } from '../../model/archive.js'
import type { Hit } from '../../model/reports/search.js'
import type { ExportContext } from '../exporter.js'
import { trustedStyle } from '../html/assets/style.js'
import { FigureCounter } from '../html/figures.js'
import { rootPage } from '../html/first-page.js'
import { GroupPages, type SiteContext } from '../html/group-pages.js'
import { NEWEST, PAGE_THREADS } from '../html/group-site.js'
import { type GroupIndex, groupPage, type Month } from '../html/index-pages.js'
import { type Frame, policyOf } from '../html/page.js'
import { anchorOf, linkTo, Paths } from '../html/paths.js'
import { liveSearch } from '../html/search-box.js'
import { pageOf } from '../html/thread-body.js'
import { Collection } from '../words/collection.js'
import { factsOf } from '../words/facts.js'
import { countWords } from '../words/status.js'
import { Catalog, type CatalogGroup } from './catalog.js'
import { fileOf, isFile, type LiveFile, mediaOf } from './files.js'
import { type LiveArchive, missingPage, searchPage } from './search-page.js'

/** Bound of the number of a page of hits: SQLite takes no offset that is no integer. */
const MAX_PAGE = 1_000_000

/** A page, a style sheet, a file of a post, or where the browser is to look instead. */
type LivePage =
  | { kind: 'page'; status: 200 | 404; policy: string; body: Iterable<string> }
  | LiveFile
  | { kind: 'style'; body: Iterable<string> }
  | { kind: 'moved'; location: string }

type How = Pick<ExportContext, 'status' | 'timezone' | 'locale'>

/** Groups of more posts have no charts, which need all of them. */
const MOST_POSTS = 20_000

/** The pages of an archive as it is now, at the addresses that an exported site has. */
export class LiveSite {
  private paths: Paths | null = null
  private catalog: { state: string; catalog: Catalog } | null = null
  private readonly indexes = new Map<string, { state: string; index: GroupIndex }>()

  constructor(
    private readonly how: How,
    private readonly language: string,
  ) {}

  /** `path` begins with a slash. */
  page(path: string, query: URLSearchParams, archive: LiveArchive): LivePage {
    const name = path === '/' ? 'index.html' : path.slice(1)
    if (name === 'style.css') return { kind: 'style', body: [trustedStyle] }
    if (name === 'index.html') return this.first(archive)
    if (name === 'search') return this.search(query, archive)
    if (isFile(name)) return fileOf(query, archive.reader) ?? live(missingPage(name), 404)
    const slash = name.lastIndexOf('/')
    const group = this.catalogOf(archive).group(name.slice(0, slash))
    const found = group && this.inGroup(group, name, query, archive)
    return found ?? live(missingPage(name), 404)
  }

  private first(archive: LiveArchive): LivePage {
    const groups = [...this.catalogOf(archive).groups].map(group => ({
      ...group,
      path: this.pathsOf(archive).index(group),
      threads: group.threads.length,
      facts: { posts: group.posts, from: group.from, to: group.to },
    }))
    return live(rootPage(groups, archive.reader, searchAt('index.html', '')))
  }

  private search(query: URLSearchParams, archive: LiveArchive): LivePage {
    const words = query.get('q') ?? ''
    const page = Math.min(MAX_PAGE, Math.max(1, Math.floor(Number(query.get('page') ?? 1)) || 1))
    const paths = this.pathsOf(archive)
    const link = ({ site, group, thread, id }: Hit) =>
      `${linkTo('search', paths.thread({ site, group, id: thread.id }))}?post=${encodeURIComponent(id)}#${anchorOf(id)}`
    return live(searchPage({ words, page, telling: this.how, link }, archive))
  }

  private inGroup(group: CatalogGroup, name: string, query: URLSearchParams, archive: LiveArchive): LivePage | null {
    const context: SiteContext = {
      about: { archive: archive.reader, status: this.how.status },
      paths: this.pathsOf(archive),
      media: page => mediaOf(page, archive.reader),
      language: this.language,
    }
    const pages = new GroupPages(group, group.view, context)
    if (name === pages.index)
      return live(groupPage(this.indexOf(group, pages, archive), name, searchAt(name, inGroup(group))))
    return this.monthPage(group, pages, name, archive) ?? this.threadPage(group, pages, name, query, archive)
  }

  private monthPage(group: CatalogGroup, pages: GroupPages, name: string, { reader }: LiveArchive): LivePage | null {
    for (const month of monthsOf(group, pages)) {
      const part = month.paths.indexOf(name)
      if (part < 0) continue
      const ids = group.threads.filter(thread => thread.month === month.month).map(({ id }) => id)
      const shown = ids.slice(part * PAGE_THREADS, (part + 1) * PAGE_THREADS)
      const collection = new Collection()
      const entries = [...threadsOf(group, shown, reader)].map(thread => {
        const facts = factsOf(thread, group.view.status)
        collection.add(thread, facts)
        return pages.entry(thread, facts)
      })
      const seen = collection.seen(group.view).words
      return live(pages.month(month.month, month.paths.slice(0, part + 1), entries, seen))
    }
    return null
  }

  private threadPage(
    group: CatalogGroup,
    pages: GroupPages,
    name: string,
    query: URLSearchParams,
    { reader }: LiveArchive,
  ): LivePage | null {
    const { paths } = pages.context
    const [, own = '', part] = THREAD.exec(name) ?? []
    const ids = own === '' ? [] : [own, own.replace('_', ':')]
    const thread = [...threadsOf(group, ids, reader)].find(one => paths.thread(one, Number(part ?? 1)) === name)
    if (!thread) return null
    const wanted = query.get('post')
    const page = wanted === null ? null : pageWith(thread, wanted)
    if (wanted !== null && page !== null && page > 1)
      return { kind: 'moved', location: `${linkTo(name, paths.thread(thread, page))}#${anchorOf(wanted)}` }
    const at = group.threads.findIndex(({ id }) => id === thread.id)
    const turns = (at < 0 ? [] : [at - 1, at + 1]).map(index => turnTo(group, pages, group.threads[index]?.id, reader))
    for (const { name: own, body, skip } of pages.thread(thread, [turns[0] ?? null, turns[1] ?? null])) {
      if (own === name) return live(body)
      skip()
    }
    return null
  }

  /** What the page of the group says; for a large group without what needs all posts. */
  private indexOf(group: CatalogGroup, pages: GroupPages, archive: LiveArchive): GroupIndex {
    const known = this.indexes.get(pages.index)
    if (known?.state === archive.state) return known.index
    const isLarge = group.posts > MOST_POSTS
    const index = isLarge ? largeIndex(group, pages, archive) : smallIndex(group, pages, archive)
    this.indexes.set(pages.index, { state: archive.state, index })
    return index
  }

  private pathsOf({ reader }: LiveArchive): Paths {
    this.paths ??= new Paths(reader)
    return this.paths
  }

  private catalogOf(archive: LiveArchive): Catalog {
    if (this.catalog?.state !== archive.state)
      this.catalog = { state: archive.state, catalog: new Catalog(archive.reader, this.pathsOf(archive), this.how) }
    return this.catalog.catalog
  }
}

/** The name of a page of a thread, with the id as `paths.ts` writes it; ids that need more than a colon replaced are none that sites give. */
const THREAD = /\/thread-([A-Za-z0-9_-]+)(?:\.(\d+))?\.html$/

const POLICY: Pick<Frame, 'path' | 'form'> = { path: 'index.html', form: 'self' }

const live = (body: Iterable<string>, status: 200 | 404 = 200): LivePage => ({
  ...{ kind: 'page', status, body },
  policy: policyOf(POLICY),
})

const searchAt = (path: string, words: string) => liveSearch(linkTo(path, 'search'), words, 'Search the archive')

/** The words of the query that find posts of the group only. */
const inGroup = ({ group }: CatalogGroup): string => (group ? `in:${group.slug} ` : '')

/** Threads of this group with these ids, in their order. */
function* threadsOf(group: CatalogGroup, ids: readonly string[], reader: ArchiveReader): Generator<StoredThread> {
  if (ids.length === 0) return
  for (const thread of reader.threads({ threads: [...ids] }))
    if (thread.site === group.site && thread.group?.url === group.group?.url) yield thread
}

function turnTo(group: CatalogGroup, pages: GroupPages, id: string | undefined, reader: ArchiveReader) {
  const [thread] = id === undefined ? [] : threadsOf(group, [id], reader)
  return thread ? pages.entry(thread) : null
}

/** The page of the post with this id; null: it is not in the thread. */
function pageWith({ posts }: StoredThread, id: string): number | null {
  for (const { post, position } of posts) if (post.id === id) return pageOf(position)
  return null
}

function monthsOf({ threads }: CatalogGroup, { of, context }: GroupPages): Month[] {
  const counts = new Map<string, number>()
  for (const { month } of threads) counts.set(month, (counts.get(month) ?? 0) + 1)
  return [...counts].map(([month, count]) => ({
    ...{ month, threads: count },
    paths: Array.from({ length: Math.ceil(count / PAGE_THREADS) }, (_, part) =>
      context.paths.month(of, month, part + 1),
    ),
  }))
}

function smallIndex(group: CatalogGroup, pages: GroupPages, { reader }: LiveArchive): GroupIndex {
  const collection = new Collection()
  const counter = new FigureCounter(group.view.clock)
  const newest = new Set(group.threads.slice(-NEWEST).map(({ id }) => id))
  const entries = []
  for (const { id } of group.threads) {
    for (const thread of threadsOf(group, [id], reader)) {
      const facts = factsOf(thread, group.view.status)
      collection.add(thread, facts)
      counter.addThread(thread, group.view.status)
      if (newest.has(id)) entries.push(pages.entry(thread, facts))
    }
  }
  return {
    ...{ ...group, path: pages.index, newest: entries, months: monthsOf(group, pages) },
    ...{ threads: collection.threads, facts: collection.facts, figures: counter.figures() },
    status: collection.status(group.view, { archive: reader }),
    source: pages.source(collection.seen(group.view).words),
  }
}

function largeIndex(group: CatalogGroup, pages: GroupPages, { reader }: LiveArchive): GroupIndex {
  const ids = group.threads.slice(-NEWEST).map(({ id }) => id)
  const threads = group.threads.length
  const { locale } = group.view.clock
  return {
    ...{ ...group, path: pages.index, threads, months: monthsOf(group, pages), figures: null },
    newest: [...threadsOf(group, ids, reader)].map(thread => pages.entry(thread)),
    facts: { posts: group.posts, from: group.from, to: group.to },
    status: [
      `${countWords(threads, 'thread', locale)}, ${countWords(group.posts, 'post', locale)}. Charts: export this group as html.`,
    ],
    source: pages.source(''),
  }
}
