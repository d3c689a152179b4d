import { type AnyNode, type Element, isTag, isText } from 'domhandler'
import { classes, elementsBelow, lineOf } from '../document/dom.js'
import { isDateOnly } from '../relative/index.js'
import type { FoundTime } from './anatomy.js'
import { addressOf, isOwnAddress } from './own-address.js'

/**
 * The time at the end of a body. An activity without an action sentence has no place for it, so BuddyPress prints it behind the text
 * of the member (bp-activity-template.php, bp_get_activity_content_body): a link to the post around `span.time-since`, or on the
 * page of the post the `span` alone. Only the last thing in a body counts, because members may have written the same classes.
 */
export function timeInBody(body: AnyNode & { children: AnyNode[] }, id: string): Element[] {
  const last = lastWith(body, element => isTime(element, id))
  return last ? [last] : []
}

/**
 * The link at the end of a body that a theme has shortened itself: "Read more", with the address of the post. A member does not know that
 * address while writing.
 */
export const moreLink = (body: AnyNode & { children: AnyNode[] }, id: string): Element | undefined =>
  lastWith(body, element => element.name === 'a' && isOwnAddress(addressOf(element), id) && !isTime(element, id))

/** The outermost element of this kind, if nothing but white space follows it in the body. */
function lastWith(
  body: AnyNode & { children: AnyNode[] },
  isMeant: (element: Element) => boolean,
): Element | undefined {
  for (let at = body; ; ) {
    const last = at.children.findLast(node => (isText(node) ? node.data.trim() !== '' : !isEmptyParagraph(node)))
    if (!last || !isTag(last)) return undefined
    if (isMeant(last)) return last
    if (last.name === 'a') return undefined
    at = last
  }
}

const isTime = (element: Element, id: string): boolean =>
  element.name === 'a' ? isTimeLink(element, id) : classes(element).includes('time-since') && isDated(element)

/** The link leads to this post; text and class alone could be those of a link to another post. */
const isTimeLink = (link: Element, id: string): boolean =>
  classes(link).includes('activity-time-since') &&
  isOwnAddress(addressOf(link), id) &&
  elementsBelow(link).some(isDated)

const isDated = (element: Element): boolean =>
  element.attribs['data-livestamp'] !== undefined ||
  element.attribs['data-bp-timestamp'] !== undefined ||
  (isShort(element) && isDateOnly(lineOf(element)))

/** Characters of the markup of a time, a hundred in honest pages. To read longer ones at each level of nested ones would take quadratic time. */
const LONGEST = 1000

const isShort = ({ startIndex, endIndex }: Element): boolean => (endIndex ?? 0) - (startIndex ?? 0) <= LONGEST

/** The words of an element that holds a date. */
export const timeIn = (element: Element): FoundTime => ({
  words: lineOf(element),
  livestamp: element.attribs['data-livestamp'] ?? null,
})

/** A theme that puts paragraphs into a paragraph leaves an empty one behind them. */
const isEmptyParagraph = (node: AnyNode): boolean => isTag(node) && node.name === 'p' && node.children.length === 0
