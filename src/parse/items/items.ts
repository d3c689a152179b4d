import type { Element } from 'domhandler'
import { activityIdOf } from '../../model/addresses.js'
import type { Post } from '../../model/discussion.js'
import type { ThreadView, UnreadDates } from '../../model/page.js'
import { remarkOnDepth } from '../document/bounds.js'
import { classes, elementsBelow } from '../document/dom.js'
import { resolveUrl } from '../document/links.js'
import { byRuleOf } from '../templates/generic.js'
import { templateOf } from '../templates/index.js'
import type { Template } from '../templates/template.js'
import { altOf, isMemberAvatar } from './avatar.js'
import { faultsOf } from './checks.js'
import { dissect } from './dissect.js'
import { type Draft, datedPosts, draftOf, type ItemContext, isDeleted, unreadDates } from './drafts.js'
import { groupAmong } from './header.js'
import { kindOf } from './kind.js'
import { permalinkOf } from './permalink.js'
import { readReplies } from './replies.js'
import { dropSharedIds } from './shared-avatars.js'
import { threadOf, viewOf } from './threads.js'

interface Items {
  template: string | null
  posts: Post[]
  threads: ThreadView[]
  unreadDates?: UnreadDates | undefined
  sharedIds?: string[]
  warnings: string[]
  remarks?: string[]
}

/** What one template has read of an item and its replies. */
interface Reading {
  template: string
  drafts: Draft[]
  view: ThreadView | null
  /** What is wrong with it, one sentence for each post and fault. */
  faults: string[]
  /** Number of posts in which neither a date nor words that may be one were found. */
  undated: number
}

/** Reads items and their nested replies, in pre-order and without recursion, so that any depth works. */
export function readItems(items: readonly Element[], context: ItemContext): Items {
  const whole = { ...context, alts: altsOf(items) }
  const readings = items.map(item => bestReading(item, whole))
  const drafts = readings.flatMap(reading => reading.drafts)
  const sharedIds = dropSharedIds(drafts)
  const posts = datedPosts(drafts, context)
  const unread = unreadDates(drafts)
  const deep = drafts.filter(({ isDeep }) => isDeep)
  return {
    template: readings.find(({ view }) => view)?.template ?? null,
    posts,
    threads: readings.flatMap(({ view }) => view ?? []),
    warnings: [...readings.flatMap(({ faults }) => faults), ...lostAuthors(sharedIds, posts, context.url)],
    ...(deep.length > 0 && { remarks: deep.map(({ post }) => remarkOnDepth(post.id)) }),
    ...(unread && { unreadDates: unread }),
    ...(sharedIds.length > 0 && { sharedIds }),
  }
}

/** A sentence for the posts whose authors only their avatars name, which give all members the same number. */
function lostAuthors(sharedIds: readonly string[], posts: readonly Post[], page: string): string[] {
  const lost = sharedIds.length === 0 ? [] : posts.filter(({ author }) => author === null)
  if (lost.length === 0) return []
  const ids = lost.slice(0, 5).map(({ id }) => id)
  return [
    `The avatars on ${page} are the same for different members, so that ${lost.length} posts have no author: ${ids.join(', ')}${lost.length > 5 ? ', …' : ''}.`,
  ]
}

/** The alternative texts of the avatars of members, read once if they are needed. */
function altsOf(items: readonly Element[]): () => readonly string[] {
  let found: string[] | undefined
  return () => {
    found ??= [
      ...new Set(
        items
          .flatMap(item => elementsBelow(item))
          .filter(isMemberAvatar)
          .map(altOf),
      ),
    ]
    return found
  }
}

/** The reading by the template of the item's family, or by the rules for all themes if it has fewer faults. */
function bestReading(item: Element, context: ItemContext): Reading {
  const template = templateOf(item)
  const byTable = readItem(item, template, context)
  if (template.byRule || (byTable.faults.length === 0 && byTable.undated === 0)) return byTable
  const byRule = readItem(item, byRuleOf(template), context)
  return isBetter(byRule, byTable) ? byRule : byTable
}

/** A missing date alone is no fault, because a theme may print none; but where the rules find it, they read the item. */
function isBetter(rules: Reading, table: Reading): boolean {
  if (rules.drafts.length < table.drafts.length) return false
  return rules.faults.length === table.faults.length
    ? rules.undated < table.undated
    : rules.faults.length < table.faults.length
}

function readItem(item: Element, template: Template, context: ItemContext): Reading {
  const anatomy = dissect(item, template, template.item)
  const kind = kindOf(classes(item), template)
  const { id } = anatomy
  const permalink = permalinkOf(anatomy, template.item, context, kind.type === 'activity_comment')
  const thread = threadOf(id, kind.type, permalink)
  if (!thread) return leftOut(item, template, 'does not say to which thread it belongs')
  const profile = resolveUrl(anatomy.avatar.profile, context.url)
  const group =
    thread.root !== id ? undefined : kind.inGroup ? groupAmong(anatomy.links, { id, profile }, context) : null
  const hasNoBody = kind.isNotice(anatomy)
  const opening = draftOf(anatomy, template.item, context, {
    id,
    threadId: thread.root,
    parentId: thread.root === id ? null : undefined,
    type: kind.type,
    group,
    url: permalink ?? addressOnPage(context.url, id),
    hasNoBody,
  })
  if (!anatomy.body && !hasNoBody && !opening.post.author)
    return leftOut(item, template, 'has neither a text nor an author in a known place')
  const isHomeless = isDeleted(opening.post.author)
  const drafts = [opening]
  readReplies(anatomy.replies, template, context, { thread, from: id, group, isHomeless }, drafts)
  const faults = drafts.flatMap(draft =>
    faultsOf(draft, hasNoBody && draft === opening, context).map(
      fault => `Post ${draft.post.id} of ${context.url} is not read whole: ${fault}.`,
    ),
  )
  faults.push(...lostReplies(drafts, context.url))
  const shown = drafts.length
  const view = viewOf(anatomy.own, template, thread, { shown, hasReplies: kind.hasReplies, isThread: context.isThread })
  if (context.isThread && kind.hasReplies && shown === 1)
    faults.push(`Thread ${thread.root} has replies that its own page (${context.url}) does not show.`)
  return {
    template: template.name,
    drafts,
    view: faults.length > 0 ? { ...view, whole: false } : view,
    faults,
    undated: drafts.filter(({ date }) => date.exact === null && date.words === '').length,
  }
}

/** Replies to which the page has links, and whose elements have other ids than those of BuddyPress. */
function lostReplies(drafts: readonly Draft[], page: string): string[] {
  const read = new Set(drafts.map(({ post }) => post.id))
  const named = drafts.flatMap(({ anatomy }) =>
    anatomy.own.flatMap(one => REPLY.exec(one.attribs['href'] ?? '')?.[1] ?? []),
  )
  const lost = [...new Set(named)].filter(id => !read.has(id))
  return lost.map(id => `Reply ${id} of ${page} is not read: its element has no id that BuddyPress gives.`)
}

const REPLY = /[^#]#acomment-(\d+)$/

const leftOut = (item: Element, { name }: Template, why: string): Reading => ({
  template: name,
  drafts: [],
  view: null,
  faults: [`The item with the id "${item.attribs['id']}" ${why}, and was left out.`],
  undated: 0,
})

/** The page of a post has its number; on other pages the element has it. */
const addressOnPage = (page: string, id: string): string =>
  activityIdOf(page) === id ? page : `${page}#activity-${id}`
