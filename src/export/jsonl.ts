import type { StoredThread } from '../model/archive.js'
import { knownAddress } from '../model/unknown-site.js'
import { type Exporter, joined, type ShownStatus } from './exporter.js'
import { groupRecord, postRecord } from './record.js'
import { shownPosts } from './shown.js'

/** One post a line, `threadkeep.post/1`: docs/schema/post-1.json. */
export const jsonl: Exporter = {
  name: 'jsonl',
  summary: 'one post a line, for programs and for streams of any length',
  extension: 'jsonl',
  scope: 'thread',
  delivery: 'stdout',
  annotations: true,
  isFlat: true,
  render: (threads, { status }) => joined(threads, thread => renderLines(thread, status)),
}

function* renderLines(thread: StoredThread, status: ShownStatus): Generator<string> {
  const head = lineHead(thread)
  const posts = thread.posts.json?.()
  if (!posts)
    for (const node of shownPosts(thread, status)) yield `${head}${JSON.stringify(postRecord(node)).slice(1)}\n`
  else
    for (const { post, depth, position } of shownPosts({ posts }, status))
      yield `${head}${post.ids},"depth":${depth},"position":${position},${post.rest}\n`
}

/** What all lines of a thread begin with, so that it is escaped once a thread and not once a post. */
function lineHead(thread: StoredThread): string {
  const head = {
    schema: 'threadkeep.post/1',
    site: knownAddress(thread.site),
    group: groupRecord(thread.group),
    thread: thread.id,
    completeness: thread.completeness.state,
  }
  return `${JSON.stringify(head).slice(0, -1)},`
}
