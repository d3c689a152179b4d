import type { Archive, ListedThread } from '../../archive/index.js'
import type { GroupSummary, PostNode, Selection } from '../../model/archive.js'
import { UsageError } from '../../model/errors.js'
import { parseQuery } from '../../model/query/parse-query.js'
import { wordsIn } from '../../model/query/query.js'
import type { Hit } from '../../model/reports/search.js'
import { isExact } from '../../model/time.js'
import { logLines } from '../render/log.js'
import { coloured } from '../render/summary.js'
import { cell, shortened } from '../text/columns.js'
import type { Paint } from '../text/paint.js'
import { completenessWords, count, day, figure, groupName, writerFacts } from '../text/phrases.js'
import { terminalLine } from '../text/terminal-text.js'
import { textWidth } from '../text/width.js'
import { cachedPages, listPage } from './list-page.js'
import type { Library, ListRow, ScreenPage, TextPage, ThreadPage } from './page.js'
import { goTo, threadPage } from './thread-page.js'

type Browsed = Pick<Archive, 'browser' | 'reader' | 'search' | 'history'>

/** Makes the pages of an archive. `hides`: types of opening posts that lists leave out. */
export class ArchiveLibrary implements Library {
  private readonly browser: Archive['browser']

  constructor(
    private readonly archive: Browsed,
    private readonly hides: readonly string[],
    private readonly now: () => number,
  ) {
    this.browser = archive.browser
  }

  /** All threads, then the groups. */
  first(): ScreenPage {
    const groups = [...this.archive.reader.groups()]
    const all: ListRow = { text: () => 'All threads', open: () => this.threads('All threads', {}) }
    const rows = [all, ...groups.map(group => this.groupRow(group))]
    return listPage('threadkeep', { length: rows.length, slice: (from, to) => rows.slice(from, to) }, '')
  }

  search(text: string): ScreenPage | string {
    try {
      return this.hits(text)
    } catch (error) {
      if (error instanceof UsageError) return error.message
      throw error
    }
  }

  private groupRow(group: GroupSummary): ListRow {
    return {
      text: (width, paint) => groupText(group, width, paint),
      open: () => this.threads(groupName(group), { groups: [group.url] }),
    }
  }

  private threads(title: string, selection: Selection): ScreenPage {
    const list = this.browser.threads({ ...selection, withoutTypes: this.hides })
    const hidden = this.hides.length > 0 ? this.browser.threads({ ...selection, types: this.hides }).length : 0
    const without = hidden > 0 ? `, without ${count(hidden, 'membership notice')}` : ''
    const rows = {
      length: list.length,
      slice: (from: number, to: number) => list.slice(from, to).map(one => this.threadRow(one)),
    }
    return listPage(
      `${title}: ${count(list.length, 'thread')}${without}, newest first`,
      cachedPages(rows),
      'No threads.',
    )
  }

  private threadRow(thread: ListedThread): ListRow {
    return { text: (width, paint) => threadText(thread, width, paint), open: () => this.thread(thread.row) }
  }

  private thread(row: number): ThreadPage | null {
    const thread = this.browser.thread(row)
    return thread && thread.posts.length > 0 ? threadPage(thread, node => this.past(node, thread.site)) : null
  }

  private hits(text: string): ScreenPage | string {
    const { search } = this.archive
    const query = parseQuery(text, this.now())
    const [unknown] = search.unknownNames(query)
    if (unknown) return `No ${unknown.kind === 'from' ? 'member' : 'group'} "${unknown.name}" is in this archive.`
    const length = search.count(query)
    if (length === 0) return 'No post matches.'
    const order = wordsIn(query).length > 0 ? 'rank' : 'date'
    const slice = (from: number, to: number) =>
      [...search.hits({ query, order, limit: to - from, offset: from })].map(hit => this.hitRow(hit))
    const found = `${figure(length)} ${length === 1 ? 'post matches' : 'posts match'}`
    return listPage(`${found}: ${text}`, cachedPages({ length, slice }), '')
  }

  private hitRow(hit: Hit): ListRow {
    return { text: (width, paint) => hitText(hit, width, paint), open: () => this.threadOf(hit) }
  }

  /** The thread of a hit, at the hit. */
  private threadOf({ id, site }: Hit): ThreadPage | null {
    const place = this.archive.history.find(id).find(one => one.site === site)
    const page = place && this.thread(place.threadRow)
    if (!page) return null
    const found = goTo(
      page,
      Math.max(
        0,
        page.thread.posts.places.findIndex(({ post }) => post.id === place.row),
      ),
    )
    return { ...found, top: found.at }
  }

  private past({ post }: PostNode, site: string): TextPage {
    const { history } = this.archive
    const place = history.find(post.id).find(one => one.site === site)
    const entries = place ? [...history.entries(place, true)] : []
    const lines = (width: number, paint: Paint) => [...logLines(entries, width, paint)]
    return { kind: 'text', title: `Events of post ${post.id}, oldest first`, lines, top: 0 }
  }
}

/** Name, numbers and state, as far as there is room. */
function groupText(group: GroupSummary, width: number, paint: Paint): string {
  const { completeness, access } = group
  const state = access === 'members' ? 'members only' : completenessWords(completeness)
  const shown = access === 'members' ? paint.magenta(state) : coloured(completeness.state, state, paint)
  const threads = count(group.threads, 'thread')
  const facts = width < 70 ? cell(threads, 14) : cell(`${threads}, ${count(group.posts, 'post')}`, 28)
  const named = (taken: number) => cell(groupName(group), Math.max(8, Math.min(40, width - taken)))
  if (width < 30) return named(0)
  if (width < 44) return `${named(facts.length + 1)} ${facts}`
  return `${named(facts.length + Math.max(16, state.length + 2))} ${facts} ${shown}`
}

/** Columns below which a line has its date and its words only. */
const NARROW = 34

/** Date, replies, author where there is room, then what is unusual in words, and the title. */
function threadText(thread: ListedThread, width: number, paint: Paint): string {
  const { when, replies, status, completeness } = thread
  const at = when.from ?? when.to
  const date = at === null ? 'no date' : `${isExact(when) ? '' : '~'}${day(at)}`
  const author = width < 70 ? '' : `${cell(writerFacts(thread).join(''), 16)} `
  const mark = status === 'gone' ? paint.red('gone ') : completeness.state === 'short' ? paint.magenta('short ') : ''
  const before = `${cell(date, 11)} ${width < NARROW ? '' : `${cell(String(replies), 5, 'right')}  `}`
  const room =
    width - before.length - (author ? 17 : 0) - (status === 'gone' ? 5 : completeness.state === 'short' ? 6 : 0)
  return `${paint.dim(before)}${author}${mark}${shortened(terminalLine(thread.title), Math.max(1, room))}`
}

function hitText(hit: Hit, width: number, paint: Paint): string {
  const at = hit.when.from ?? hit.when.to
  const author = width < NARROW ? '' : `${cell(writerFacts(hit).join(''), width < 70 ? 8 : 16)} `
  const mark = hit.status === 'gone' ? 'gone: ' : ''
  const before = `${cell(at === null ? 'no date' : day(at), 10)} `
  const words = terminalLine(hit.snippet.map(({ text }) => text).join('')) || '(no text)'
  const room = width - before.length - textWidth(author) - mark.length
  return `${paint.dim(before)}${author}${paint.red(mark)}${shortened(words, Math.max(1, room))}`
}
