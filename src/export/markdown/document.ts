import type { Heading, Paragraph, RootContent } from 'mdast'
import type { Completeness, PostNode, StoredPost, StoredThread } from '../../model/archive.js'
import type { Attachment } from '../../model/discussion.js'
import { preOrder } from '../../model/tree.js'
import { openingOf } from '../record.js'
import { cleanLine, titleOf } from '../text.js'
import { bodyBlocks } from './body.js'
import { frontMatter } from './front-matter.js'
import { linked, openingHeader, type ParentPost, paragraph, replyHeader, text, unreadOpeningHeader } from './header.js'
import { write } from './write.js'

/** The deepest level of indentation of replies. Deeper replies stay at this level and begin with `↳` (docs/formats.md explains why). */
export const MAX_NESTING = 8

/** One thread as one markdown document with front matter. */
export function renderDocument(thread: StoredThread): string {
  const opening = openingOf(thread)
  const head = opening ? [openingHeader(opening, thread), ...content(opening.post)] : [unreadOpeningHeader(thread)]
  const blocks = [heading(1, titleOf(thread)), ...head, ...completenessNote(thread.completeness)]
  return `${frontMatter(thread)}\n${write(blocks)}${renderReplies(thread, opening)}`
}

function renderReplies(thread: StoredThread, opening: PostNode | undefined): string {
  const parents = parentsOf(thread)
  const replies = [...preOrder(thread.roots)].filter(node => node !== opening)
  if (replies.length === 0) return ''
  const title = replies.length === 1 ? '1 reply' : `${replies.length} replies`
  return `\n${write([heading(2, title)])}${replies.map(node => renderReply(node, parents.get(node) ?? 'unread')).join('')}`
}

/** A reply as a list item: only the first line has the bullet, and empty lines have no spaces. */
function renderReply(node: PostNode, parent: ParentPost): string {
  // A reply whose parent is not held has depth 0; it is an item of the outermost list, too.
  const depth = Math.max(node.depth, 1)
  const pad = '  '.repeat(Math.min(depth, MAX_NESTING))
  const blocks = [replyHeader(node, parent, depth > MAX_NESTING), ...content(node.post)]
  // Not `^` with the m flag: for JavaScript a line also starts after U+2028, for markdown it doesn't.
  const body = write(blocks).replace(/\n(?=[^\n])/g, `\n${pad}`)
  return `\n${pad.slice(2)}- ${body}`
}

function content(post: StoredPost): RootContent[] {
  if (post.forgotten) return [note('Forgotten.')]
  const { blocks, used } = bodyBlocks(post)
  const others = post.attachments.filter(attachment => !used.has(attachment.url))
  if (others.length > 0) return [...blocks, attachmentLine(others)]
  return blocks.length > 0 ? blocks : [note('No text.')]
}

const attachmentLine = (attachments: readonly Attachment[]): Paragraph =>
  paragraph(
    attachments.flatMap((attachment, at) => [
      text(at === 0 ? 'Attached: ' : ', '),
      linked(cleanLine(attachment.name ?? '') || attachment.kind, attachment.url),
    ]),
  )

function completenessNote({ state, held, claimed }: Completeness): Paragraph[] {
  if (state === 'complete') return []
  if (state === 'unknown') return [note('It is not known whether all posts of this thread were kept.')]
  return [note(`Kept in full: ${held}${claimed === null ? '' : ` of ${claimed}`} posts of this thread.`)]
}

function parentsOf(thread: StoredThread): Map<PostNode, PostNode> {
  const parents = new Map<PostNode, PostNode>()
  for (const node of preOrder(thread.roots)) for (const reply of node.replies) parents.set(reply, node)
  return parents
}

const heading = (depth: 1 | 2, title: string): Heading => ({ type: 'heading', depth, children: [text(title)] })

const note = (words: string): Paragraph => paragraph([{ type: 'emphasis', children: [text(words)] }])
