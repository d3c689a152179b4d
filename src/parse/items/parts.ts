import { type AnyNode, type Element, isTag } from 'domhandler'
import { plainNumber } from '../../model/addresses.js'
import { elementsBelow, matches } from '../document/dom.js'
import { type Test, testOf } from '../document/selector.js'
import type { PostSelectors, Template } from '../templates/template.js'

/** The elements of one post. Replies are not searched, so that the parts of one post are never read as those of another. */
interface ItemParts {
  /** The elements that belong to this post alone. */
  own: Element[]
  /** The nearest replies below. */
  replies: Element[]
}

/**
 * The elements of one post. Bodies and the quotes of 1.x above a reply are not searched: members may have written any class or id
 * there (BuddyPress before 5.0 did not remove them).
 */
export function partsOf(li: Element, template: Template): ItemParts {
  const parts: ItemParts = { own: [], replies: [] }
  const isMemberText = memberTextTest(template)
  elementsBelow(li, element => {
    const reply = isReply(element, template)
    ;(reply ? parts.replies : parts.own).push(element)
    return !reply && !isMemberText(element)
  })
  return template.item.nonBody ? withFrame(parts, template, template.item.nonBody) : parts
}

/** Adds the parts of the template that are inside the element of the body: the header, for example, and replies. */
function withFrame({ own, replies }: ItemParts, template: Template, without: string): ItemParts {
  const bodies = own.filter(element => matches(element, template.item.body))
  const frames = bodies.flatMap(({ children }) => children.filter(isTag)).filter(child => matches(child, without))
  const parts = frames.map(frame => ({
    frame,
    ...partsOf(frame, { ...template, item: { ...template.item, nonBody: '' } }),
  }))
  return {
    own: [...own, ...parts.flatMap(part => [part.frame, ...part.own])],
    replies: [...replies, ...parts.flatMap(part => part.replies)],
  }
}

const QUOTE = '.activity-inreplyto'

/** Made once for a template: joining the selectors for each post takes longer than most of its tests. */
const MEMBER_TEXTS = new WeakMap<Template, Test>()

function memberTextTest(template: Template): Test {
  const known = MEMBER_TEXTS.get(template)
  if (known) return known
  const test = testOf(`${template.item.body}, ${template.reply.body}, ${QUOTE}`)
  MEMBER_TEXTS.set(template, test)
  return test
}

export const isReply = (node: AnyNode, template: Template): boolean => {
  const id = isTag(node) ? node.attribs['id'] : undefined
  return id !== undefined && template.reply.id.test(id)
}

export const idOf = (li: Element, selectors: PostSelectors): string =>
  plainNumber(selectors.id.exec(li.attribs['id'] ?? '')?.[1] ?? '')
