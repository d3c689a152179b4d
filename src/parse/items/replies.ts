import type { Element } from 'domhandler'
import type { Post } from '../../model/discussion.js'
import { first, outermost } from '../document/dom.js'
import { TEMPLATES } from '../templates/index.js'
import type { Template } from '../templates/template.js'
import { dissect } from './dissect.js'
import { type Draft, datedPosts, draftOf, type ItemContext } from './drafts.js'
import { isReply } from './parts.js'
import { linkedPermalink } from './permalink.js'
import { dropSharedIds } from './shared-avatars.js'
import type { ThreadRef } from './threads.js'

/** A thread, and the post in it whose replies are read (`from`). */
interface Branch {
  thread: ThreadRef
  from: string
  group: Post['group']
  isHomeless: boolean
}

/**
 * Reads all replies below the item, each with the nearest reply (or the item) above it as its parent. A repeated id in one tree is
 * read once, so that no post can be below itself.
 */
export function readReplies(
  replies: readonly Element[],
  template: Template,
  context: ItemContext,
  { thread, from, group, isHomeless }: Branch,
  drafts: Draft[],
): void {
  const seen = new Set([from])
  const stack = replies.map(li => ({ li, parentId: from })).reverse()
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { li, parentId } = next
    const anatomy = dissect(li, template, template.reply)
    const { id, replies: below } = anatomy
    const parent = namedParent(li, seen) ?? parentId
    const url = linkedPermalink(anatomy, template.reply, context.url) ?? `${thread.url ?? context.url}#acomment-${id}`
    const position = {
      id,
      threadId: thread.root,
      parentId: parent,
      type: 'activity_comment',
      group,
      url,
      isHomeless,
    }
    if (!seen.has(id)) drafts.push(draftOf(anatomy, template.reply, context, position))
    seen.add(id)
    for (let at = below.length - 1; at >= 0; at--) stack.push({ li: below[at] as Element, parentId: id })
  }
}

/** The parent that BuddyBoss names in the list of replies (`ul[data-parent_comment_id]`), also at the deepest level of nesting. */
function namedParent({ parent }: Element, seen: ReadonlySet<string>): string | undefined {
  const id = parent && 'attribs' in parent ? parent.attribs['data-parent_comment_id'] : undefined
  return id !== undefined && seen.has(id) ? id : undefined
}

/** Reads replies without their item: BuddyBoss' response to "View more comments" (activity_loadmore_comments). */
export function readDetachedReplies(
  elements: readonly Element[],
  branch: Branch,
  context: ItemContext,
): DetachedReplies {
  const template = TEMPLATES.find(one => elements.some(element => isReply(element, one)))
  if (!template) return { template: null, posts: [], hiding: [] }
  const drafts: Draft[] = []
  readReplies(outermost(elements.filter(element => isReply(element, template))), template, context, branch, drafts)
  const sharedIds = dropSharedIds(drafts)
  return {
    template: template.name,
    ...(sharedIds.length > 0 && { sharedIds }),
    posts: datedPosts(drafts, context),
    hiding: parentsOfHidden(elements),
  }
}

interface DetachedReplies {
  template: string | null
  sharedIds?: string[]
  posts: Post[]
  /** Ids of replies that have further replies, which this response does not hold. */
  hiding: string[]
}

/** The ids of the replies with a link "View 2 replies" below them. */
const parentsOfHidden = (elements: readonly Element[]): string[] =>
  elements.flatMap(list => {
    const parentId = list.attribs['data-parent_comment_id']
    return parentId && first(list.children.filter(isElement), '.acomments-view-more') ? [parentId] : []
  })

const isElement = (node: { type: string }): node is Element => node.type === 'tag'
