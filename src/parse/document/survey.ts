import type { Element } from 'domhandler'
import { elementsBelow, first, type Markup, matches } from './dom.js'

/** A page, taken apart once: the items of its stream, and everything around them. */
export interface Survey {
  markup: Markup
  /** `li#activity-N`, in document order, none nested in another. */
  items: Element[]
  /** All elements outside the items and outside what members wrote about groups. */
  outside: Element[]
}

/** Old versions let members write classes and ids: descriptions and the like are not entered. */
const MEMBER_TEXT = '.group-description, .group-desc, .item-desc, .bp-feedback-message, #item-meta > *'

export function survey(markup: Markup): Survey {
  const items: Element[] = []
  const outside: Element[] = []
  for (const element of elementsBelow(markup.root, element => !isItem(element) && !matches(element, MEMBER_TEXT))) {
    ;(isItem(element) ? items : outside).push(element)
  }
  return { markup, items, outside }
}

/** Menus and filters have ids such as `activity-filter-select`, too: an item's ends in its number. */
const isItem = (element: Element): boolean =>
  element.name === 'li' && /^(?:bb-rl-|bp-)?activity-\d+$/.test(element.attribs['id'] ?? '')

export const find = (page: Survey, selector: string): Element | undefined => first(page.outside, selector)
