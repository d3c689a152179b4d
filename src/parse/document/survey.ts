import { type Element, isTag } from 'domhandler'
import { elementsBelow, first, type Markup, matches } from './dom.js'

/** The elements of a page, collected once: the items of its stream, and all elements outside of them. */
export interface Survey {
  markup: Markup
  /** `li#activity-N`, or another element with such an id, in document order, none nested in another. */
  items: Element[]
  /** All elements outside of the items and of the texts of members about groups. */
  outside: Element[]
}

/** Elements that are not searched: old versions let members write classes and ids in descriptions. */
const MEMBER_TEXT = '.group-description, .group-desc, .item-desc, .bp-feedback-message, #item-meta > *'

export function survey(markup: Markup): Survey {
  const items: Element[] = []
  const outside: Element[] = []
  const isEntered = (element: Element) => !isItem(element) && !matches(element, MEMBER_TEXT)
  for (const element of elementsBelow(markup.root, isEntered)) (isItem(element) ? items : outside).push(element)
  return { markup, items: items.filter(item => !isInWidget(item)), outside }
}

/** Menus and filters have ids such as `activity-filter-select`, and widgets such as `latest-activity-2`. */
function isItem(element: Element): boolean {
  const id = element.attribs['id']
  if (id === undefined || !ITEM_ID.test(id)) return false
  return (element.name === 'li' && KNOWN_ID.test(id)) || isPrintedByBuddyPress(element, id)
}

const ITEM_ID = /(?:^|[-_])activity-\d+$/
const KNOWN_ID = /^(?:bb-rl-|bp-)?activity-\d+$/

/** Elements of other names and ids count if they have the classes of an item, or the parts of one and no item inside. */
function isPrintedByBuddyPress(element: Element, id: string): boolean {
  if (ITEM_CLASS.test(element.attribs['class'] ?? '') || element.attribs['data-bp-activity-id'] !== undefined)
    return true
  const below = elementsBelow(element)
  const number = /\d+$/.exec(id)?.[0]
  const ownLink = new RegExp(`/p/${number}/?$|/activity/${number}/?$`)
  return (
    !below.some(one => ITEM_ID.test(one.attribs['id'] ?? '')) &&
    below.some(one => AVATAR_CLASS.test(one.attribs['class'] ?? '') || ownLink.test(one.attribs['href'] ?? ''))
  )
}

const ITEM_CLASS = /\bactivity-item\b|\bdate-recorded-\d|\bactivity_update\b/
const AVATAR_CLASS = /\buser-\d+-avatar\b/

/** Side bars list the latest or most liked items of the whole site with the same ids. */
const isInWidget = (item: Element): boolean => hasAncestor(item, '.widget, aside')

function hasAncestor(element: Element, selector: string): boolean {
  for (let at = element.parent; at && isTag(at); at = at.parent) if (matches(at, selector)) return true
  return false
}

export const find = (page: Survey, selector: string): Element | undefined => first(page.outside, selector)
