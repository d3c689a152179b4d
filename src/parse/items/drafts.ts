import type { Element } from 'domhandler'
import type { Group, Post } from '../../model/discussion.js'
import { UNKNOWN_WHEN } from '../../model/time.js'
import { every, first } from '../document/dom.js'
import type { PostSelectors } from '../templates/template.js'
import { EMPTY_BODY, readBody } from './body.js'
import { type FoundDate, findDate, isSavedByBrowser, type RenderTime, renderTimeByFake, resolveDate } from './dates.js'
import { type EditData, editDataFields, editDataMedia, editDataOf } from './edit-data.js'
import { avatarOf, readAuthor } from './header.js'
import { linkPreviewOf, mediaIn, uniqueByUrl } from './media.js'

/** What the items of a page are read against. */
export interface ItemContext {
  source: string
  /** The page that the items stand on: links are resolved against it. */
  url: string
  /** What members wrote is resolved against the site, so that every view of a post says the same. */
  siteUrl: string
  /** The clock to use where the page itself does not give it away. */
  renderTime: RenderTime
  /** The view of one thread, which holds all of its replies. */
  isThread: boolean
  /** The page's own group, for items that do not name theirs. */
  group: Group | null
}

export interface Draft {
  /** Its `when` is settled last, by the clock of the whole page. */
  post: Post
  date: FoundDate
}

/** What is known of a post from where it stands. */
export interface PostPosition extends Pick<Post, 'id' | 'threadId' | 'parentId' | 'type' | 'group' | 'url'> {
  /** A notice: what some views print below it is a card of BuddyPress' own (type-parts, 10.0 and later). */
  hasNoBody?: boolean
}

export function draftOf(
  li: Element,
  own: Element[],
  selectors: PostSelectors,
  context: ItemContext,
  known: PostPosition,
): Draft {
  const element = known.hasNoBody ? undefined : first(own, selectors.body)
  const body = element ? readBody(element, context.source, context.siteUrl, selectors) : EMPTY_BODY
  const editData = selectors.editData ? editDataOf(li.attribs[selectors.editData]) : {}
  // Field by field: to spread three objects into one takes as long as to read them.
  const post: Post = {
    id: known.id,
    threadId: known.threadId,
    parentId: known.parentId,
    type: known.type,
    group: known.group,
    author: readAuthor(first(own, selectors.header), avatarOf(own, selectors), context.url),
    when: UNKNOWN_WHEN,
    html: body.html,
    text: body.text,
    truncated: body.truncated,
    edited: selectors.edited !== undefined && first(own, selectors.edited) !== undefined,
    ...editDataFields(editData),
    url: known.url,
    attachments: selectors.media
      ? uniqueByUrl([...attachmentsBeside(li, own, selectors.media, context, editData), ...body.attachments])
      : body.attachments,
    links: body.links,
  }
  return { date: findDate(li, own, selectors), post }
}

/** Posts with their dates, by the clock of the whole page. */
export function datedPosts(drafts: readonly Draft[], context: ItemContext): Post[] {
  const rendered = renderTimeByFake(drafts.map(draft => draft.date)) ?? context.renderTime
  const byBrowser = isSavedByBrowser(drafts.map(draft => draft.date))
  for (const { post, date } of drafts) post.when = resolveDate(date, rendered, byBrowser)
  return drafts.map(draft => draft.post)
}

/** Attachments that stand beside the body, and the link that an item is about. */
const attachmentsBeside = (
  li: Element,
  own: readonly Element[],
  media: string,
  { siteUrl }: ItemContext,
  editData: EditData,
): Post['attachments'] => [
  ...linkPreviewOf(li, siteUrl),
  ...every(own, media).flatMap(wrapper => mediaIn(wrapper, siteUrl)),
  ...editDataMedia(editData, siteUrl),
]
