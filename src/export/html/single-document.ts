import type { StoredThread } from '../../model/archive.js'
import { UNKNOWN_SITE } from '../../model/unknown-site.js'
import type { ExportContext } from '../exporter.js'
import { clockOf } from '../words/clock.js'
import { Collection } from '../words/collection.js'
import { Contents } from '../words/contents.js'
import { type Facts, factsOf } from '../words/facts.js'
import { Names } from '../words/names.js'
import { datedHeading, openingWords, titledHeading } from '../words/section.js'
import { countWords, type Seen, sectionStatus, threadStatus, type View } from '../words/status.js'
import { documentTitle } from '../words/title.js'
import { html, type Markup, trusted } from './markup.js'
import { type Frame, languageOf, pageAround } from './page.js'
import { anchorOf } from './paths.js'
import { ThreadBody } from './thread-body.js'
import { discussion, partsOf, readingOf, sourceOf } from './thread-page.js'

/** One HTML document of these threads, with its style sheet inside and nothing else that a browser would load. */
export function* renderDocument(threads: Iterable<StoredThread>, about: ExportContext): Generator<string> {
  const zones: Pick<StoredThread, 'timezone' | 'precision'>[] = []
  let count = 0
  for (const thread of about.again()) {
    count++
    if (!zones.some(({ timezone }) => timezone === thread.timezone)) {
      const { timezone, precision } = thread
      zones.push({ timezone, ...(precision && { precision }) })
    }
  }
  const view = { clock: clockOf(zones, about), status: about.status, part: about.part }
  if (count !== 1) return yield* ofSeveral(threads, view, about)
  for (const thread of threads) yield* ofOne(thread, view, about)
}

function ofOne(thread: StoredThread, view: View, about: ExportContext): Iterable<string> {
  const title = documentTitle(thread, view)
  const status = threadStatus(thread, factsOf(thread, view.status), view)
  const frame: Frame = {
    title,
    path: null,
    header: html`<h1 dir="auto">${title}</h1>\n<p class="status">${partsOf(status)}</p>`,
    footer: sourceOf(thread.url, readingOf(thread, view)),
  }
  return pageAround(frame, discussion(thread, view, bodyOf(thread, view, about, { level: 2, prefix: '' })))
}

/** The threads are walked twice: the first time for the title, the status line and the contents. */
function ofSeveral(threads: Iterable<StoredThread>, view: View, about: ExportContext): Iterable<string> {
  const collection = new Collection()
  const contents = new Contents()
  for (const thread of about.again()) {
    const facts = factsOf(thread, view.status)
    collection.add(thread, facts)
    contents.add(entryOf(thread, contents.length, facts, view).text)
  }
  const title = collection.title(view)
  const frame: Frame = {
    title,
    path: null,
    header: html`<h1>${title}</h1>\n<p class="status">${partsOf(collection.status(view, about))}</p>`,
    footer: sourceOf(collection.group?.url ?? UNKNOWN_SITE, collection.seen(view).words),
  }
  return pageAround(frame, sections(threads, { view, about, contents, seen: collection.seen(view) }))
}

interface Several {
  view: View
  about: ExportContext
  contents: Contents
  seen: Seen
}

function* sections(threads: Iterable<StoredThread>, { view, about, contents, seen }: Several): Generator<Markup> {
  yield html`<nav class="contents" aria-label="Contents"><ol>`
  for (const entries of contents.texts()) yield trusted(entries)
  yield html`</ol></nav>\n`
  let count = 0
  let site: string | null = null
  for (const thread of threads) {
    const id = idOf(count)
    site ??= thread.site
    const status = sectionStatus(thread, factsOf(thread, view.status), view, seen)
    yield html`<section class="thread" aria-labelledby="${id}"><h2 id="${id}">${headingOf(thread, count++, view)}</h2>\n<p class="status">${partsOf(status)}</p>\n`
    // Two sites may have given one number.
    const prefix = thread.site === site ? '' : `${id}-`
    yield* discussion(thread, view, bodyOf(thread, view, about, { level: 3, prefix }))
    yield html`</section>\n`
  }
}

const idOf = (index: number): string => `thread-${index + 1}`

const headingOf = (thread: StoredThread, index: number, view: View): string =>
  titledHeading(thread, index + 1, view) ?? datedHeading(thread, index + 1, view)

/** `Thread 1, 6 October 2020: Anna, “Who has…” (7 posts)` */
function entryOf(thread: StoredThread, index: number, { posts }: Facts, view: View): Markup {
  const heading = headingOf(thread, index, view)
  const { opener, words } = openingWords(thread, heading, view)
  const first = words !== null && html`, “<bdi>${words}</bdi>”`
  return html`<li><a href="#${idOf(index)}">${heading}</a>: <bdi>${opener}</bdi>${first} (${countWords(posts, 'post', view.clock.locale)})</li>\n`
}

function bodyOf(
  thread: StoredThread,
  view: View,
  about: ExportContext,
  { level, prefix }: { level: 2 | 3; prefix: string },
): Iterable<Markup> {
  const anchor = (id: string) => `${prefix}${anchorOf(id)}`
  const language = languageOf(about)
  const body = new ThreadBody(thread, {
    view: {
      ...view,
      archive: about.archive,
      names: new Names(),
      thread,
      language,
      level,
      anchor,
      media: about.media ?? (() => null),
    },
    link: (_, to) => `#${to}`,
    repliesTitle: () => 'Replies',
    pagePosts: Number.POSITIVE_INFINITY,
  })
  return body.next()
}
