import { load } from 'cheerio/slim'
import { type AnyNode, type Document, type Element, isTag, isText } from 'domhandler'
import { type Test, testOf } from './selector.js'

/** A parsed page or fragment with its source, so that bodies can be cut out as the site wrote them. */
export interface Markup {
  root: Document
  source: string
}

// Indices let a body be taken from the source as it came, which is cheaper and truer than writing the tree out again.
const OPTIONS = { xml: { xmlMode: false, decodeEntities: true, withStartIndices: true, withEndIndices: true } }

export function parseMarkup(source: string): Markup {
  return { root: load(source, OPTIONS).root()[0] as Document, source }
}

export const matches = (element: Element, selector: string): boolean => testOf(selector)(element)

export const first = (elements: readonly Element[], selector: string): Element | undefined =>
  elements.find(testOf(selector))

export const every = (elements: readonly Element[], selector: string): Element[] => elements.filter(testOf(selector))

export const classes = (element: Element | undefined): string[] => element?.attribs['class']?.split(/\s+/) ?? []

/**
 * All elements below `node` in document order. `enter` says whether to look inside an element, so that one never
 * searches what a member wrote, nor a reply for its parent's date.
 */
export function elementsBelow(node: AnyNode, enter: (element: Element) => boolean = () => true): Element[] {
  const found: Element[] = []
  const stack: Element[] = []
  if ('children' in node) pushElements(node.children, stack)
  for (let next = stack.pop(); next; next = stack.pop()) {
    found.push(next)
    if (enter(next)) pushElements(next.children, stack)
  }
  return found
}

/** Half of all nodes are white space between tags: they do not even go on the stack. */
function pushElements(nodes: readonly AnyNode[], stack: Element[]): void {
  for (let at = nodes.length - 1; at >= 0; at--) {
    const node = nodes[at] as AnyNode
    if (isTag(node)) stack.push(node)
  }
}

/** Last child first, so that a stack gives them back in order. A loop, because a spread has a limit. */
export function pushChildren(node: AnyNode, stack: AnyNode[]): void {
  if (!('children' in node)) return
  for (let at = node.children.length - 1; at >= 0; at--) stack.push(node.children[at] as AnyNode)
}

/** Text of all nodes below as it stands; `<br>` is a line feed. Elements that `enter` refuses are left out. */
export function rawTextOf(node: AnyNode, enter: Test = () => true): string {
  let text = ''
  const stack: AnyNode[] = [node]
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (isText(next)) text += next.data
    else if (isTag(next) && next.name === 'br') text += '\n'
    else if (!isTag(next) || enter(next)) pushChildren(next, stack)
  }
  return text
}

/** Each run of white space as one space. Single spaces, which are most, are left alone: that is three times as fast. */
export const collapseSpace = (text: string): string => text.replace(/[^\S ]\s*| \s+/g, ' ')

/** The same, white space folded. For one-line fields: names, dates, titles. */
export const lineOf = (node: AnyNode | undefined, enter?: Test): string =>
  node ? collapseSpace(rawTextOf(node, enter)).trim() : ''

/** A link ends where another one begins, as in browsers; this parser lets them nest. */
export const linkText = (anchor: Element | undefined): string =>
  lineOf(anchor, element => element === anchor || element.name !== 'a')
