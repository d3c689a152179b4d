import type { Chunk, Chunks, ExportContext, Exporter } from '../../src/export/exporter.js'
import { exportOptions } from '../../src/export/options.js'
import type { StoredAuthor, StoredPost, StoredThread } from '../../src/model/archive.js'
import { byLabel } from '../../src/model/columns/post-labels.js'
import { replyOrder } from '../../src/model/tree.js'
import { readerOf } from '../cli/fake-reader.js'
import { NO_PROGRAMS } from './no-programs.js'

/** A thread as fixtures write it: posts in a flat list, siblings in their order, defaults left out. */
export interface FlatThread {
  thread?: Partial<Omit<StoredThread, 'posts'>>
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
      ...byLabel(() => null),
      edited: false,
      goneAt: null,
      goneReason: null,
      editedBy: null,
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
    ...{ readAt: '2026-11-02T08:00:00Z', readAs: 'visitor', timezone: null },
    completeness: { state: 'complete', held: whole.length, claimed: whole.length },
    ...thread,
    posts: replyOrder(whole, (a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0), '1'),
  }
}

/** Post 1, answered by 2, answered by 3, … */
export const chain = (length: number): StoredThread =>
  keptThread({
    posts: Array.from({ length }, (_, at) =>
      at === 0 ? { id: '1' } : { id: `${at + 1}`, parentId: `${at}`, type: 'activity_comment' },
    ),
  })

/** What an exporter may know, with these values in place of defaults. */
export function contextOf(
  exporter: Exporter,
  threads: StoredThread[],
  given: Partial<ExportContext> = {},
): ExportContext {
  const own = { archive: readerOf(threads), again: () => threads, captures: () => [] }
  const about = { ...own, options: exportOptions(exporter, {}), status: 'all' as const, timezone: null }
  return { ...about, converter: NO_PROGRAMS, ...given }
}

/** The output of an exporter for these threads; of a format that is a folder, the names and bodies of its files. */
export function rendered(exporter: Exporter, ...threads: StoredThread[]): string {
  const about = contextOf(exporter, threads)
  // These have no form in one file.
  const files = ['maildir', 'network'].includes(exporter.name) ? exporter.files?.(threads, about) : null
  if (!files) return textOf(exporter.render(threads, about))
  return [...files].map(({ name, body }) => `== ${name}\n${textOf(body)}`).join('')
}

export const textOf = (pieces: Chunks): string =>
  Buffer.concat([...(pieces as Iterable<Chunk>)].map(piece => Buffer.from(piece))).toString('utf8')

/** The output with options of the format, a status (default: all) or a time zone. */
export function renderedAs(
  exporter: Exporter,
  { options = {}, ...given }: Partial<Pick<ExportContext, 'options' | 'status' | 'timezone'>>,
  ...threads: StoredThread[]
): string {
  const about = contextOf(exporter, threads, { options: exportOptions(exporter, options), ...given })
  return textOf(exporter.render(threads, about))
}
