import type { ArchiveReader, GroupSummary, Selection, StoredPost, StoredThread } from '../../src/model/archive.js'
import { byLabel } from '../../src/model/columns/post-labels.js'
import { exactly } from '../../src/model/time.js'
import { replyOrder } from '../../src/model/tree.js'

export const SITE = 'https://community.example/'

export function post(id: string, parentId: string | null, changes: Partial<StoredPost> = {}): StoredPost {
  return {
    id,
    threadId: '1',
    parentId,
    type: parentId === null ? 'activity_update' : 'activity_comment',
    author: { id: '2', slug: 'maeve', name: "Maeve O'Neill", url: `${SITE}members/maeve/` },
    when: exactly('2024-05-01T12:00:00Z'),
    html: '<p>Hello</p>',
    text: 'Hello',
    url: `${SITE}activity/p/${id}/`,
    heading: null,
    ...byLabel(() => null),
    status: 'live',
    edited: false,
    goneAt: null,
    goneReason: null,
    revisions: 0,
    editedBy: null,
    truncated: false,
    attachments: [],
    links: [],
    firstSeenAt: '2024-05-02T00:00:00Z',
    lastSeenAt: '2024-05-02T00:00:00Z',
    ...changes,
  }
}

export function thread(posts: StoredPost[], changes: Partial<StoredThread> = {}): StoredThread {
  const [head] = posts
  if (!head) throw new Error('a thread has a post')
  return {
    id: head.id,
    site: SITE,
    group: { id: '1', slug: 'gardeners', name: 'Gardeners', url: `${SITE}groups/gardeners/` },
    url: head.url,
    title: 'When to sow beans',
    type: head.type,
    author: head.author,
    when: head.when,
    lastPostAt: '2024-05-03T12:00:00Z',
    replies: posts.length - 1,
    status: head.status,
    gonePosts: posts.filter(({ status }) => status === 'gone').length,
    completeness: { state: 'complete', held: posts.length, claimed: posts.length },
    readAt: '2024-05-02T00:00:00Z',
    readAs: 'visitor',
    timezone: null,
    posts: replyOrder(posts, (a, b) => Number(a.id) - Number(b.id), head.id),
    ...changes,
  }
}

/** A reply chain: post 1, and each next one answering the one before. */
export const chain = (length: number, changes: Partial<StoredPost> = {}): StoredPost[] =>
  Array.from({ length }, (_, at) => post(String(at + 1), at === 0 ? null : String(at), changes))

/** An archive in memory. The real one is tested where it lives; this one knows just enough for the commands. */
export function readerOf(threads: StoredThread[], failing?: Error): ArchiveReader {
  const chosen = function* (selection: Selection) {
    for (const one of threads) if (matches(one, selection)) yield one
    if (failing) throw failing
  }
  const status = () => ({ targets: [], lastRun: null, holder: null })
  const threadSummaries = (selection: Selection) => threads.filter(one => matches(one, selection))
  const groups = () => groupsOf(threads)
  return { groups, namedGroups: groups, threads: chosen, threadSummaries, status }
}

function matches(one: StoredThread, { groups, threads, after, before, types, withoutTypes }: Selection): boolean {
  const at = one.when.from ?? ''
  return (
    (!groups?.length || groups.includes(one.group?.url ?? '')) &&
    (!threads?.length || threads.some(name => holds(one, name))) &&
    (!after || at >= after) &&
    (!before || at < before) &&
    (!types || types.includes(one.type)) &&
    !withoutTypes?.includes(one.type)
  )
}

const holds = (one: StoredThread, name: string) =>
  one.id === name || one.url === name || [...one.posts].some(({ post }) => post.id === name)

function groupsOf(threads: StoredThread[]): GroupSummary[] {
  const groups = new Map<string, GroupSummary>()
  for (const { group, site, replies, completeness, lastPostAt } of threads) {
    if (!group) continue
    const known = groups.get(group.url) ?? {
      ...group,
      site,
      status: 'public',
      access: 'open',
      threads: 0,
      posts: 0,
      gonePosts: 0,
      completeness,
      lastPostAt,
    }
    groups.set(group.url, { ...known, threads: known.threads + 1, posts: known.posts + replies + 1 })
  }
  return [...groups.values()]
}
