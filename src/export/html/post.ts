import type { ArchiveReader, EarlierVersion, PostNode, StoredPost, StoredThread } from '../../model/archive.js'
import type { Attachment } from '../../model/discussion.js'
import { isExact } from '../../model/time.js'
import { safeUrl } from '../body/urls.js'
import type { MediaLookup } from '../exporter.js'
import { isShown } from '../shown.js'
import { cleanLine } from '../text.js'
import { dayWords, onDay, whenWords } from '../words/dates.js'
import { isEdited } from '../words/facts.js'
import { memberName, type Names } from '../words/names.js'
import type { Place } from '../words/places.js'
import type { View } from '../words/status.js'
import { bodyHtml, pictureOf } from './body-html.js'
import { type Content, html, langOf, linked, type Markup, trusted } from './markup.js'

/** How the posts of one thread are shown on a page. */
export interface PostView extends View {
  archive: Pick<ArchiveReader, 'earlierVersions'>
  thread: Pick<StoredThread, 'site'>
  /** Long names are cut when they come again. */
  names: Names
  /** The kept files of posts. */
  media: MediaLookup
  /** The anchor of a post in this document. */
  anchor(id: string): string
  /** Level of the heading of the opening post; those of replies are one below it. */
  level: 2 | 3
  /** Language of the posts (BCP 47); empty: not known. */
  language: string
}

/** One post. Its number leads to itself, its date to the original. `answered`: a link to the post that it answers, if that is held. */
export function postArticle(node: PostNode, place: Place, answered: string | null, view: PostView): Markup {
  const { post } = node
  const anchor = view.anchor(post.id)
  const isOpening = place.level === 0
  const scope = isOpening ? '' : COMMENT
  const head = html`<a class="no" href="#${anchor}">#${place.number}</a> ${author(post, view)}${arrow(place, answered)}${date(post, view)}${marks(post, view)}`
  const title = heading(isOpening ? view.level : view.level + 1, `head-${anchor}`, head, 'head')
  const parent = !isOpening && answered && html`<link itemprop="parentItem" href="${answered}">`
  return html`<article class="post" id="${anchor}" aria-labelledby="head-${anchor}"${scope}>
${title}${parent}
${content(post, view)}${history(post, view)}
</article>
`
}

/** A heading of this level. */
export const heading = (level: number, id: string, words: Content, name = 'part'): Markup =>
  html`${trusted(`<h${level}`)} class="${name}" id="${id}">${words}${trusted(`</h${level}>`)}`

const COMMENT = html` itemprop="comment" itemscope itemtype="https://schema.org/Comment"`

/** The place of a post that is not shown: its number stays, so that replies lead somewhere. */
export function hiddenPost({ post }: PostNode, { number }: Place, view: PostView): Markup {
  const seen = onDay(view.clock.at(post.lastSeenAt).day, view.clock.locale)
  const words = post.status === 'gone' ? ` is gone from the site; it was there ${seen}.` : ' is left out here.'
  return html`<article class="post" id="${view.anchor(post.id)}"><p class="gone">#${number}${words}</p></article>
`
}

/** False for a post that leaves nothing on the page: it is not shown, and nobody looks for it. */
export const hasPlace = ({ post, replies }: PostNode, { status }: View): boolean =>
  isShown(post, status) || post.status === 'gone' || replies > 0

const author = (post: StoredPost, { names }: PostView): Markup =>
  html`<span itemprop="author" itemscope itemtype="https://schema.org/Person"><bdi itemprop="name">${names.of(post)}</bdi></span>`

function arrow({ answers }: Place, answered: string | null): Content {
  if (answers === null) return null
  if (answers === 'unread') return html` <span class="when">→ a post that could not be read</span>`
  // In an earlier document.
  if (!answered)
    return html` <span class="when"><span aria-hidden="true">→</span><span class="sr">answers</span> #${answers}</span>`
  return html` <a class="to" href="${answered}"><span aria-hidden="true">→</span><span class="sr">answers</span> #${answers}</a>`
}

function date({ when, url }: StoredPost, { clock }: View): Markup {
  const words = whenWords(when, clock)
  const shown = isExact(when)
    ? html`<time datetime="${when.from}" itemprop="datePublished"${langOf(clock.locale)}>${words}</time>`
    : html`<span>${words}</span>`
  const address = safeUrl(url, 'about:blank')
  const link = address
    ? html`<a class="when" href="${address}" itemprop="url" rel="noreferrer">${shown}</a>`
    : html`<span class="when">${shown}</span>`
  return html`<span class="when">,</span> ${link}`
}

/** What the site or the archive knows of the post besides its text. */
function marks(post: StoredPost, { clock }: View): Content {
  const by = (at: string | null) => (at ? ` by ${dayWords(clock.at(at).day, clock.locale)}` : '')
  const words = [
    isEdited(post) && `edited${by(post.editedBy)}`,
    post.truncated && 'shortened by the site',
    post.status === 'gone' && `gone${by(post.goneAt)}`,
  ]
  return words.filter(word => word !== false).map(word => html` <span class="mark">${word}</span>`)
}

function content(post: StoredPost, view: PostView): Markup {
  if (post.forgotten) return note('Forgotten.')
  const { body, used } = bodyHtml(post, view.media)
  const others = post.attachments.filter(({ url }) => !used.has(url))
  const heading =
    post.heading && post.parentId !== null ? html`<p dir="auto"><strong>${cleanLine(post.heading)}</strong></p>` : null
  if (body.text === '' && !heading && others.length === 0) return note('No text.')
  return html`<div class="body" dir="auto" itemprop="text"${language(view)}>${heading}${body}</div>${attachments(others, view)}`
}

const note = (words: string): Markup => html`<p class="none">${words}</p>`

const language = ({ language }: Pick<PostView, 'language'>): Content => language !== '' && html` lang="${language}"`

const KINDS = { image: 'picture', video: 'video', audio: 'audio', document: 'document', embed: 'embedded page' }

/** Attachments that the text neither shows nor links. */
function attachments(others: readonly Attachment[], view: PostView): Content {
  if (others.length === 0) return null
  return html`<ul class="files" aria-label="Attachments">${others.map(one => html`<li>${attachment(one, view)}</li>`)}</ul>`
}

function attachment({ kind, url, name }: Attachment, { media }: PostView): Content {
  const kept = media(url)
  const words = cleanLine(name ?? '')
  const label = words === '' ? KINDS[kind] : html`<bdi>${words}</bdi> (${KINDS[kind]})`
  const address = media(url, 'link')?.path ?? safeUrl(url, 'about:blank')
  if (kept?.isImage) return linked(pictureOf(kept, words), address)
  return linked(label, address)
}

/** Earlier texts, folded. */
function history(post: StoredPost, view: PostView): Content {
  if (post.revisions === 0 || post.forgotten) return null
  const versions = view.archive.earlierVersions?.(view.thread.site, post.id) ?? []
  return versions.map(version => earlier(version, post, view))
}

function earlier(version: EarlierVersion, post: StoredPost, view: PostView): Markup {
  const since = dayWords(view.clock.at(version.since).day, view.clock.locale)
  const isOther = memberName(version.author) !== memberName(post.author)
  const by = isOther && version.author ? html`, by <bdi>${memberName(version.author)}</bdi>` : null
  const { body } = bodyHtml({ ...version, url: post.url }, view.media)
  const heading = version.heading ? html`<p dir="auto"><strong>${cleanLine(version.heading)}</strong></p>` : null
  return html`
<details class="history"><summary>Earlier text, as of ${since}${by}</summary><div class="old" dir="auto"${language(view)}>${heading}${body}</div></details>`
}
