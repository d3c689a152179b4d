import { load } from 'cheerio/slim'
import { toMdast } from 'hast-util-to-mdast'
import type { Paragraph, RootContent } from 'mdast'
import type { StoredPost } from '../../model/archive.js'
import { cleanText } from '../text.js'
import { type BodyContext, DROPPED, toHast } from './hast.js'
import { placeElements } from './html-structure.js'
import { fixupMdast } from './mdast-fixups.js'

/** A post's body as markdown blocks; never HTML, headings or thematic breaks. `used`: the URLs of its links and images. */
export function bodyBlocks(post: StoredPost): { blocks: RootContent[]; used: ReadonlySet<string> } {
  const context: BodyContext = { base: post.url, used: new Set() }
  const blocks = post.html.trim() === '' ? textBlocks(post.text) : htmlBlocks(post.html, context)
  return { blocks, used: context.used }
}

function htmlBlocks(html: string, context: BodyContext): RootContent[] {
  const isTooMuch = html.split('<', MAX_TAGS + 1).length > MAX_TAGS
  const nodes = load(isTooMuch ? wordsOf(html) : html, { xml: { xmlMode: false } }).root()[0]?.children ?? []
  const children = placeElements(toHast(nodes, context))
  const tree = toMdast({ type: 'root', children }, { document: true })
  if (tree.type !== 'root') return []
  return fixupMdast([tree]).flatMap(({ children }) => children)
}

/** Most tags of a post. Markup of more keeps its words only, because the following steps would take minutes. Real posts have a hundredth. */
const MAX_TAGS = 20_000

/** The HTML without its tags and without what is no text for readers; entities are left. */
function wordsOf(html: string): string {
  let words = ''
  let inside: string | null = null
  for (const [piece, end, tag] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)[^<>]*>|[^<]+|</gi)) {
    const name = tag?.toLowerCase()
    if (name === undefined) words += inside === null && piece !== '<' ? piece : ''
    else if (inside === null && !end && DROPPED.has(name)) inside = VOID.has(name) ? null : name
    else if (end && name === inside) inside = null
    if (name !== undefined) words += ' '
  }
  return words
}

const VOID = new Set(['base', 'embed', 'frame', 'input', 'link', 'meta'])

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
