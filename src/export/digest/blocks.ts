import type { BlockContent, Heading, List, ListItem, Paragraph, PhrasingContent } from 'mdast'
import { paragraph, text } from '../markdown/phrasing.js'

/** The markdown blocks of a digest. */

export const heading = (depth: 1 | 2 | 3, children: PhrasingContent[]): Heading => ({
  type: 'heading',
  depth,
  children,
})

export const strong = (children: PhrasingContent[]): PhrasingContent => ({ type: 'strong', children })

export const code = (value: string): PhrasingContent => ({ type: 'inlineCode', value })

export const quote = (...lines: PhrasingContent[][]): BlockContent => ({
  type: 'blockquote',
  children: lines.map(paragraph),
})

export const item = (...children: BlockContent[]): ListItem => ({
  type: 'listItem',
  spread: children.length > 1,
  children,
})

export const list = (children: ListItem[]): List => ({
  type: 'list',
  ordered: false,
  spread: children.some(({ spread }) => spread === true),
  children,
})

/** `1 reply`, `2 replies`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`
}

/** The note after a shortened list. */
export const andMore = (more: number): Paragraph[] =>
  more === 0
    ? []
    : [paragraph([text(`And ${count(more, 'more', 'more')}: `), code('threadkeep changes'), text(' lists them.')])]
