import { toMdast } from 'hast-util-to-mdast'
import { parseDocument } from 'htmlparser2'
import type { Paragraph, RootContent } from 'mdast'
import type { StoredPost } from '../../model/archive.js'
import { wordsOfMarkup } from '../../model/markup/words-of-markup.js'
import { type BodyContext, DROPPED, toHast } from '../body/hast.js'
import { placeElements } from '../body/html-structure.js'
import { cleanText } from '../text.js'
import { fixupMdast } from './mdast-fixups.js'

/** A post's body as markdown blocks; never HTML, headings or thematic breaks. `used`: the URLs of its links and images. */
export function bodyBlocks(post: StoredPost): { blocks: RootContent[]; used: ReadonlySet<string> } {
  const context: BodyContext = { base: post.url, used: new Set() }
  const blocks = post.html.trim() === '' ? textBlocks(post.text) : htmlBlocks(post.html, context)
  return { blocks, used: context.used }
}

function htmlBlocks(html: string, context: BodyContext): RootContent[] {
  const isTooMuch = html.split('<', MAX_TAGS + 1).length > MAX_TAGS
  const nodes = parseDocument(isTooMuch ? wordsOfMarkup(html, DROPPED) : html).children
  const children = placeElements(toHast(nodes, context))
  const tree = toMdast({ type: 'root', children }, { document: true })
  if (tree.type !== 'root') return []
  return fixupMdast([tree]).flatMap(({ children }) => children)
}

/** Most tags of a post. Markup of more keeps its words only, because the following steps would take minutes. Real posts have a hundredth. */
const MAX_TAGS = 20_000

/** Posts of a text dump have no HTML: empty lines separate paragraphs, other line ends stay. */
const textBlocks = (text: string): RootContent[] =>
  cleanText(text)
    .split(/\n\s*\n/)
    .filter(part => part.trim() !== '')
    .map(part => lines(part.trim().split(/[ \t]*\n[ \t]*/)))

const lines = (parts: readonly string[]): Paragraph => ({
  type: 'paragraph',
  children: parts.flatMap((value, at) => [...(at > 0 ? [{ type: 'break' as const }] : []), { type: 'text', value }]),
})
