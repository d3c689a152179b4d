import { type Element, isTag } from 'domhandler'
import { classes, elementsBelow } from '../../document/dom.js'
import type { Template } from '../../templates/template.js'
import { isMemberAvatar } from '../avatar.js'
import { idOf, isReply } from '../parts.js'
import { isNamedAsReplies, TOOL_TAGS } from './tools.js'

/** The elements of a post without those of its replies, and the nearest replies, as elements of any name. */
export function partsByRule(post: Element, template: Template): { inside: Element[]; replies: Element[] } {
  const inside: Element[] = []
  const replies: Element[] = []
  const forged = new Set<Element>()
  elementsBelow(post, element => {
    const reply = isReply(element, template) && isPrinted(element, template)
    ;(reply ? replies : inside).push(element)
    // Members may have written any id into a text before BuddyPress 5.0.
    if (!reply && isText(element) && !forged.has(element)) for (const below of elementsBelow(element)) forged.add(below)
    return !reply && !TOOL_TAGS.has(element.name)
  })
  return { inside, replies: replies.filter(reply => !forged.has(reply)) }
}

const isText = (element: Element): boolean =>
  element.name === 'blockquote' ||
  classes(element).some(name => /(?:^|[-_])(?:activity-inner|acomment-content)$/.test(name))

/** BuddyPress prints an avatar or a link to the reply into each reply, and puts all into one list; an id alone may be anything. */
function isPrinted(reply: Element, template: Template): boolean {
  if (reply.name === 'li' && isListed(reply, template)) return true
  const id = idOf(reply, template.reply)
  // Replies below would be searched again at each level.
  return elementsBelow(reply, one => !isReply(one, template)).some(
    one => isMemberAvatar(one) || (one.attribs['href'] ?? '').endsWith(`#acomment-${id}`),
  )
}

const isListed = ({ parent }: Element, template: Template): boolean => {
  const list = parent?.parent
  return [parent, list].some(one => one && isTag(one) && (isNamedAsReplies(one) || isReply(one, template)))
}
