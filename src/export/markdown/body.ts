import { toMdast } from 'hast-util-to-mdast'
import type { Paragraph, RootContent } from 'mdast'
import type { StoredPost } from '../../model/archive.js'
import { bodyTree, textParagraphs } from '../body/body-tree.js'
import type { BodyContext } from '../body/hast.js'
import { applyRule } from '../body/html-rules.js'
import type { ExportContext } from '../exporter.js'
import { fixupMdast } from './mdast-fixups.js'

/** A post's body as markdown blocks; never HTML, headings or thematic breaks. `used`: the URLs of its links and images. */
export function bodyBlocks(
  post: StoredPost,
  local: ExportContext['media'],
): { blocks: RootContent[]; used: ReadonlySet<string> } {
  const context: BodyContext = { base: post.url, used: new Set(), rule: applyRule, ...(local && { local }) }
  const blocks = post.html.trim() === '' ? textParagraphs(post.text).map(lines) : htmlBlocks(post.html, context)
  return { blocks, used: context.used }
}

function htmlBlocks(html: string, context: BodyContext): RootContent[] {
  const tree = toMdast({ type: 'root', children: bodyTree(html, context) }, { document: true })
  if (tree.type !== 'root') return []
  return fixupMdast([tree]).flatMap(({ children }) => children)
}

const lines = (parts: readonly string[]): Paragraph => ({
  type: 'paragraph',
  children: parts.flatMap((value, at) => [...(at > 0 ? [{ type: 'break' as const }] : []), { type: 'text', value }]),
})
