import type { BlockContent, Heading, List, ListItem, Paragraph, PhrasingContent } from 'mdast'
import type { Locale } from '../../model/locale/locale.js'
import { paragraph, text } from '../markdown/phrasing.js'
import { count } from '../text.js'

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

/** The note after a shortened list. */
export const andMore = (more: number, locale: Locale): Paragraph[] =>
  more === 0
    ? []
    : [
        paragraph([
          text(`And ${count(more, 'more', 'more', locale)}: `),
          code('threadkeep changes'),
          text(' lists them.'),
        ]),
      ]
