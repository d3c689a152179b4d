import type { Delete, Image, InlineCode, Nodes, Paragraph, PhrasingContent, RootContent, Text } from 'mdast'
import { closeDirections } from './directions.js'
import { withTypedLinks } from './phrasing.js'

/** Repairs results of the converter that markdown cannot express, or that a reader would take for more: pictures, commands in code, directions. */
export function fixupMdast<Block extends Nodes>(blocks: readonly Block[], inLink = false): Block[] {
  for (const block of blocks) if ('children' in block) repair(block, inLink || block.type === 'link')
  return blocks.filter(block => block.type !== 'paragraph' || block.children.length > 0)
}

function repair(node: Extract<Nodes, { children: unknown[] }>, inLink: boolean): void {
  const fixed = fixupMdast(node.children as RootContent[], inLink).map(asText)
  const children = withTypedLinks(merge(fixed.flatMap(child => asLink(child, inLink))), inLink)
  node.children = children.flatMap((child, at) =>
    child.type === 'delete' ? spaced(child, children[at - 1], children[at + 1]) : [child],
  ) as typeof node.children
  if (node.type === 'paragraph') trimBreaks(node)
  if (node.type === 'paragraph' || node.type === 'tableCell') closeDirections(node)
}

/** No document shows a picture of another site, which would tell that site who reads it: a link with its words. A local copy is shown. */
function asLink(node: RootContent, inLink: boolean): RootContent[] {
  if (node.type !== 'image' || !HAS_SCHEME.test(node.url)) return [node]
  const words: Text = { type: 'text', value: pictureWords(node) }
  return [inLink ? words : { type: 'link', url: node.url, children: [words] }]
}

/** Each address of a site has a scheme, and the path of a local copy has none. */
const HAS_SCHEME = /^[a-z][a-z\d+.-]*:/i

const pictureWords = ({ alt }: Image): string =>
  alt?.trim() ? `${alt.trim().replace(/\s+/g, ' ')} (picture)` : 'picture'

/** Merges adjacent nodes of the same mark (emphasis, strong, deletion, code), whose delimiters would run together, and adjacent texts. */
function merge(nodes: readonly RootContent[]): RootContent[] {
  const merged: RootContent[] = []
  for (const node of nodes) {
    const last = merged.at(-1)
    if (last && isMark(last) && isMark(node) && last.type === node.type) last.children.push(...node.children)
    else if (last && isWords(last) && isWords(node) && last.type === node.type) last.value += node.value
    else merged.push(node)
  }
  return merged
}

/** Code that a note tool runs, or looks into: Dataview, Quarto, Templater, Jekyll and Hugo. */
const RUN = /^\s*(?:=|\$|\{|r )|\{\{|\{%|<%/
const RUN_IN_BLOCKS = /\{\{|\{%|<%/

/** Such code becomes text, in which a backslash keeps it from running; code has no escapes. */
function asText(node: RootContent): RootContent {
  if (node.type === 'inlineCode' && RUN.test(node.value)) return { type: 'text', value: node.value }
  if (node.type !== 'code' || !RUN_IN_BLOCKS.test(node.value)) return node
  const lines = node.value.split('\n').map(line => line.replace(/^\s*/, indent => indentOf(indent)) || '\u00a0')
  return {
    type: 'paragraph',
    children: lines.flatMap((value, at) => [
      ...(at > 0 ? [{ type: 'break' as const }] : []),
      { type: 'text' as const, value },
    ]),
  }
}

/** Spaces at the start of a line of text would get lost. */
const indentOf = (indent: string): string => '\u00a0'.repeat(indent.replaceAll('\t', '    ').length)

/** Adds spaces around a deletion: `a~~(b)~~c` is no deletion in GFM, and the library encodes its edges for `*` only. */
function spaced(node: Delete, before: RootContent | undefined, after: RootContent | undefined): RootContent[] {
  const first = node.children[0]
  const last = node.children.at(-1)
  if (/^\s/.test(textOf(first)) || /\s$/.test(textOf(last))) return node.children
  const space: RootContent = { type: 'text', value: ' ' }
  const opens = WORD_START.test(textOf(first)) || !WORD_END.test(textOf(before))
  const closes = WORD_END.test(textOf(last)) || !WORD_START.test(textOf(after))
  return [...(opens ? [] : [space]), node, ...(closes ? [] : [space])]
}

const WORD_START = /^[^\s\p{P}\p{S}]/u
const WORD_END = /[^\s\p{P}\p{S}]$/u

/** The text of a text node; empty for other nodes, which begin and end with a delimiter. */
const textOf = (node: RootContent | PhrasingContent | undefined): string => (node?.type === 'text' ? node.value : '')

type Mark = Extract<PhrasingContent, { type: 'emphasis' | 'strong' | 'delete' }>

const isWords = (node: RootContent): node is Text | InlineCode => node.type === 'text' || node.type === 'inlineCode'

const isMark = (node: RootContent): node is Mark => /^(emphasis|strong|delete)$/.test(node.type)

function trimBreaks(paragraph: Paragraph): void {
  const start = paragraph.children.findIndex(isVisibleNode)
  const end = paragraph.children.findLastIndex(isVisibleNode) + 1
  paragraph.children = paragraph.children.slice(Math.max(start, 0), end)
}

const isVisibleNode = (node: PhrasingContent): boolean =>
  node.type !== 'break' && (node.type !== 'text' || node.value.trim() !== '')
