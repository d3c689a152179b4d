import type { Element, ElementContent, Properties } from 'hast'
import { isVisible } from '../text.js'

/** Functions that test and flatten HTML trees, for `html-rules.ts` and `html-structure.ts`. */

const BLOCKS = /^(p|div|pre|blockquote|ul|ol|li|dl|dt|dd|table|caption|thead|tbody|tfoot|tr|td|th)$/
const NON_INLINE = /^(pre|blockquote|ul|ol|dl|table)$/

export const element = (tagName: string, children: ElementContent[], properties: Properties = {}): Element => ({
  ...{ type: 'element', tagName },
  ...{ properties, children },
})

export const text = (value: string): ElementContent => ({ type: 'text', value })

export const isElement = (node: ElementContent): node is Element => node.type === 'element'

const some = (nodes: readonly ElementContent[], test: (node: Element) => boolean): boolean =>
  nodes.some(node => isElement(node) && (test(node) || some(node.children, test)))

export const hasBlock = (nodes: readonly ElementContent[]): boolean => some(nodes, node => BLOCKS.test(node.tagName))

/** True if the nodes hold a list, a table or another block that markdown cannot write on one line. */
export const hasNonInline = (nodes: readonly ElementContent[]): boolean =>
  some(nodes, node => NON_INLINE.test(node.tagName))

export const hasBreak = (nodes: readonly ElementContent[]): boolean => some(nodes, node => node.tagName === 'br')

/** True for nodes without visible text and images: markdown delimiters around them would enclose nothing. */
export const isBlank = (nodes: readonly ElementContent[]): boolean =>
  nodes.every(node =>
    isElement(node) ? node.tagName !== 'img' && isBlank(node.children) : node.type !== 'text' || !isVisible(node.value),
  )

/** Turns blocks into inline content, for places that hold one line. */
export function inline(children: readonly ElementContent[]): ElementContent[] {
  if (!hasBlock(children)) return [...children]
  return children.flatMap(node => {
    if (!isElement(node)) return [node]
    if (node.tagName === 'pre') return [text(' '), ...oneLine(node.children), text(' ')]
    if (BLOCKS.test(node.tagName)) return [text(' '), ...inline(node.children), text(' ')]
    return [element(node.tagName, inline(node.children), node.properties)]
  })
}

/** Removes the line feeds of code: an empty line would end the block, and the rest would be read as markdown. */
const oneLine = (children: readonly ElementContent[]): ElementContent[] =>
  children.flatMap(node => {
    if (!isElement(node)) return node.type === 'text' ? [text(node.value.replace(/\s+/g, ' '))] : []
    return node.tagName === 'br' ? [text(' ')] : [element(node.tagName, oneLine(node.children), node.properties)]
  })

/** Replaces elements of this name by their content. */
export function unwrap(children: readonly ElementContent[], name: string): ElementContent[] {
  return children.flatMap(node => {
    if (!isElement(node)) return [node]
    const inner = unwrap(node.children, name)
    return node.tagName === name ? inner : [element(node.tagName, inner, node.properties)]
  })
}

/** Wraps the visible part of a line; breaks and spaces at its edges stay outside, because a delimiter cannot close after them. */
export function wrapVisible(
  line: readonly ElementContent[],
  wrap: (visible: ElementContent[]) => ElementContent[],
): ElementContent[] {
  if (isBlank(line)) return [...line]
  const start = line.findIndex(node => !isBlank([node]))
  const end = line.findLastIndex(node => !isBlank([node])) + 1
  return [...line.slice(0, start), ...wrap(line.slice(start, end)), ...line.slice(end)]
}
