import { type Element, isTag, isText } from 'domhandler'
import { elementsBelow, lineOf, linkText } from '../document/dom.js'
import { addressOf, isOwnAddress } from './own-address.js'

const BLOCKS = new Set('p div li header article section h1 h2 h3 h4 h5 h6 td blockquote'.split(' '))

/** True if nothing comes before the link in its block: the sentence of an activity begins with its author. */
export function isLeading(link: Element): boolean {
  let at: Element = link
  while (at.parent && isTag(at.parent) && isFirst(at)) {
    at = at.parent
    if (BLOCKS.has(at.name)) return true
  }
  return false
}

function isFirst(element: Element): boolean {
  for (const node of element.parent?.children ?? []) {
    if (node === element) return true
    if (isText(node) ? node.data.trim() !== '' : lineOf(node) !== '') return false
  }
  return false
}

/**
 * The links of the sentence "Ann posted an update in the group Bees 2 days ago", where the theme has no known element for it: those in
 * the block with the author, or for a deleted author in the block with the link to the post.
 */
export function sentenceLinks(links: readonly Element[], id: string, profile: string | null): Element[] {
  const named = links.filter(link => linkText(link) !== '')
  const author = profile ? named.find(link => link.attribs['href'] === profile) : named.find(isLeading)
  const place = author ?? named.find(link => isOwnAddress(addressOf(link), id))
  const block = place && blockOf(place)
  const inside = new Set(block ? elementsBelow(block) : [])
  return links.filter(link => inside.has(link))
}

function blockOf(link: Element): Element | undefined {
  let at = link.parent
  while (at && isTag(at) && !BLOCKS.has(at.name)) at = at.parent
  return at && isTag(at) ? at : undefined
}
