import type { Element } from 'domhandler'
import type { Group, Post } from '../model/discussion.js'
import type { ThreadView } from '../model/page.js'
import { UNKNOWN_WHEN } from '../model/time.js'
import { activityIdOf } from '../model/urls.js'
import { EMPTY_BODY, readBody } from './body.js'
import { type DateFound, findDate, type Rendered, renderedByFake, resolveDate } from './dates.js'
import { classes, every, first } from './dom.js'
import { avatarOf, groupInHeader, readAuthor } from './header.js'
import { resolveUrl } from './links.js'
import { linkPreviewOf, mediaIn } from './media.js'
import { idOf, partsOf } from './parts.js'
import { templateOf } from './templates/index.js'
import type { PostSelectors, Template } from './templates/template.js'
import { permalinkOf, type ThreadRef, threadOf, viewOf } from './threads.js'

/** What the items of a page are read against. */
export interface Context {
  source: string
  /** The page that the items stand on: links are resolved against it. */
  url: string
  /** What members wrote is resolved against the site, so that every view of a post says the same. */
  siteUrl: string
  /** The clock to use where the page itself does not give it away. */
  rendered: Rendered
  /** The view of one thread, which holds all of its replies. */
  isThread: boolean
  /** The page's own group, for items that do not name theirs. */
  group: Group | null
}

export interface Items {
  template: string | null
  posts: Post[]
  threads: ThreadView[]
  warnings: string[]
}

interface Draft {
  /** Its `when` is settled last, by the clock of the whole page. */
  post: Post
  date: DateFound
}

/** Reads items and their nested replies, in pre-order. A loop and a stack: any depth works. */
export function readItems(items: readonly Element[], context: Context): Items {
  const drafts: Draft[] = []
  const result: Items = { template: null, posts: [], threads: [], warnings: [] }
  for (const li of items) {
    const template = templateOf(li)
    if (!template) {
      result.warnings.push(`An item with the id "${li.attribs['id']}" is of no known template and was left out.`)
      continue
    }
    readItem(li, template, context, drafts, result)
  }
  const rendered = renderedByFake(drafts.map(draft => draft.date)) ?? context.rendered
  for (const { post, date } of drafts) post.when = resolveDate(date, rendered)
  result.posts = drafts.map(draft => draft.post)
  return result
}

function readItem(li: Element, template: Template, context: Context, drafts: Draft[], result: Items): void {
  const { own, replies } = partsOf(li, template)
  const names = classes(li)
  const header = first(own, template.item.header)
  const id = idOf(li, template.item)
  const permalink = permalinkOf(own, template.item, context.url)
  const place = activityIdOf(context.url) === id ? context.url : `${context.url}#activity-${id}`
  const thread = threadOf(id, names, permalink)
  const gap = thread ? gapIn(own, names, template) : 'does not say to which thread it belongs'
  if (gap) result.warnings.push(`The item with the id "${li.attribs['id']}" ${gap}, and was left out.`)
  if (!thread || gap) return
  result.template ??= template.name
  const inGroup = names[0] === 'groups'
  const profile = resolveUrl(avatarOf(own, template.item).profile, context.url)
  const group = thread.root !== id ? undefined : inGroup ? groupInHeader(header, profile, context) : null
  const start = drafts.length
  drafts.push(
    draftOf(li, own, template.item, context, thread, {
      id,
      parentId: thread.root === id ? null : undefined,
      type: names[1] || 'activity_update',
      group,
      url: permalink ?? place,
      bodiless: names.includes('mini'),
    }),
  )
  readReplies(replies, template, context, { ...thread, from: id }, group, drafts)
  result.threads.push(viewOf(own, template, thread, drafts.length - start, names, context.isThread))
}

/** Only items of the class `mini` have no text: otherwise a theme has put it where it is not looked for. */
const gapIn = (own: Element[], names: string[], template: Template): string | null =>
  names.includes('mini') || first(own, template.item.body) ? null : 'has no text in a known place'

/**
 * All replies below the item, each with the nearest reply (or the item) above it as its parent. An id that comes again in
 * one tree is read once, so that no post can hang on itself.
 */
function readReplies(
  replies: Element[],
  template: Template,
  context: Context,
  thread: Branch,
  group: Post['group'],
  drafts: Draft[],
): void {
  const seen = new Set([thread.from])
  const stack = replies.map(li => ({ li, parentId: thread.from })).reverse()
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { li, parentId } = next
    const { own, replies: below } = partsOf(li, template)
    const id = idOf(li, template.reply)
    const hangsOn = namedParent(li, seen) ?? parentId
    const url = permalinkOf(own, template.reply, context.url) ?? `${thread.url ?? context.url}#acomment-${id}`
    const known: Known = { id, parentId: hangsOn, type: 'activity_comment', group, url }
    if (!seen.has(id)) drafts.push(draftOf(li, own, template.reply, context, thread, known))
    seen.add(id)
    for (let at = below.length - 1; at >= 0; at--) stack.push({ li: below[at] as Element, parentId: id })
  }
}

/** A thread, and the post in it whose replies are read. */
type Branch = ThreadRef & { from: string }
interface Known extends Pick<Post, 'id' | 'parentId' | 'type' | 'group' | 'url'> {
  /** A notice: what some views print below it is a card of BuddyPress' own (type-parts, 10.0 and later). */
  bodiless?: boolean
}

function draftOf(
  li: Element,
  own: Element[],
  selectors: PostSelectors,
  context: Context,
  thread: ThreadRef,
  known: Known,
): Draft {
  const element = known.bodiless ? undefined : first(own, selectors.body)
  const body = element ? readBody(element, context.source, context.siteUrl, selectors) : EMPTY_BODY
  // Field by field: to spread three objects into one takes as long as to read them.
  const post: Post = {
    id: known.id,
    threadId: thread.root,
    parentId: known.parentId,
    type: known.type,
    group: known.group,
    author: readAuthor(first(own, selectors.header), avatarOf(own, selectors), context.url),
    when: UNKNOWN_WHEN,
    html: body.html,
    text: body.text,
    truncated: body.truncated,
    edited: selectors.edited !== undefined && first(own, selectors.edited) !== undefined,
    url: known.url,
    attachments: selectors.media
      ? [...body.attachments, ...besides(li, own, selectors.media, context)]
      : body.attachments,
    links: body.links,
  }
  return { date: findDate(li, own, selectors), post }
}

/** BuddyBoss says which reply a list answers (`ul[data-parent_comment_id]`), also where it nests no deeper. */
function namedParent({ parent }: Element, seen: ReadonlySet<string>): string | undefined {
  const id = parent && 'attribs' in parent ? parent.attribs['data-parent_comment_id'] : undefined
  return id !== undefined && seen.has(id) ? id : undefined
}

/** Attachments that stand beside the body, and the link that an item is about. */
const besides = (li: Element, own: readonly Element[], media: string, { siteUrl }: Context): Post['attachments'] => [
  ...every(own, media).flatMap(wrapper => mediaIn(wrapper, siteUrl)),
  ...linkPreviewOf(li, siteUrl),
]
