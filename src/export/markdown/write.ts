import type { Image, Link, RootContent } from 'mdast'
import { gfmToMarkdown } from 'mdast-util-gfm'
import { type Handle, type Info, type Options, type State, toMarkdown } from 'mdast-util-to-markdown'
import { destination } from './urls.js'

/** Markdown blocks to text that GitHub and pandoc read alike, ending in a line feed. */
export const write = (blocks: RootContent[]): string => toMarkdown({ type: 'root', children: blocks }, OPTIONS)

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

/** No entity in it, since readers differ on `<…&amp;…>`. */
function isItsOwnText({ url, children: [only, second] }: Link): boolean {
  if (second || only?.type !== 'text' || only.value !== url) return false
  return /^https?:\/\/[\w.~:/?#@!$&+,;=%-]+$/.test(url) && !/&#?\w+;/.test(url)
}
