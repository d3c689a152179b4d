import type { StoredGroup, StoredThread } from '../../model/archive.js'
import type { ExportContext, MediaLookup } from '../exporter.js'
import { factsOf } from '../words/facts.js'
import { Names } from '../words/names.js'
import { threadStatus, type View } from '../words/status.js'
import { shownTitle, type ThreadEntry, threadEntry, threadList } from './entry.js'
import { type Content, html, type Markup } from './markup.js'
import { monthOf, monthWords } from './months.js'
import { type Frame, pageAround, whole } from './page.js'
import { anchorOf, linkTo, type Paths } from './paths.js'
import { PAGE_POSTS, pagesOf, ThreadBody, type Walk } from './thread-body.js'
import { discussion, nameOfGroup, pageLinks, partsOf, readingOf, sourceOf, type Turn, turn } from './thread-page.js'

/** What all pages of a site share. */
export interface SiteContext {
  about: Pick<ExportContext, 'archive' | 'status'>
  paths: Paths
  media(from: string): MediaLookup
  language: string
}

/** Threads before and after one in its group; null: there is none. */
type Neighbours = readonly [before: Turn | null, after: Turn | null]

/** The pages of one group, by what they show. */
export class GroupPages {
  constructor(
    readonly of: { site: string; group: StoredGroup | null },
    readonly view: View,
    readonly context: SiteContext,
  ) {}

  get index(): string {
    return this.context.paths.index(this.of)
  }

  /** The thread in a list. */
  entry(thread: StoredThread, facts = factsOf(thread, this.view.status)): ThreadEntry {
    return threadEntry(
      thread,
      this.context.paths.thread(thread),
      monthOf(thread.when, this.view.clock),
      facts,
      this.view,
    )
  }

  /** The pages of a thread, to be walked one after the other: a later page begins where the one before has ended. */
  *thread(
    thread: StoredThread,
    neighbours: Neighbours,
    seen: (path: string) => Walk['seen'] = () => undefined,
  ): Generator<{ name: string; body: Iterable<string>; skip(): void }> {
    const { paths } = this.context
    const pages = Array.from({ length: pagesOf(thread) }, (_, page) => paths.thread(thread, page + 1))
    const status = threadStatus(thread, factsOf(thread, this.view.status), this.view)
    let path = ''
    const body = this.body(thread, pages, () => path, seen)
    for (const [at, page] of pages.entries()) {
      path = page
      const parts = { links: pageLinks('Pages', pages, at + 1, page), turn: turn(neighbours, page) }
      const frame = this.threadFrame(thread, page, at + 1, html`<p class="status">${partsOf(status)}</p>`)
      yield {
        name: page,
        body: pageAround(frame, threadContent(thread, this.view, body.next(), parts)),
        skip: () => body.skip(),
      }
    }
  }

  private body(
    thread: StoredThread,
    pages: readonly string[],
    path: () => string,
    seen: (path: string) => Walk['seen'],
  ): ThreadBody {
    const { about, media, language } = this.context
    const names = new Names()
    return new ThreadBody(thread, {
      view: {
        ...{ ...this.view, archive: about.archive, names, thread, language, level: 2, anchor: anchorOf },
        media: (url, use) => media(path())(url, use),
      },
      link: (page, anchor) => linkTo(path(), pages[page - 1] ?? '', anchor),
      seen: (node, parent) => seen(path())?.(node, parent),
      repliesTitle: page => `Replies${pages.length > 1 ? `, page ${page} of ${pages.length}` : ''}`,
      pagePosts: PAGE_POSTS,
    })
  }

  private threadFrame(thread: StoredThread, path: string, page: number, status: Markup): Frame {
    const { view } = this
    // The page names the group.
    const title = shownTitle({ ...thread, group: null }, view)
    const month = monthOf(thread.when, view.clock)
    const list = html`<a href="${linkTo(path, this.context.paths.month(this.of, month, 1))}">${monthWords(month, view.clock.locale)}</a>`
    return {
      title: `${title}${page === 1 ? '' : `, page ${page}`}: ${nameOfGroup(this.of.group)}`,
      path,
      trail: html`${this.trail(path)} › ${list}`,
      header: html`<h1 dir="auto">${title}</h1>\n${status}`,
      footer: sourceOf(thread.url, readingOf(thread, view)),
    }
  }

  /** The way to the page of the group. */
  private trail(from: string): Markup {
    const group = html`<a href="${linkTo(from, this.index)}"><bdi>${nameOfGroup(this.of.group)}</bdi></a>`
    return html`<a href="${linkTo(from, 'index.html')}">All groups</a> › ${group}`
  }

  /** The threads that began in a month, or a part of them. `pages`: the paths of all parts so far. `seen`: as of when, and as whom. */
  month(month: string, pages: readonly string[], entries: readonly ThreadEntry[], seen: string): Iterable<string> {
    const part = pages.length
    const path = pages[part - 1] ?? ''
    const words = `${monthWords(month, this.view.clock.locale)}${part > 1 ? `, page ${part}` : ''}`
    const name = nameOfGroup(this.of.group)
    const frame = {
      title: `${name}: ${words}`,
      path,
      trail: this.trail(path),
      header: html`<h1>${words}</h1>\n<p class="status">Threads that began in this month, in <bdi>${name}</bdi>.</p>`,
      footer: this.source(seen),
    }
    const link = html`<p class="meta"><a href="${linkTo(path, pages[part - 2] ?? '')}">Earlier in this month</a></p>\n`
    return pageAround(frame, whole(part > 1 && link, threadList(entries, path)))
  }

  /** The last line of the lists. */
  source(seen: string): Markup {
    return sourceOf(this.of.group?.url ?? this.of.site, seen)
  }
}

function* threadContent(
  thread: StoredThread,
  view: View,
  posts: Iterable<Markup>,
  { links, turn }: { links: Content; turn: Content },
): Generator<Markup> {
  yield html`${links}`
  yield* discussion(thread, view, posts)
  yield html`${links}${turn}`
}
