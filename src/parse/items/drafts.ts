import type { AnyNode, Element } from 'domhandler'
import type { Group, Post } from '../../model/discussion.js'
import type { UnreadDates } from '../../model/page.js'
import { UNKNOWN_WHEN } from '../../model/time.js'
import { elementsBelow, every, first, matches, outermost } from '../document/dom.js'
import { mayBeCut } from '../document/excerpts.js'
import type { PostSelectors } from '../templates/template.js'
import type { Anatomy } from './anatomy.js'
import { attachmentOf, type Body, EMPTY_BODY, lacksAddress, readBody } from './body.js'
import {
  type FoundDate,
  findDate,
  isUnreadDate,
  printerOf,
  type RenderTime,
  renderTimeByFake,
  resolveDate,
} from './dates.js'
import { type EditData, editDataFields, editDataMedia, editDataOf } from './edit-data.js'
import { readAuthor } from './header.js'
import { linkPreviewOf, mediaIn, uniqueByUrl } from './media.js'
import { nameByAvatars } from './names.js'
import { wholeBody } from './stored-text.js'
import { moreLink } from './time-in-body.js'

/** The context in which the items of a page are read. */
export interface ItemContext {
  source: string
  /** The page that holds the items: links of authors, groups and posts are resolved against it. */
  url: string
  /** Links in bodies are resolved against the site, so that every view of a post gives the same URLs. */
  siteUrl: string
  /** The render time to use if the page itself does not show it. */
  renderTime: RenderTime
  /** A program saved the page, perhaps after scripts had changed it. */
  isSaved?: boolean
  /** Addresses of a saved page to which the link of a deleted member may lead; none on the page of a member. */
  selves?: readonly string[]
  /** The page is the view of one thread, which holds all of its replies. */
  isThread: boolean
  /** The alternative texts of all avatars of members on the page; absent: not known. */
  alts?: () => readonly string[]
  /** The group of the page, for items that do not name their group. */
  group: Group | null
}

export interface Draft {
  /** Its `when` is set last, because the dates of all posts give the render time. */
  post: Post
  date: FoundDate
  anatomy: Anatomy
  /** The markup of its text was nested too deep. */
  isDeep: boolean
}

/** The facts about a post that its position in the page gives. */
interface PostPosition extends Pick<Post, 'id' | 'threadId' | 'parentId' | 'type' | 'group' | 'url'> {
  /** The post is a notice: below it some views print a card that BuddyPress generates (type-parts, 10.0 and later). */
  hasNoBody?: boolean
  /** The thread has no page of its own, because its author is deleted: the stored text completes a shortened one (BuddyBoss). */
  isHomeless?: boolean
}

export function draftOf(
  anatomy: Anatomy,
  selectors: PostSelectors,
  context: ItemContext,
  position: PostPosition,
): Draft {
  const { element: li, own } = anatomy
  const editData = selectors.editData ? editDataOf(li.attribs[selectors.editData]) : {}
  const author = readAuthor(anatomy, { ...context, isReply: typeof position.parentId === 'string' })
  const shown = position.hasNoBody ? EMPTY_BODY : bodyOf(anatomy, selectors, context)
  const isHomeless = position.isHomeless ?? isDeleted(author)
  const body = isHomeless ? wholeBody(shown, editData.content, context.siteUrl, selectors) : shown
  // Field by field, because spreading three objects into one takes as long as reading them.
  const post: Post = {
    id: position.id,
    threadId: position.threadId,
    parentId: position.parentId,
    type: position.type,
    group: position.group,
    author,
    when: UNKNOWN_WHEN,
    html: body.html,
    text: body.text,
    truncated: body.truncated,
    edited: selectors.edited !== undefined && first(own, selectors.edited) !== undefined,
    ...editDataFields(editData),
    url: position.url,
    attachments: withBeside(anatomy, selectors, context, body.attachments, editData),
    links: body.links,
  }
  return { date: findDate(anatomy, selectors), post, anatomy, isDeep: body.isDeep === true }
}

/** A deleted member has no profile, and so no page for a thread. */
export const isDeleted = (author: Post['author']): boolean => author?.url == null

/**
 * A text that was not found is none that the member has written: it counts as shortened, so that it is requested by another route. So
 * does a text of a stream that may have been shortened without a mark, and one that has lost a picture when the page was saved.
 */
function bodyOf({ id, body }: Anatomy, selectors: PostSelectors, context: ItemContext): Body {
  if (!body) return { ...EMPTY_BODY, truncated: true }
  const readWithout = (frames: readonly AnyNode[]): Body =>
    readBody(body.element, context.source, context.siteUrl, selectors, frames)
  const read = readWithout(body.frames)
  const more = read.truncated || read.links.length === 0 ? undefined : moreLink(body.element, id)
  if (more) {
    const cut = readWithout([...body.frames, more])
    const isShortened = /(?:…|\.\.\.)\]?$/.test(cut.text)
    if (isShortened || !isReplyLink(more)) return { ...cut, truncated: isShortened || !context.isThread }
  }
  const isLacking =
    (!context.isThread && mayBeCut(read)) || (context.isSaved === true && lacksAddress(body.element, context.siteUrl))
  return isLacking && !read.truncated ? { ...read, truncated: true } : read
}

/** Some themes print the permalink of a reply behind its text. */
const isReplyLink = ({ attribs }: Element): boolean => attribs['href']?.includes('#acomment-') === true

/** The posts with their dates, by the render time of the page, and with the names that only avatars show. */
export function datedPosts(drafts: readonly Draft[], context: ItemContext): Post[] {
  nameByAvatars(drafts)
  const renderTime = renderTimeByFake(drafts.map(draft => draft.date)) ?? context.renderTime
  // Legacy prints the livestamps of items and replies in two ways, so that a script may have replaced the words of one kind only.
  const dates = drafts.map(({ date }) => date)
  for (const isFake of [false, true]) {
    const alike = drafts.filter(({ date }) => date.fake === isFake)
    const own = dates.filter(({ fake }) => fake === isFake)
    const printer = printerOf(own, dates, context.isSaved ?? false)
    for (const { post, date } of alike) post.when = resolveDate(date, renderTime, printer)
  }
  return drafts.map(draft => draft.post)
}

/** The posts without a date that can be read, with the first words in place of one; undefined: there are none. */
export function unreadDates(drafts: readonly Draft[]): UnreadDates | undefined {
  const unread = drafts.filter(({ date }) => isUnreadDate(date))
  const words = unread.map(({ date }) => date.words).find(Boolean) ?? ''
  return unread.length === 0 ? undefined : { posts: unread.map(({ post }) => post.id), words: words.slice(0, 60) }
}

function withBeside(
  { element: li, own }: Anatomy,
  { media, beside }: PostSelectors,
  context: ItemContext,
  inside: Post['attachments'],
  editData: EditData,
): Post['attachments'] {
  const known = media ? attachmentsBeside(li, own, media, context, editData) : []
  const other = beside ? outermost(every(own, beside)).flatMap(part => shownIn(part, context.siteUrl)) : []
  return known.length + other.length > 0 ? uniqueByUrl([...known, ...inside, ...other]) : inside
}

/** What an element shows: pictures of members beside a post say who likes it. */
const shownIn = (part: Element, base: string): Post['attachments'] =>
  [part, ...elementsBelow(part)]
    .filter(element => !matches(element, 'img[class*="avatar"]'))
    .flatMap(element => attachmentOf(element, base))

/** The attachments outside of the body, and the link that an item shares. */
const attachmentsBeside = (
  li: Element,
  own: readonly Element[],
  media: string,
  { siteUrl }: ItemContext,
  editData: EditData,
): Post['attachments'] => [
  ...linkPreviewOf(li, siteUrl),
  ...outermost(every(own, media)).flatMap(wrapper => mediaIn(wrapper, siteUrl)),
  ...editDataMedia(editData, siteUrl),
]
