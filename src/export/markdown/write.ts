import type { Image, Link, RootContent } from 'mdast'
import { gfmToMarkdown } from 'mdast-util-gfm'
import { type Handle, type Info, type Options, type State, toMarkdown } from 'mdast-util-to-markdown'
import { fastParagraph, isItsOwnText } from './fast-paragraph.js'
import { destination } from './urls.js'

/** Markdown blocks to text that GitHub and pandoc read alike, ending in a line feed. */
export function write(blocks: readonly RootContent[]): string {
  const parts: string[] = []
  for (const block of blocks) {
    const part = block.type === 'paragraph' ? fastParagraph(block) : null
    if (part === null) break
    parts.push(`${part}\n`)
  }
  // From the first block on that is not plain prose, since lists mind their neighbours.
  if (parts.length < blocks.length) parts.push(writeSlowly(blocks.slice(parts.length)))
  return parts.join('\n')
}

/** The same without the short cut for plain prose. */
export const writeSlowly = (blocks: RootContent[]): string => toMarkdown({ type: 'root', children: blocks }, OPTIONS)

/** The library would write `?a=1\&b=2`; a URL that people copy out of the raw text should work. */
const writeLink: Handle = (node: Link, _parent, state: State, info: Info) =>
  isItsOwnText(node) ? `<${node.url}>` : `[${label(node, state, info)}](${destination(node.url)})`
/** `peek`: what it will begin with, which decides about escapes before it. */
const link = Object.assign(writeLink, { peek: (node: Link) => (isItsOwnText(node) ? '<' : '[') })

const writeImage: Handle = (node: Image, _parent, state: State) => {
  const exit = state.enter('label')
  const alt = state.safe((node.alt ?? '').replace(/\s+/g, ' '), { before: '[', after: ']' })
  exit()
  return `![${alt}](${destination(node.url)})`
}
const image = Object.assign(writeImage, { peek: () => '!' })

/** `-` is ours alone, for replies: a list of a body can't run into them. `$` is math for GitHub. */
const OPTIONS: Options = {
  ...{ bullet: '*', bulletOther: '+', listItemIndent: 'one', fences: true },
  extensions: [gfmToMarkdown(), { handlers: { link, image }, unsafe: [{ character: '$', inConstruct: 'phrasing' }] }],
}

function label(node: Link, state: State, info: Info): string {
  const exits = [state.enter('link'), state.enter('label')]
  const text = state.containerPhrasing(node, { ...info, before: '[', after: ']' })
  for (const exit of exits.reverse()) exit()
  return text
}
