import stringWidth from 'string-width'
import type { PostNode, StoredPost, StoredThread } from '../../model/archive.js'
import { preOrder } from '../../model/tree.js'
import type { Paint } from '../text/paint.js'
import { completenessWords, count, goneWords, groupName, instantWords, whenWords, writerName } from '../text/phrases.js'
import { terminalLine, terminalLines } from '../text/terminal-text.js'
import { wrapped } from '../text/wrapped.js'
import { coloured } from './summary.js'

interface Drawing {
  width: number
  paint: Paint
  /** The deepest level that is drawn with its own indentation. */
  deepest: number
  /** Author names by post id, for `in reply to` below the deepest level. */
  authors: ReadonlyMap<string, string>
}

/** A thread as a reply tree, no line wider than `width`. */
export function* threadLines(thread: StoredThread, width: number, paint: Paint): Generator<string> {
  const authors = new Map([...preOrder(thread.roots)].map(({ post }) => [post.id, writerName(post)]))
  // Text keeps 40 columns: below the deepest level, replies show their depth as a number instead of being indented.
  const drawing = { width, paint, deepest: Math.min(12, Math.max(1, Math.floor((width - 43) / 3))), authors }
  yield* headLines(thread, drawing)
  for (const root of thread.roots) {
    yield ''
    const orphan = root.post.parentId === null ? [] : ['its parent post is not in the archive']
    yield* postLines(root, '', root.replies.length > 0 ? '│  ' : '   ', orphan, drawing)
    yield* branch(root.replies, '', 1, drawing)
  }
}

function* headLines(thread: StoredThread, { width, paint }: Drawing): Generator<string> {
  const posts = [...preOrder(thread.roots)].length
  const state = coloured(thread.completeness.state, completenessWords(thread.completeness), paint)
  const then = thread.asOf === undefined ? state : paint.yellow(`as of ${instantWords(thread.asOf)}`)
  const said = `${count(posts, 'post')}${goneWords(thread.gonePosts)}`
  const facts = [thread.group && groupName(thread.group), said, then].filter(Boolean)
  yield* wrapped(paint.bold(terminalLine(thread.title)), width)
  yield* wrapped(facts.join(' · '), width)
  yield* wrapped(paint.dim(terminalLine(thread.url)), width)
}

// The recursion ends at `deepest`: all posts below become one flat list.
function* branch(nodes: readonly PostNode[], guide: string, level: number, drawing: Drawing): Generator<string> {
  const flat = level === drawing.deepest
  const shown = flat ? [...preOrder(nodes)] : nodes
  for (const [at, node] of shown.entries()) {
    const last = at === shown.length - 1
    const below = guide + (last ? '   ' : '│  ')
    const replies = flat ? [] : node.replies
    yield drawing.paint.dim(`${guide}│`)
    const marks =
      node.depth > level ? [`in reply to ${drawing.authors.get(node.post.parentId ?? '') ?? 'a missing post'}`] : []
    const elbow = `${guide}${last ? '└─ ' : '├─ '}${node.depth > level ? `[${node.depth}] ` : ''}`
    yield* postLines(node, elbow, below + (replies.length > 0 ? '│  ' : '   '), marks, drawing)
    yield* branch(replies, below, level + 1, drawing)
  }
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
  const room = Math.max(8, width - Math.max(stringWidth(elbow), below.length))
  const [first = '', ...rest] = wrapped(headOf(node.post, marks, paint), room)
  yield `${paint.dim(elbow)}${first}`
  for (const line of [...rest, ...bodyLines(node.post, room, paint)]) {
    yield line === '' ? paint.dim(below.trimEnd()) : `${paint.dim(below)}${line}`
  }
}

function headOf(post: StoredPost, marks: string[], paint: Paint): string {
  const facts = [paint.bold(writerName(post)), paint.dim(whenWords(post.when)), ...marks]
  if (!DISCUSSION.includes(post.type)) facts.push(terminalLine(post.type))
  if (post.edited || post.revisions > 0) facts.push(paint.yellow(editedWords(post)))
  if (post.truncated) facts.push(paint.yellow('shortened by the site'))
  if (post.status === 'gone') facts.push(paint.red('gone from the site'))
  return facts.join(' · ')
}

const DISCUSSION = ['activity_update', 'activity_comment', 'bbp_topic_create', 'bbp_reply_create']

const editedWords = ({ revisions }: StoredPost) =>
  revisions > 0 ? `edited, ${count(revisions, 'earlier text')} kept` : 'edited'

function* bodyLines(post: StoredPost, room: number, paint: Paint): Generator<string> {
  const text = terminalLines(post.text).trim()
  if (text === '' && post.attachments.length === 0) yield paint.dim(post.forgotten ? '(forgotten)' : '(no text)')
  if (text !== '') yield* wrapped(text, room)
  for (const { kind, name, url } of post.attachments) {
    yield* wrapped(paint.cyan(terminalLine(`[${kind}] ${name ?? ''} ${url}`)), room)
  }
}
