import { type Element, isTag, isText } from 'domhandler'
import { classes, elementsBelow, lineOf, linkText } from '../document/dom.js'
import { isTool } from './generic/tools.js'
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
 * the block with the author, or for a deleted author in the block with the link to the post or its date.
 */
export function sentenceLinks(
  links: readonly Element[],
  { post, id, profile, times = [] }: { post: Element; id: string; profile: string | null; times?: readonly Element[] },
): Element[] {
  const named = links.filter(link => linkText(link) !== '')
  const author = profile ? named.find(link => link.attribs['href'] === profile) : named.find(isLeading)
  const place = author ?? named.find(link => isOwnAddress(addressOf(link), id)) ?? times[0]
  const others = named.filter(link => link.attribs['href'] !== profile && !isOwnAddress(addressOf(link), id))
  const block = place && blockWith(place, classes(post).includes('groups') ? others : [], post)
  const inside = new Set(block ? elementsBelow(block) : [])
  return links.filter(link => inside.has(link) || isNamedGroup(link))
}

/** The block with the sentence. A theme may print the group of an item in a block beside the author's: then the block around both. */
function blockWith(place: Element, others: readonly Element[], post: Element): Element | undefined {
  const around = elementsAround(others, post)
  const own = blockOf(place)
  let block = own
  while (block && block !== post && !around.has(block)) block = blockOf(block)
  return block && around.has(block) ? block : own
}

/** The elements of a post that any of the links is in. */
function elementsAround(links: readonly Element[], post: Element): Set<Element> {
  const around = new Set<Element>()
  for (const link of links)
    for (let at = link.parent; at && isTag(at) && at !== post && !around.has(at); at = at.parent) around.add(at)
  return around
}

/** BuddyBoss marks the links to groups, and prints some of them above the sentence. */
const isNamedGroup = ({ attribs }: Element): boolean =>
  attribs['data-bb-hp-group'] !== undefined || attribs['data-bp-hp-group'] !== undefined

function blockOf(link: Element): Element | undefined {
  let at = link.parent
  while (at && isTag(at) && !BLOCKS.has(at.name)) at = at.parent
  return at && isTag(at) ? at : undefined
}

/**
 * The link that names the author of a reply where nothing else tells it, and no sentence begins with it: "By Ann". It is the only one
 * with words that leads elsewhere. A deleted member has an empty link in its place, beside which no other is the author's.
 */
export function loneAuthor(links: readonly Element[], id: string): Element | undefined {
  const others = links.filter(link => !isTool(link) && !isOwnAddress(addressOf(link), id))
  const [only] = others
  return others.length === 1 && linkText(only) !== '' ? only : undefined
}
