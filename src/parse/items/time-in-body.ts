import { type AnyNode, type Element, isTag, isText } from 'domhandler'
import { activityIdOf } from '../../model/urls.js'
import { classes, elementsBelow, lineOf } from '../document/dom.js'
import { isDateOnly } from '../relative/index.js'

/**
 * The time at the end of a body. An activity without an action sentence has no place for it, so BuddyPress prints it behind the text
 * of the member (bp-activity-template.php, bp_get_activity_content_body): a link to the post around `span.time-since`, or on the
 * page of the post the `span` alone. Only the last thing in a body counts, because members may have written the same classes.
 */
export function timeInBody(body: AnyNode & { children: AnyNode[] }, id: string): Element[] {
  const last = lastWith(body, id)
  return last ? [last] : []
}

/** The outermost element of the time, if nothing but white space follows it in the body. */
function lastWith(body: AnyNode & { children: AnyNode[] }, id: string): Element | undefined {
  for (let at = body; ; ) {
    const last = at.children.findLast(node => !isText(node) || node.data.trim() !== '')
    if (!last || !isTag(last)) return undefined
    if (isTime(last, id)) return last
    at = last
  }
}

const isTime = (element: Element, id: string): boolean =>
  element.name === 'a' ? isTimeLink(element, id) : classes(element).includes('time-since') && isDated(element)

/** The link leads to this post; text and class alone could be those of a link to another post. */
function isTimeLink(link: Element, id: string): boolean {
  if (!classes(link).includes('activity-time-since')) return false
  const href = link.attribs['href'] ?? ''
  return (idIn(href) === id || href.includes(`acomment-${id}`)) && elementsBelow(link).some(isDated)
}

const isDated = (element: Element): boolean =>
  element.attribs['data-livestamp'] !== undefined ||
  element.attribs['data-bp-timestamp'] !== undefined ||
  isDateOnly(lineOf(element))

/** Any base serves, because only the path is read. */
const idIn = (href: string): string | null => (URL.canParse(href, BASE) ? activityIdOf(new URL(href, BASE).href) : null)
const BASE = 'http://site/'
