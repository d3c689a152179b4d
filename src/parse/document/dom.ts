import { type AnyNode, type Document, type Element, isTag, isText } from 'domhandler'
import { withoutNul } from '../../model/markup/storable-text.js'
import { withoutCutTags } from './excerpts.js'
import { type Test, testOf } from './selector.js'
import { buildTree } from './tree-builder.js'

/** A parsed page or fragment with its source, so that bodies can be cut out exactly as the site wrote them. */
export interface Markup {
  root: Document
  source: string
}

export function parseMarkup(page: string): Markup {
  const source = withoutCutTags(withoutNul(page))
  return { root: buildTree(source), source }
}

export const matches = (element: Element, selector: string): boolean => testOf(selector)(element)

export const first = (elements: readonly Element[], selector: string): Element | undefined =>
  elements.find(testOf(selector))

export const every = (elements: readonly Element[], selector: string): Element[] => elements.filter(testOf(selector))

export const classes = (element: Element | undefined): string[] => element?.attribs['class']?.split(/\s+/) ?? []

/**
 * All elements below `node` in document order. `enter` decides whether to search inside an element, so that callers can skip
 * the text of members, and replies when they look for the date of the parent.
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

/** Only elements go on the stack: half of all nodes are white space between tags. */
function pushElements(nodes: readonly AnyNode[], stack: Element[]): void {
  for (let at = nodes.length - 1; at >= 0; at--) {
    const node = nodes[at] as AnyNode
    if (isTag(node)) stack.push(node)
  }
}

/** Pushes the last child first, so that the stack returns the children in order. A loop, because a spread has a length limit. */
function pushChildren(node: AnyNode, stack: AnyNode[]): void {
  if (!('children' in node)) return
  for (let at = node.children.length - 1; at >= 0; at--) stack.push(node.children[at] as AnyNode)
}

/** The unchanged text of all nodes below; `<br>` is a line feed. Elements that `enter` rejects are left out. */
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

/** Replaces each run of white space by one space. Not touching single spaces, the usual case, makes this three times as fast. */
export const collapseSpace = (text: string): string => text.replace(/[^\S ]\s*| \s+/g, ' ')

/** The text of one-line fields (names, dates, titles), with white space collapsed and trimmed. */
export const lineOf = (node: AnyNode | undefined, enter?: Test): string =>
  node ? collapseSpace(rawTextOf(node, enter)).trim() : ''

/** The text of a link. A link ends where another link begins, as in browsers; this markup parser nests them. */
export const linkText = (anchor: Element | undefined): string =>
  lineOf(anchor, element => element === anchor || element.name !== 'a')

/** The elements that are inside no other of them. `elements` are in document order. */
export function outermost(elements: readonly Element[]): Element[] {
  const inner = new Set<Element>()
  return elements.filter(element => {
    if (inner.has(element)) return false
    for (const below of elementsBelow(element)) inner.add(below)
    return true
  })
}
