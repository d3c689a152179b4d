import type { PostNode, StoredPost, StoredThread } from '../../model/archive.js'
import { joined, type Paint } from '../text/paint.js'
import {
  addressLine,
  completenessWords,
  count,
  goneWords,
  groupName,
  instantWords,
  noWords,
  writerName,
} from '../text/phrases.js'
import { isolated, terminalLine, terminalLines } from '../text/terminal-text.js'
import { textWidth } from '../text/width.js'
import { wrapped } from '../text/wrapped.js'
import { attachmentWords, headFacts } from './post-words.js'
import { spokenThread } from './spoken/thread.js'
import { coloured } from './summary.js'

interface Drawing {
  width: number
  paint: Paint
  /** The deepest level that is drawn with its own indentation. */
  deepest: number
}

/** What is kept of a post for the replies below it. */
interface Drawn {
  name: string
  /** The start of the lines of its replies. */
  guide: string
  /** True if no post follows in its list. */
  ends: boolean
}

/** A thread as a reply tree, no line wider than `width`. */
export function* threadLines(thread: StoredThread, width: number, paint: Paint): Generator<string> {
  if (paint.spoken) return yield* spokenThread(thread, width)
  // Text keeps 40 columns: below the deepest level, replies show their depth as a number instead of being indented.
  const drawing = { width, paint, deepest: Math.min(12, Math.max(1, Math.floor((width - 43) / 3))) }
  yield* headLines(thread, drawing)
  // The last drawn post of each depth: the ancestors of the next one.
  const path: Drawn[] = []
  for (const node of thread.posts) {
    const parent = path[node.depth - 1]
    path[node.depth] = yield* parent ? replyLines(node, parent, drawing) : rootLines(node, drawing)
  }
}

function* headLines(thread: StoredThread, { width, paint }: Drawing): Generator<string> {
  const state = coloured(thread.completeness.state, completenessWords(thread.completeness), paint)
  const then = thread.asOf === undefined ? state : paint.magenta(`as of ${instantWords(thread.asOf)}`)
  const said = `${count(thread.posts.length, 'post')}${goneWords(thread.gonePosts)}`
  const facts = [...(thread.group ? [groupName(thread.group)] : []), said, then]
  for (const row of wrapped(isolated(terminalLine(thread.title)), width)) yield paint.bold(row)
  yield* wrapped(joined(facts, paint), width)
  yield addressLine(thread.url, paint)
}

function* rootLines(node: PostNode, drawing: Drawing): Generator<string, Drawn> {
  yield ''
  const orphan = node.post.parentId === null ? [] : ['its parent post is not in the archive']
  yield* postLines(node, '', node.replies > 0 ? '│  ' : '   ', orphan, drawing)
  return { name: writerName(node.post), guide: '', ends: true }
}

/** From the deepest level on, the posts are drawn as one flat list. */
function* replyLines(node: PostNode, parent: Drawn, drawing: Drawing): Generator<string, Drawn> {
  const { post, depth, replies, isLast } = node
  const { deepest, paint } = drawing
  const { guide } = parent
  const isFlat = depth >= deepest
  const isBelow = depth > deepest
  const ends = isLast && (!isBelow || parent.ends)
  const last = ends && !(isFlat && replies > 0)
  const below = guide + (last ? '   ' : '│  ')
  yield paint.dim(`${guide}│`)
  const elbow = `${guide}${last ? '└─ ' : '├─ '}${isBelow ? `[${depth}] ` : ''}`
  const marks = isBelow ? [`in reply to ${parent.name}`] : []
  yield* postLines(node, elbow, below + (replies > 0 && !isFlat ? '│  ' : '   '), marks, drawing)
  return { name: writerName(post), guide: isFlat ? guide : below, ends }
}

/** `elbow` is the prefix of the first line, `below` that of the others. */
function* postLines(
  node: PostNode,
  elbow: string,
  below: string,
  marks: string[],
  drawing: Drawing,
): Generator<string> {
  const { width, paint } = drawing
  const room = Math.max(8, width - Math.max(textWidth(elbow), below.length))
  const [first = '', ...rest] = wrapped(joined(headFacts(node.post, marks, paint), paint), room)
  yield `${paint.dim(elbow)}${first}`
  const under = (line: string) => (line === '' ? paint.dim(below.trimEnd()) : `${paint.dim(below)}${line}`)
  yield* rest.map(under)
  for (const line of bodyLines(node.post, room, paint)) yield under(line)
}

/** The text of a post, and what is attached to it. */
export function* bodyLines(post: StoredPost, room: number, paint: Paint): Generator<string> {
  const text = terminalLines(post.text).trim()
  if (text === '' && post.attachments.length === 0) yield paint.dim(noWords(post))
  if (text !== '') yield* wrapped(text, room)
  for (const one of post.attachments)
    for (const row of wrapped(attachmentWords(one), room)) yield paint.cyan(paint.link(row, one.url))
}
