import type { PostNode, StoredThread } from '../model/archive.js'
import { byTypedLabel } from '../model/columns/post-labels.js'
import { knownAddress } from '../model/unknown-site.js'
import { type Exporter, joined, type ShownStatus } from './exporter.js'
import { groupRecord, openingOf, postRecord } from './record.js'

/** One nested object a thread, `threadkeep.thread/1`: docs/schema/thread-1.json. A stream of threads is an array. */
export const json: Exporter = {
  name: 'json',
  summary: 'threads with their replies nested, one object a thread',
  extension: 'json',
  scope: 'thread',
  delivery: 'stdout',
  annotations: true,
  render: (threads, { status }) =>
    joined(threads, thread => threadJson(thread, status), { open: '[\n', between: ',\n', close: ']\n' }),
}

/** Deeper replies are not indented further: the spaces of a long chain would grow with the square of its length. */
const MAX_INDENT = 100

/** One thread, without the array around it, piece by piece. Ends with a line feed. */
export function* threadJson(thread: StoredThread, status: ShownStatus = 'all'): Generator<string> {
  const opening = openingOf(thread)
  yield `${JSON.stringify(threadHead(thread), null, 1).slice(0, -2)},\n "post": ${opening ? '' : `null${DETACHED}`}`
  yield* renderPosts(placesOf(thread, status), opening ? 1 : 2)
  yield opening?.isLast ? '\n}\n' : '\n ]\n}\n'
}

/** Replies whose own parent is not held have no place inside `post`. */
const DETACHED = ',\n "replies": [\n  '

const threadHead = (thread: StoredThread): object => ({
  schema: 'threadkeep.thread/1',
  ...(thread.asOf === undefined ? {} : { as_of: thread.asOf }),
  site: knownAddress(thread.site),
  group: groupRecord(thread.group),
  id: thread.id,
  url: knownAddress(thread.url),
  title: thread.title,
  completeness: {
    state: thread.completeness.state,
    held: thread.completeness.held,
    claimed: thread.completeness.claimed,
  },
})

/** All posts, so that the tree stays whole; those of another status without their words and their author. */
function* placesOf({ posts }: StoredThread, status: ShownStatus): Generator<PostNode> {
  for (const node of posts) {
    const isShown = status === 'all' || node.post.status === status
    yield isShown ? node : { ...node, post: { ...node.post, ...WITHOUT_WORDS } }
  }
}

const WITHOUT_WORDS = {
  author: null,
  html: '',
  text: '',
  heading: null,
  attachments: [],
  links: [],
  ...byTypedLabel(() => null),
}

/** Without recursion, which overflows some thousand replies deep. `indent` of the first root: 1 for an opening post, else 2. */
function* renderPosts(posts: Iterable<PostNode>, indent: number): Generator<string> {
  let root = indent
  let depth = 0
  const pad = (level: number): string => `\n${' '.repeat(Math.min(root + 2 * level, MAX_INDENT))}`
  const ends = (level: number): string => {
    let text = ''
    while (depth > level) text += `${pad(--depth)} ]${pad(depth)}}`
    return text
  }
  for (const node of posts) {
    if (node.position > 0 && node.depth <= depth) {
      yield ends(node.depth)
      yield node.depth > 0 || root === 2 ? `,${pad(node.depth)}` : DETACHED
      if (node.depth === 0) root = 2
    }
    depth = node.depth
    yield renderPost(node, pad(depth), pad(depth + 1))
  }
  yield ends(0)
}

/** A post without its replies; with an open end if it has some. */
function renderPost(node: PostNode, pad: string, inner: string): string {
  const own = JSON.stringify(postRecord(node), null, 1).slice(0, -2).replaceAll('\n', pad)
  return node.replies === 0 ? `${own},${pad} "replies": []${pad}}` : `${own},${pad} "replies": [${inner}`
}
