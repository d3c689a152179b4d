import type { Code, Link, RootContent, Text } from 'mdast'
import { gfmToMarkdown } from 'mdast-util-gfm'
import { type Handle, type Info, type Options, type State, toMarkdown } from 'mdast-util-to-markdown'
import { destination } from '../body/urls.js'
import { typed } from './escape.js'
import { fastParagraph, isItsOwnText } from './fast-paragraph.js'

/** The text of markdown blocks, with a line feed at its end. GitHub and pandoc read it in the same way. */
export function write(blocks: readonly RootContent[]): string {
  const parts: string[] = []
  for (const block of blocks) {
    const part = block.type === 'paragraph' ? fastParagraph(block) : null
    if (part === null) break
    parts.push(`${part}\n`)
  }
  // The library writes all blocks from the first other block on, because lists depend on their neighbours.
  if (parts.length < blocks.length) parts.push(writeSlowly(blocks.slice(parts.length)))
  return parts.join('\n')
}

/** The same text, written by the library only. */
export const writeSlowly = (blocks: RootContent[]): string => toMarkdown({ type: 'root', children: blocks }, OPTIONS)

/** Writes a link with an unescaped URL, which people can copy from the raw text; the library would write `?a=1\&b=2`. */
const writeLink: Handle = (node: Link, _parent, state: State, info: Info) =>
  isItsOwnText(node) ? `<${node.url}>` : `[${label(node, state, info)}](${destination(node.url)})`
/** `peek`: its first character, which decides about escapes before it. */
const link = Object.assign(writeLink, { peek: (node: Link) => (isItsOwnText(node) ? '<' : '[') })

const text: Handle = (node: Text, _parent, _state, { before, after }: Info) =>
  // A backslash is a hard break.
  typed(node.value, { startsLine: before === '\n', after: /^[\s\\]*$/.test(after) ? '' : after })

/** Blocks of code always have a language, because a note tool runs code of languages of its own. */
const code: Handle = ({ value, lang }: Code) => {
  const longest = Math.max(2, ...[...value.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${lang ?? 'text'}\n${value}\n${fence}`
}

/** The bullet `-` is for replies only: nobody can write a list that looks like replies. */
const OPTIONS: Options = {
  ...{ bullet: '*', bulletOther: '+', listItemIndent: 'one', fences: true },
  extensions: [gfmToMarkdown(), { handlers: { link, text, code } }],
}

function label(node: Link, state: State, info: Info): string {
  const exits = [state.enter('link'), state.enter('label')]
  const text = state.containerPhrasing(node, { ...info, before: '[', after: ']' })
  for (const exit of exits.reverse()) exit()
  return text
}
