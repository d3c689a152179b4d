import type { PostNode } from '../../model/archive.js'
import { headFacts } from '../render/post-words.js'
import { bodyLines } from '../render/thread-tree.js'
import { joined, type Paint } from '../text/paint.js'
import { figure, writerName } from '../text/phrases.js'
import { wrapped } from '../text/wrapped.js'
import type { ThreadPage } from './page.js'

/** Text keeps 32 columns: deeper replies are not indented, and say their depth and the author of their parent. */
const deepest = (width: number): number => Math.min(12, Math.max(0, Math.floor((width - 32) / 2)))

/** The lines of the post at an index of `visible`, without the mark of the selected one; the last line is empty. */
export function postBlock(page: ThreadPage, index: number, width: number, paint: Paint): readonly string[] {
  const place = page.visible[index] ?? -1
  const blocks = blocksOf(page, width, paint)
  const isFolded = page.folded.has(place)
  const key = isFolded ? -place - 1 : place
  const known = blocks.get(key)
  if (known) return known
  const lines = drawn(page, place, isFolded, width, paint)
  if (blocks.size >= MOST_BLOCKS) blocks.clear()
  blocks.set(key, lines)
  return lines
}

const MOST_BLOCKS = 200

/** What was drawn of a thread, for one width. */
const drawings = new WeakMap<Int32Array, { width: number; paint: Paint; blocks: Map<number, readonly string[]> }>()

function blocksOf({ parents }: ThreadPage, width: number, paint: Paint): Map<number, readonly string[]> {
  const known = drawings.get(parents)
  if (known?.width === width && known.paint === paint) return known.blocks
  const blocks = new Map<number, readonly string[]>()
  drawings.set(parents, { width, paint, blocks })
  return blocks
}

function drawn(page: ThreadPage, place: number, isFolded: boolean, width: number, paint: Paint): string[] {
  const [node] = page.thread.posts.slice(place, place + 1)
  if (!node) return ['']
  const level = Math.min(node.depth, deepest(width))
  const indent = '  '.repeat(level)
  const room = Math.max(8, width - indent.length)
  const head = joined(headFacts(node.post, placeWords(page, node, level, isFolded), paint), paint)
  return [...wrapped(head, room), ...bodyLines(node.post, room, paint), ''].map(line => line && indent + line)
}

/** What indentation does not say. */
function placeWords(page: ThreadPage, node: PostNode, level: number, isFolded: boolean): string[] {
  const { post, depth, position } = node
  const [parent] = page.thread.posts.slice(page.parents[position] ?? -1, (page.parents[position] ?? -1) + 1)
  return [
    ...(depth > level && parent ? [`level ${depth}, in reply to ${writerName(parent.post)}`] : []),
    ...(depth === 0 && post.parentId !== null ? ['its parent post is not in the archive'] : []),
    ...(isFolded ? [`+${figure(repliesBelow(page, position))} folded`] : []),
  ]
}

/** Replies of a post, and theirs. */
function repliesBelow({ thread: { posts } }: ThreadPage, place: number): number {
  const depth = posts.places[place]?.depth ?? 0
  let next = place + 1
  while (next < posts.length && (posts.places[next]?.depth ?? 0) > depth) next++
  return next - place - 1
}
