import type { Element, ElementContent, Properties } from 'hast'
import { isVisible } from '../text.js'

/** Helpers of `tidy.ts`: questions about HTML trees, and flattening them. */

const BLOCKS = /^(p|div|pre|blockquote|ul|ol|li|dl|dt|dd|table|thead|tbody|tfoot|tr|td|th)$/
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

/** Holds a list, a table and the like, which can't be written on one line of prose. */
export const hasNonInline = (nodes: readonly ElementContent[]): boolean =>
  some(nodes, node => NON_INLINE.test(node.tagName))

export const hasBreak = (nodes: readonly ElementContent[]): boolean => some(nodes, node => node.tagName === 'br')

/** No text and no picture: the marks around it would stand alone. */
export const isBlank = (nodes: readonly ElementContent[]): boolean =>
  nodes.every(node =>
    isElement(node) ? node.tagName !== 'img' && isBlank(node.children) : node.type !== 'text' || !isVisible(node.value),
  )

/** Blocks made a run of text, for places that hold one line. */
export function inline(children: readonly ElementContent[]): ElementContent[] {
  if (!hasBlock(children)) return [...children]
  return children.flatMap(node => {
    if (!isElement(node)) return [node]
    if (node.tagName === 'pre') return [text(' '), ...oneLine(node.children), text(' ')]
    if (BLOCKS.test(node.tagName)) return [text(' '), ...inline(node.children), text(' ')]
    return [element(node.tagName, inline(node.children), node.properties)]
  })
}

/** Code keeps its line feeds, and an empty line would end it and set free what stands behind. */
const oneLine = (children: readonly ElementContent[]): ElementContent[] =>
  children.flatMap(node => {
    if (!isElement(node)) return node.type === 'text' ? [text(node.value.replace(/\s+/g, ' '))] : []
    return node.tagName === 'br' ? [text(' ')] : [element(node.tagName, oneLine(node.children), node.properties)]
  })

/** Takes elements of this name away and leaves their content. */
export function unwrap(children: readonly ElementContent[], name: string): ElementContent[] {
  return children.flatMap(node => {
    if (!isElement(node)) return [node]
    const inner = unwrap(node.children, name)
    return node.tagName === name ? inner : [element(node.tagName, inner, node.properties)]
  })
}

/** Wraps what shows; breaks and spaces at the edges stay outside, where a mark could not close after them. */
export function wrapVisible(
  line: readonly ElementContent[],
  wrap: (seen: ElementContent[]) => ElementContent[],
): ElementContent[] {
  if (isBlank(line)) return [...line]
  const start = line.findIndex(node => !isBlank([node]))
  const end = line.findLastIndex(node => !isBlank([node])) + 1
  return [...line.slice(0, start), ...wrap(line.slice(start, end)), ...line.slice(end)]
}
