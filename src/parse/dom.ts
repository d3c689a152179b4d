import { load } from 'cheerio/slim'
import { compile } from 'css-select'
import { type AnyNode, type Document, type Element, isTag, isText } from 'domhandler'

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

type Test = (element: Element) => boolean
const compiled = new Map<string, Test>()

/** Compiled once per selector: the tables hold a few dozen. */
export function matches(element: Element, selector: string): boolean {
  let test = compiled.get(selector)
  if (!test) {
    test = compile<AnyNode, Element>(selector)
    compiled.set(selector, test)
  }
  return test(element)
}

export const first = (elements: readonly Element[], selector: string): Element | undefined =>
  elements.find(element => matches(element, selector))

export const every = (elements: readonly Element[], selector: string): Element[] =>
  elements.filter(element => matches(element, selector))

export const classes = (element: Element | undefined): string[] => element?.attribs['class']?.split(/\s+/) ?? []

/**
 * All elements below `node` in document order. `enter` says whether to look inside an element, so that one never
 * searches what a member wrote, nor a reply for its parent's date.
 */
export function elementsBelow(node: AnyNode, enter: (element: Element) => boolean = () => true): Element[] {
  const found: Element[] = []
  const stack: AnyNode[] = []
  pushChildren(node, stack)
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (!isTag(next)) continue
    found.push(next)
    if (enter(next)) pushChildren(next, stack)
  }
  return found
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

/** The same, white space folded. For one-line fields: names, dates, titles. */
export const lineOf = (node: AnyNode | undefined, enter?: Test): string =>
  node ? rawTextOf(node, enter).replace(/\s+/g, ' ').trim() : ''

/** A link ends where another one begins, as in browsers; this parser lets them nest. */
export const linkText = (anchor: Element | undefined): string =>
  lineOf(anchor, element => element === anchor || element.name !== 'a')
