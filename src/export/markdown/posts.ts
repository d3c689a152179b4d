import type { PostNode, StoredThread } from '../../model/archive.js'
import { openingOf } from '../record.js'
import { isShown } from '../shown.js'
import { continuedFrom, pieceOf } from '../words/pieces.js'
import { Places } from '../words/places.js'
import { type Layout, layoutOf, type SetPost } from './layouts.js'
import { PostWriter } from './post.js'
import type { Style } from './style.js'

/** The posts of a thread, each with an empty line before it. `headings`: the level of headings of opening posts, where posts have headings. */
export function* renderPosts(thread: StoredThread, style: Style, headings: number): Generator<string> {
  if (style.status !== 'gone' && !openingOf(thread)) yield UNREAD
  const number = continuedFrom(thread)
  if (number !== null) yield `\n*Continued from #${number}.*\n`
  for (const { text } of setPosts(thread, style, headings)) yield text
}

/** Each post as it is in the document; empty: it leaves nothing there. */
export function* setPosts(
  thread: StoredThread,
  style: Style,
  headings: number,
): Generator<{ node: PostNode; text: string }> {
  const layout = layoutOf(style.layout, headings)
  const places = new Places(thread.id, depthOf(style, layout), pieceOf(thread)?.above)
  const writer = new PostWriter(style)
  let above: SetPost | null = null
  for (const node of thread.posts) {
    const isWhole = isShown(node.post, style.status)
    const isMarked = isWhole || style.status !== 'gone'
    const place = places.next(node, isMarked)
    if (!isMarked) yield { node, text: '' }
    else {
      const post = isWhole ? writer.post(node.post, place) : writer.gone(place)
      yield { node, text: layout.set(post, place, above) }
      above = { post, place }
    }
  }
}

const UNREAD = '\n*The opening post was not read.*\n'

/** Where posts between others are left out without a mark, the indentation would say that one answers another. */
const depthOf = ({ status, depth }: Style, { isFlat }: Layout): number => (isFlat || status === 'gone' ? 1 : depth)
