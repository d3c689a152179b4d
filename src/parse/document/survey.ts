import type { Element } from 'domhandler'
import { elementsBelow, first, type Markup, matches } from './dom.js'

/** The elements of a page, collected once: the items of its stream, and all elements outside of them. */
export interface Survey {
  markup: Markup
  /** `li#activity-N`, in document order, none nested in another. */
  items: Element[]
  /** All elements outside of the items and of the texts of members about groups. */
  outside: Element[]
}

/** Elements that are not searched: old versions let members write classes and ids in descriptions. */
const MEMBER_TEXT = '.group-description, .group-desc, .item-desc, .bp-feedback-message, #item-meta > *'

export function survey(markup: Markup): Survey {
  const items: Element[] = []
  const outside: Element[] = []
  for (const element of elementsBelow(markup.root, element => !isItem(element) && !matches(element, MEMBER_TEXT))) {
    ;(isItem(element) ? items : outside).push(element)
  }
  return { markup, items, outside }
}

/** The id of an item ends in a number; menus and filters have ids such as `activity-filter-select`. */
const isItem = (element: Element): boolean =>
  element.name === 'li' && /^(?:bb-rl-|bp-)?activity-\d+$/.test(element.attribs['id'] ?? '')

export const find = (page: Survey, selector: string): Element | undefined => first(page.outside, selector)
