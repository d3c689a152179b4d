import type { Element } from 'domhandler'
import { activityIdOf } from '../../model/addresses.js'
import type { Post } from '../../model/discussion.js'
import type { ThreadView } from '../../model/page.js'
import { classes, first } from '../document/dom.js'
import { resolveUrl } from '../document/links.js'
import { templateOf } from '../templates/index.js'
import type { Template } from '../templates/template.js'
import { type Draft, datedPosts, draftOf, type ItemContext } from './drafts.js'
import { avatarOf, groupInHeader } from './header.js'
import { idOf, partsOf } from './parts.js'
import { readReplies } from './replies.js'
import { permalinkOf, threadOf, viewOf } from './threads.js'

export interface Items {
  template: string | null
  posts: Post[]
  threads: ThreadView[]
  warnings: string[]
}

/** Reads items and their nested replies, in pre-order and without recursion, so that any depth works. */
export function readItems(items: readonly Element[], context: ItemContext): Items {
  const drafts: Draft[] = []
  const result: Items = { template: null, posts: [], threads: [], warnings: [] }
  for (const li of items) {
    const template = templateOf(li)
    if (!template) {
      result.warnings.push(`The item with the id "${li.attribs['id']}" matches no known template and was left out.`)
      continue
    }
    readItem(li, template, context, drafts, result)
  }
  result.posts = datedPosts(drafts, context)
  return result
}

function readItem(li: Element, template: Template, context: ItemContext, drafts: Draft[], result: Items): void {
  const { own, replies } = partsOf(li, template)
  const names = classes(li)
  const header = first(own, template.item.header)
  const id = idOf(li, template.item)
  const permalink = permalinkOf(own, template.item, context.url)
  const url = activityIdOf(context.url) === id ? context.url : `${context.url}#activity-${id}`
  const thread = threadOf(id, names, permalink)
  const problem = thread ? problemOf(own, names, template) : 'does not say to which thread it belongs'
  if (problem) result.warnings.push(`The item with the id "${li.attribs['id']}" ${problem}, and was left out.`)
  if (!thread || problem) return
  result.template ??= template.name
  const inGroup = names[0] === 'groups'
  const profile = resolveUrl(avatarOf(own, template.item).profile, context.url)
  const group = thread.root !== id ? undefined : inGroup ? groupInHeader(header, profile, context) : null
  const start = drafts.length
  drafts.push(
    draftOf(li, own, template.item, context, {
      id,
      threadId: thread.root,
      parentId: thread.root === id ? null : undefined,
      type: names[1] || 'activity_update',
      group,
      url: permalink ?? url,
      hasNoBody: names.includes('mini'),
    }),
  )
  readReplies(replies, template, context, { ...thread, from: id, group }, drafts)
  result.threads.push(viewOf(own, template, thread, drafts.length - start, names, context.isThread))
}

/** Why an item cannot be read; null if it can. Only items of the class `mini` have no text: other themes put it elsewhere. */
const problemOf = (own: Element[], names: string[], template: Template): string | null =>
  names.includes('mini') || first(own, template.item.body) ? null : 'has no text in a known place'
