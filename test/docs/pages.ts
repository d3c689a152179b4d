import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { anchorOf, pagesThere, ROOT } from '../../site/navigation.js'

/** The pages of the documentation as markdown sees them: blocks, links, anchors. */

export { ROOT }

/** Paths below the project, the README among them. */
export const PAGES: readonly string[] = ['README.md', ...pagesThere()]

export interface Block {
  page: string
  /** The line of its first fence. */
  line: number
  /** The heading of the second level above it. */
  section: string
  language: string
  text: string
}

export interface Page {
  name: string
  blocks: Block[]
  links: { href: string; line: number }[]
  anchors: Set<string>
  /** HTML that is no comment. */
  html: string[]
}

type Tree = ReturnType<typeof fromMarkdown>
type Node = Tree | Tree['children'][number]

const read = new Map<string, Page>()

export function pageOf(name: string): Page {
  const known = read.get(name)
  if (known) return known
  const page: Page = { name, blocks: [], links: [], anchors: new Set(), html: [] }
  const source = readFileSync(join(ROOT, name), 'utf8')
  collect(fromMarkdown(source, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }), {
    page,
    source,
    section: '',
  })
  read.set(name, page)
  return page
}

interface Reading {
  page: Page
  source: string
  section: string
}

function collect(node: Node, reading: Reading): void {
  const { page, source } = reading
  const { line = 0, offset = 0 } = node.position?.start ?? {}
  if (node.type === 'code')
    page.blocks.push({ page: page.name, line, section: reading.section, language: node.lang ?? '', text: node.value })
  // What only looks like an address is a link to some, and none that somebody wrote.
  if ((node.type === 'link' && /[[<]/.test(source[offset] ?? '')) || node.type === 'definition')
    page.links.push({ href: node.url, line })
  if (node.type === 'html' && !/^<!--.*-->$/s.test(node.value)) page.html.push(node.value)
  if (node.type === 'heading') addAnchor(page.anchors, wordsOf(node))
  if (node.type === 'heading' && node.depth <= 2) reading.section = wordsOf(node)
  if ('children' in node) for (const part of node.children) collect(part, reading)
}

/** The second heading of the same words gets a number. */
function addAnchor(anchors: Set<string>, heading: string): void {
  const anchor = anchorOf(heading)
  let number = 0
  while (anchors.has(number === 0 ? anchor : `${anchor}-${number}`)) number++
  anchors.add(number === 0 ? anchor : `${anchor}-${number}`)
}

const wordsOf = (node: Node): string =>
  'value' in node ? node.value : 'children' in node ? node.children.map(wordsOf).join('') : ''
