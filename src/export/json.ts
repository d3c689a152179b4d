import type { PostNode, StoredThread } from '../model/archive.js'
import { type Exporter, joined } from './exporter.js'
import { groupRecord, openingOf, postRecord } from './record.js'

/** One nested object a thread, `threadkeep.thread/1`: docs/schema/thread-1.json. A stream of threads is an array. */
export const json: Exporter = {
  name: 'json',
  summary: 'threads with their replies nested, one object a thread',
  extension: 'json',
  scope: 'thread',
  delivery: 'stdout',
  render: threads => joined(threads, threadJson, { open: '[\n', between: ',\n', close: ']\n' }),
}

/** Deeper replies are not indented further: the spaces of a long chain would grow with the square of its length. */
const MAX_INDENT = 100

/** One thread, without the array around it. Ends with a line feed. */
export function threadJson(thread: StoredThread): string {
  const opening = openingOf(thread)
  const detached = thread.roots.filter(root => root !== opening)
  let out = `${JSON.stringify(threadHead(thread), null, 1).slice(0, -2)},\n "post": `
  out += opening ? renderNodes([opening], 1) : 'null'
  // Replies whose own parent is not held have no place inside `post`.
  if (detached.length > 0 || !opening) out += `,\n "replies": ${renderArray(detached)}`
  return `${out}\n}\n`
}

const threadHead = (thread: StoredThread): object => ({
  schema: 'threadkeep.thread/1',
  ...(thread.asOf === undefined ? {} : { as_of: thread.asOf }),
  site: thread.site,
  group: groupRecord(thread.group),
  id: thread.id,
  url: thread.url,
  title: thread.title,
  completeness: {
    state: thread.completeness.state,
    held: thread.completeness.held,
    claimed: thread.completeness.claimed,
  },
})

const renderArray = (nodes: readonly PostNode[]): string =>
  nodes.length === 0 ? '[]' : `[\n  ${renderNodes(nodes, 2)}\n ]`

type Step = { node: PostNode; indent: number; last: boolean } | { text: string }

/** A stack of our own, because JSON.stringify recurses and overflows some thousand replies deep. */
function renderNodes(nodes: readonly PostNode[], indent: number): string {
  const parts: string[] = []
  const stack = stepsOf(nodes, indent)
  for (let step = stack.pop(); step; step = stack.pop()) {
    if ('text' in step) parts.push(step.text)
    else for (const next of renderNode(step, parts)) stack.push(next)
  }
  return parts.join('')
}

/** Writes a post up to its replies; gives what is left to do, last thing first. */
function renderNode({ node, indent, last }: Extract<Step, { node: PostNode }>, parts: string[]): Step[] {
  const pad = padding(indent)
  const own = JSON.stringify(postRecord(node), null, 1).slice(0, -2).replaceAll('\n', pad)
  const end = last ? '' : `,${pad}`
  const inner = padding(indent + 2)
  if (node.replies.length === 0) return keep(parts, `${own},${pad} "replies": []${pad}}${end}`)
  parts.push(`${own},${pad} "replies": [${inner}`)
  return [{ text: `${pad} ]${pad}}${end}` }, ...stepsOf(node.replies, indent + 2)]
}

const stepsOf = (nodes: readonly PostNode[], indent: number): Step[] =>
  nodes.map((node, at) => ({ node, indent, last: at === nodes.length - 1 })).reverse()

const padding = (indent: number): string => `\n${' '.repeat(Math.min(indent, MAX_INDENT))}`

function keep(parts: string[], text: string): Step[] {
  parts.push(text)
  return []
}
