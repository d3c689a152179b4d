import type { PostNode, StoredThread } from '../../../model/archive.js'
import { type Paint, SPOKEN } from '../../text/paint.js'
import {
  addressWords,
  completenessWords,
  figure,
  goneWords,
  groupName,
  instantWords,
  noWords,
  replyWords,
  writerName,
} from '../../text/phrases.js'
import { isolated, terminalLine, terminalLines } from '../../text/terminal-text.js'
import { wrapped } from '../../text/wrapped.js'
import { attachmentWords, headFacts } from '../post-words.js'
import { spokenFacts } from './facts.js'

/** What is kept of a post for the replies below it. */
interface Said {
  number: number
  name: string
}

/** A thread to be read aloud: each post says its number, and which post it answers, in words. */
export function* spokenThread(thread: StoredThread, width: number): Generator<string> {
  yield* headOf(thread, SPOKEN)
  const path: Said[] = []
  for (const node of thread.posts) {
    yield* postLines(node, path[node.depth - 1], width)
    path[node.depth] = { number: node.position + 1, name: writerName(node.post) }
  }
}

const headOf = (thread: StoredThread, paint: Paint): Generator<string> =>
  spokenFacts({
    Thread: isolated(terminalLine(thread.title)),
    Group: thread.group && groupName(thread.group),
    Posts: `${figure(thread.posts.length)}${goneWords(thread.gonePosts)}`,
    Held: thread.asOf === undefined ? completenessWords(thread.completeness, paint) : null,
    'As of': thread.asOf && instantWords(thread.asOf),
    Address: terminalLine(addressWords(thread.url)),
  })

function* postLines({ post, position, replies }: PostNode, parent: Said | undefined, width: number): Generator<string> {
  const place = parent ? `Reply ${position + 1} to post ${parent.number} by ${parent.name}` : `Post ${position + 1}`
  const orphan = !parent && post.parentId !== null ? ['its parent post is not in the archive'] : []
  const below = replies === 0 ? [] : [replyWords(replies)]
  yield* wrapped(`${place}: ${[...headFacts(post, orphan, SPOKEN), ...below].join('; ')}`, width)
  const text = terminalLines(post.text).trim()
  if (text === '' && post.attachments.length === 0) yield noWords(post)
  if (text !== '') yield* wrapped(text, width)
  for (const one of post.attachments) yield* wrapped(attachmentWords(one), width)
  yield ''
}
