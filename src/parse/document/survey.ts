import { type Element, isTag } from 'domhandler'
import { elementsBelow, first, type Markup } from './dom.js'
import { type Test, testOf } from './selector.js'

/** The elements of a page, collected once: the items of its stream, and all elements outside of them. */
export interface Survey {
  markup: Markup
  /** `li#activity-N`, or another element with such an id, in document order, none nested in another. */
  items: Element[]
  /** All elements outside of the items and of the texts of members about groups. */
  outside: Element[]
}

/** Elements that are not searched: old versions let members write classes and ids in descriptions. */
const isMemberText = testOf('.group-description, .group-desc, .item-desc, .bp-feedback-message, #item-meta > *')

export function survey(markup: Markup): Survey {
  const items: Element[] = []
  const outside: Element[] = []
  const isItem = itemTest(markup)
  const isEntered = (element: Element) => !isItem(element) && !isMemberText(element)
  for (const element of elementsBelow(markup.root, isEntered)) (isItem(element) ? items : outside).push(element)
  return { markup, items: items.filter(item => !isInWidget(item)), outside }
}

/** The test for an item of a page. Menus and filters have ids such as `activity-filter-select`, and widgets such as `latest-activity-2`. */
function itemTest({ root }: Markup): (element: Element) => boolean {
  const results = new Map<Element, boolean>()
  let holders: ReadonlySet<Element> | undefined
  const isPrinted = (element: Element) => {
    holders ??= holdersOfItems(elementsBelow(root))
    return !holders.has(element) && hasPartsOfItem(element)
  }
  return element => {
    const id = element.attribs['id']
    if (id === undefined || !ITEM_ID.test(id)) return false
    if ((element.name === 'li' && KNOWN_ID.test(id)) || hasMarkOfItem(element)) return true
    const known = results.get(element) ?? isPrinted(element)
    results.set(element, known)
    return known
  }
}

const ITEM_ID = /(?:^|[-_])activity-\d+$/
const KNOWN_ID = /^(?:bb-rl-|bp-)?activity-\d+$/

const hasMarkOfItem = ({ attribs }: Element): boolean =>
  ITEM_CLASS.test(attribs['class'] ?? '') || attribs['data-bp-activity-id'] !== undefined

/** The elements around others with the id of an item, found in one walk: a search below each of them would take quadratic time. */
function holdersOfItems(elements: readonly Element[]): ReadonlySet<Element> {
  const holders = new Set<Element>()
  for (const element of elements.filter(({ attribs }) => ITEM_ID.test(attribs['id'] ?? '')))
    for (let at = element.parent; at && isTag(at) && !holders.has(at); at = at.parent) holders.add(at)
  return holders
}

/** Elements of other names and ids count if they have the parts of an item, and no item inside. */
function hasPartsOfItem(element: Element): boolean {
  const number = /(?<!\d)\d+$/.exec(element.attribs['id'] ?? '')?.[0]
  const ownLink = new RegExp(`/p/${number}/?$|/activity/${number}/?$`)
  return elementsBelow(element).some(
    one => AVATAR_CLASS.test(one.attribs['class'] ?? '') || ownLink.test(one.attribs['href'] ?? ''),
  )
}

const ITEM_CLASS = /\bactivity-item\b|\bdate-recorded-\d|\bactivity_update\b/
const AVATAR_CLASS = /\buser-\d+-avatar\b/

/** Side bars list the latest or most liked items of the whole site with the same ids. */
const isInWidget = (item: Element): boolean => hasAncestor(item, isWidget)

const isWidget = testOf('.widget, aside')

function hasAncestor(element: Element, test: Test): boolean {
  for (let at = element.parent; at && isTag(at); at = at.parent) if (test(at)) return true
  return false
}

export const find = (page: Survey, selector: string): Element | undefined => first(page.outside, selector)
