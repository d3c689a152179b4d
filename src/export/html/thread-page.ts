import type { StoredThread } from '../../model/archive.js'
import { knownAddress } from '../../model/unknown-site.js'
import { safeUrl } from '../body/urls.js'
import { openingOf } from '../record.js'
import { whenWords } from '../words/dates.js'
import { groupName } from '../words/names.js'
import { continuedFrom } from '../words/pieces.js'
import { type Part, seenOf, type View } from '../words/status.js'
import { shownTitle, type ThreadEntry } from './entry.js'
import { type Content, html, langOf, linked, type Markup } from './markup.js'
import { linkTo } from './paths.js'

/** Parts of a line of words: links become links, all else is text. */
export const partsOf = (parts: readonly Part[]): Content =>
  parts.map(part => (typeof part === 'string' ? part : linked(part.words, safeUrl(part.url, 'about:blank'))))

/** The opening of a thread for machines: schema.org, as microdata, which needs no script. */
export function* discussion(thread: StoredThread, view: View, posts: Iterable<Markup>): Generator<Markup> {
  const url = safeUrl(thread.url, 'about:blank')
  const replies = thread.replies
  yield html`<div itemscope itemtype="https://schema.org/DiscussionForumPosting"><meta itemprop="headline" content="${shownTitle(thread, view)}">${url && html`<link itemprop="url" href="${url}">`}<meta itemprop="commentCount" content="${replies}">
${openingOf(thread) ? null : html`<p class="none">The opening post could not be read; here are the replies.</p>\n`}${continued(thread)}`
  yield* posts
  yield html`</div>
`
}

function continued(thread: StoredThread): Content {
  const number = continuedFrom(thread)
  return number === null ? null : html`<p class="none">Continued from #${number}.</p>\n`
}

/** Where a page comes from: address, reader and time. `seen`: `as of 2 December 2026, as a visitor sees it`; empty: not known. */
export function sourceOf(url: string, seen: Content): Markup {
  const known = knownAddress(url)
  const from = known === null ? null : html` from ${linked(known, safeUrl(known, 'about:blank'))}`
  return html`<p>Kept by threadkeep${from}${seen !== '' && html`, ${seen}`}. What people wrote stays theirs: ask before you publish it.</p>`
}

/** When a thread was read, to the minute, and as whom. */
export function readingOf({ readAt, readAs }: StoredThread, { clock }: View): Content {
  const reader = seenOf([{ readAt: null, readAs }], clock).words
  if (!readAt) return reader
  const when = whenWords({ from: readAt, to: readAt }, clock)
  if (clock.isOfMonths)
    return html`read in <time datetime="${clock.at(readAt).day}"${langOf(clock.locale)}>${when}</time>${reader !== '' && `, ${reader}`}`
  return html`read on <time datetime="${readAt}"${langOf(clock.locale)}>${when}</time> ${clock.zone}${reader !== '' && `, ${reader}`}`
}

/** The name of a group, or of the threads that are in none. */
export const nameOfGroup = (group: StoredThread['group']): string => (group ? groupName(group) : 'Outside the groups')

/** Where a link to another thread leads, and its words. */
export type Turn = Pick<ThreadEntry, 'path' | 'words'>

/** Links to the threads before and after this one. */
export function turn([before, after]: readonly [Turn | null, Turn | null], from: string): Content {
  if (!before && !after) return null
  const item = (words: string, rel: string, entry: Turn | null) =>
    entry && html`<li><a rel="${rel}" href="${linkTo(from, entry.path)}">${words}: <bdi>${entry.words}</bdi></a></li>`
  return html`<nav class="turn" aria-label="Threads before and after"><ul>${item('Before', 'prev', before)}${item('After', 'next', after)}</ul></nav>
`
}

/** Links to the pages of a long list or thread. */
export function pageLinks(label: string, paths: readonly string[], current: number, from: string): Content {
  if (paths.length < 2) return null
  const item = (path: string, page: number) =>
    page === current
      ? html`<li><strong aria-current="page">${page}</strong></li>`
      : html`<li><a href="${linkTo(from, path)}">${page}</a></li>`
  return html`<nav class="parts" aria-label="${label}"><ul><li>${label}:</li>${paths.map((path, at) => item(path, at + 1))}</ul></nav>
`
}
