import type { StoredThread } from '../../model/archive.js'
import type { ExportContext } from '../exporter.js'
import { clockOf } from '../words/clock.js'
import { factsOf } from '../words/facts.js'
import { Names } from '../words/names.js'
import { sectionStatus, seenOf, threadStatus, type View } from '../words/status.js'
import { titleOf } from './entry.js'
import { GroupSummary } from './group-summary.js'
import { html, type Markup } from './markup.js'
import { type Frame, pageAround } from './page.js'
import { anchorOf } from './paths.js'
import { ThreadBody } from './thread-body.js'
import { discussion, partsOf, sourceOf } from './thread-page.js'

/** One HTML document of these threads, with its style sheet inside and nothing else that a browser would load. */
export function* renderDocument(threads: Iterable<StoredThread>, about: ExportContext): Generator<string> {
  // Their posts are read while they are walked: what is kept here is small.
  const all = [...threads]
  const view = { clock: clockOf(all, about.timezone), status: about.status }
  const [only, ...others] = all
  yield* only && others.length === 0 ? ofOne(only, view, about) : ofSeveral(all, view, about)
}

function ofOne(thread: StoredThread, view: View, about: ExportContext): Iterable<string> {
  const title = titleOf(thread, view)
  const status = threadStatus(thread, factsOf(thread, view.status), view)
  const frame: Frame = {
    title,
    path: null,
    header: html`<h1 dir="auto">${title}</h1>\n<p class="status">${partsOf(status)}</p>`,
    footer: sourceOf({ url: thread.url, readers: [thread], thread }, view),
  }
  return pageAround(frame, discussion(thread, view, bodyOf(thread, view, about, { level: 2, prefix: '' })))
}

function* ofSeveral(all: readonly StoredThread[], view: View, about: ExportContext): Generator<string> {
  const summary = new GroupSummary(view)
  const statuses = all.map(thread => {
    const facts = factsOf(thread, view.status)
    summary.add(thread, facts)
    return sectionStatus(thread, facts, view, seenOf([], view.clock))
  })
  const title = 'Kept discussions'
  const frame: Frame = {
    title,
    path: null,
    header: html`<h1>${title}</h1>\n<p class="status">${partsOf(summary.status(['.']))}</p>`,
    footer: sourceOf({ url: all[0]?.site ?? '', readers: summary.readers }, view),
  }
  const content = function* (): Generator<Markup> {
    yield html`<nav class="contents" aria-label="Contents"><ol>${all.map((thread, at) => html`<li><a href="#${idOf(at)}" dir="auto">${titleOf(thread, view)}</a></li>\n`)}</ol></nav>\n`
    for (const [at, thread] of all.entries()) {
      const title = titleOf(thread, view)
      yield html`<section class="thread" aria-labelledby="${idOf(at)}"><h2 id="${idOf(at)}" dir="auto">${title}</h2>\n<p class="status">${partsOf(statuses[at] ?? [])}</p>\n`
      // Two sites may have given one number.
      yield* discussion(
        thread,
        view,
        bodyOf(thread, view, about, { level: 3, prefix: thread.site === all[0]?.site ? '' : `${idOf(at)}-` }),
      )
      yield html`</section>\n`
    }
  }
  yield* pageAround(frame, content())
}

const idOf = (index: number): string => `thread-${index + 1}`

function bodyOf(
  thread: StoredThread,
  view: View,
  about: ExportContext,
  { level, prefix }: { level: 2 | 3; prefix: string },
): Iterable<Markup> {
  const anchor = (id: string) => `${prefix}${anchorOf(id)}`
  const language = String(about.options['lang'] ?? '')
  const body = new ThreadBody(thread, {
    view: { ...view, archive: about.archive, names: new Names(), thread, language, level, anchor, media: () => null },
    link: (_, to) => `#${to}`,
    repliesTitle: () => 'Replies',
    pagePosts: Number.POSITIVE_INFINITY,
  })
  return body.next()
}
