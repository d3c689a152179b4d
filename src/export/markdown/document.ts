import type { Heading, Paragraph, RootContent } from 'mdast'
import type { Completeness, PostNode, StoredPost, StoredThread } from '../../model/archive.js'
import type { Attachment } from '../../model/discussion.js'
import { openingOf } from '../record.js'
import { cleanLine, titleOf } from '../text.js'
import { bodyBlocks } from './body.js'
import { frontMatter } from './front-matter.js'
import {
  linked,
  openingHeader,
  paragraph,
  replyHeader,
  text,
  unreadOpeningHeader,
  type Writer,
  writerName,
} from './header.js'
import { write } from './write.js'

/** The deepest level of indentation of replies. Deeper replies stay at this level and begin with `↳` (docs/formats.md explains why). */
export const MAX_NESTING = 8

/** One thread as one markdown document with front matter, piece by piece. */
export function* renderDocument(thread: StoredThread): Generator<string> {
  yield `${frontMatter(thread)}\n`
  yield* renderThread(thread)
}

/**
 * Several threads as one document, without front matter, which describes one thread, and would be text in the middle. Each thread
 * begins with its title, and names its group and its address.
 */
export function* renderDocuments(threads: Iterable<StoredThread>): Generator<string> {
  let last: StoredThread | null = null
  let count = 0
  for (const thread of threads) {
    if (last) yield* renderThread(last)
    if (last) yield '\n'
    last = thread
    count++
  }
  if (last) yield* count === 1 ? renderDocument(last) : renderThread(last)
}

function* renderThread(thread: StoredThread): Generator<string> {
  const opening = openingOf(thread)
  const head = opening ? [openingHeader(opening, thread), ...content(opening.post)] : [unreadOpeningHeader(thread)]
  const blocks = [heading(1, titleOf(thread)), ...head, ...completenessNote(thread.completeness)]
  yield write(blocks)
  const replies = thread.posts.length - (opening ? 1 : 0)
  if (replies > 0) yield `\n${write([heading(2, replies === 1 ? '1 reply' : `${replies} replies`)])}`
  // The writers of the post, its parent, and so on, by depth.
  const path: Writer[] = []
  for (const node of thread.posts) {
    if (!opening || node.position > 0) yield renderReply(node, path[node.depth - 1] ?? null)
    path[node.depth] = { name: writerName(node.post), position: node.position }
  }
}

/** A reply as a list item: only the first line has the bullet, and empty lines have no spaces. */
function renderReply(node: PostNode, parent: Writer | null): string {
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

const heading = (depth: 1 | 2, title: string): Heading => ({ type: 'heading', depth, children: [text(title)] })

const note = (words: string): Paragraph => paragraph([{ type: 'emphasis', children: [text(words)] }])
