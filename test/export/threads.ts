import type { Exporter } from '../../src/export/exporter.js'
import { exportOptions } from '../../src/export/options.js'
import type { PostNode, StoredAuthor, StoredPost, StoredThread } from '../../src/model/archive.js'
import { replyTree } from '../../src/model/tree.js'
import { readerOf } from '../cli/fake-reader.js'

/** A thread as fixtures write it: posts in a flat list, siblings in their order, defaults left out. */
export interface FlatThread {
  thread?: Partial<Omit<StoredThread, 'roots'>>
  posts: Partial<StoredPost>[]
}

export const ANNA: StoredAuthor = {
  id: '1',
  slug: 'anna',
  name: 'Anna',
  url: 'https://community.example/members/anna/',
}
export const NOON = '2026-10-28T12:00:00Z'

export function keptPost(post: Partial<StoredPost>): StoredPost {
  const id = post.id ?? '1'
  return {
    ...{ id, threadId: '1', parentId: null, type: 'activity_update', author: ANNA, when: { from: NOON, to: NOON } },
    ...{ html: '<p>Hello</p>', text: 'Hello', url: `https://community.example/activity/${id}/`, status: 'live' },
    ...{
      heading: null,
      topic: null,
      privacy: null,
      edited: false,
      revisions: 0,
      truncated: false,
      attachments: [],
      links: [],
    },
    ...{ firstSeenAt: '2026-11-01T08:00:00Z', lastSeenAt: '2026-11-02T08:00:00Z' },
    ...post,
  }
}

export function keptThread({ thread = {}, posts }: FlatThread): StoredThread {
  const whole = posts.map(keptPost)
  const order = new Map(whole.map((post, at) => [post, at]))
  const opening = whole.find(post => post.parentId === null)
  return {
    ...{ id: '1', site: 'https://community.example/', url: 'https://community.example/activity/1/', title: 'A thread' },
    group: { id: '7', slug: 'care', name: 'Care at Home', url: 'https://community.example/groups/care/' },
    ...{ type: 'activity_update', author: opening?.author ?? null, when: opening?.when ?? { from: null, to: null } },
    ...{ lastPostAt: NOON, replies: whole.length - (opening ? 1 : 0), status: 'live', gonePosts: 0 },
    completeness: { state: 'complete', held: whole.length, claimed: whole.length },
    ...thread,
    roots: replyTree(whole, (a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0)),
  }
}

/** Post 1, answered by 2, answered by 3, … */
export function chain(length: number): StoredThread {
  const thread = keptThread({ posts: [{ id: '1' }] })
  let last = thread.roots[0] as PostNode
  for (let depth = 1; depth < length; depth++) {
    const post = keptPost({ id: `${depth + 1}`, parentId: `${depth}`, type: 'activity_comment' })
    const node = { post, depth, position: depth, replies: [] }
    last.replies.push(node)
    last = node
  }
  return { ...thread, replies: length - 1 }
}

/** The output of an exporter for these threads. */
export function rendered(exporter: Exporter, ...threads: StoredThread[]): string {
  const about = { archive: readerOf(threads), options: exportOptions(exporter, {}) }
  return Buffer.concat([...exporter.render(threads, about)].map(piece => Buffer.from(piece))).toString('utf8')
}
