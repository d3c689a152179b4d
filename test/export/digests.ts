import type { PostInContext, Wording } from '../../src/model/reports/changes.js'
import type { Digest, DigestCounts, GroupNews, ThreadNews } from '../../src/model/reports/digest.js'
import { ANNA, NOON } from './threads.js'

/** Digests written by hand, defaults left out. */

export const BEN = { id: '2', slug: 'ben', name: 'Ben', url: 'https://community.example/members/ben/' }
const GROUP = { id: '7', slug: 'care', name: 'Care at Home', url: 'https://community.example/groups/care/' }

const COUNTS: DigestCounts = {
  ...{ threads: 0, replies: 0, earlier: 0, backlog: 0, edited: 0, moved: 0, gone: 0, back: 0, notices: 0, names: 0 },
}

const threadHead = (id: string, title: string): PostInContext['thread'] => ({
  ...{ id, title, author: ANNA, url: `https://community.example/activity/p/${id}/` },
})

/** `placed('3', '1')`: number 3, which answers Anna's thread number 1. */
export function placed(id: string, thread: string | null, changes: Partial<PostInContext> = {}): PostInContext {
  const head = threadHead(thread ?? id, thread === null ? (changes.text ?? 'Hello') : `Thread ${thread}`)
  return {
    ...{ id, site: 'https://community.example/', group: GROUP, thread: head },
    parent: thread === null ? null : { id: thread, author: ANNA },
    ...{ type: thread === null ? 'activity_update' : 'activity_comment', author: thread === null ? ANNA : BEN },
    ...{ when: { from: NOON, to: NOON }, heading: null, text: 'Hello', attachments: 0, status: 'live', edited: false },
    url: `${head.url}${thread === null ? '' : `#acomment-${id}`}`,
    ...changes,
  }
}

export const newThread = (opening: PostInContext, posts: PostInContext[] = []): ThreadNews => ({
  ...{ site: opening.site, thread: opening.thread, replies: posts.length, opening, posts },
})

export const known = (posts: PostInContext[], replies = posts.length): ThreadNews => ({
  ...{
    site: posts[0]?.site ?? '',
    thread: posts[0]?.thread ?? threadHead('1', 'Thread 1'),
    replies,
    opening: null,
    posts,
  },
})

export const groupNews = (changes: Partial<GroupNews> = {}): GroupNews => ({
  ...{ group: GROUP, site: null, names: [], backlog: null, notices: [], threads: [], replies: [] },
  ...{ earlier: NONE, edited: NONE, moved: NONE, gone: NONE, back: NONE },
  ...changes,
})

/** A version by Ben. */
export const wording = (text: string, changes: Partial<Wording> = {}): Wording => ({
  ...{ heading: null, text, author: BEN, when: { from: NOON, to: NOON } },
  ...changes,
})

export const NONE = { items: [], more: 0 }

export const digest = (
  groups: GroupNews[],
  { counts = {}, ...changes }: Partial<Omit<Digest, 'counts'>> & { counts?: Partial<DigestCounts> } = {},
): Digest => ({
  ...{ since: '2026-10-19T08:00:00.000Z', until: '2026-10-28T08:02:00.000Z', about: ['Town'], incomplete: false },
  ...{ groups, members: NONE },
  ...changes,
  counts: { ...COUNTS, ...counts },
})
