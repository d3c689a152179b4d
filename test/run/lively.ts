import { type Community, communityOf, type DemoPost } from '../community/index.js'
import { town } from '../community/town.js'

/** A community that goes on living between two runs. */

export interface Way {
  name: string
  pack: 'legacy' | 'nouveau'
  rest: boolean
  via: string
}

export const ROUTES: readonly Way[] = [
  { name: 'REST', pack: 'nouveau', rest: true, via: 'rest' },
  { name: "Nouveau's AJAX", pack: 'nouveau', rest: false, via: 'ajax' },
  { name: "Legacy's AJAX", pack: 'legacy', rest: false, via: 'ajax' },
  { name: 'page', pack: 'legacy', rest: false, via: 'page' },
]

const MEMBERS = [
  { id: 2, slug: 'ada', name: 'Ada' },
  { id: 3, slug: 'bea', name: 'Bea' },
]

/** Opening posts with the numbers 1 to `size`, an hour apart; the oldest ten have two replies each, by Bea. */
export function lively(size = 45): Community {
  const posts: Partial<DemoPost>[] = Array.from({ length: size }, (_, at) => ({ id: at + 1 }))
  for (let root = 1; root <= 10; root++)
    for (const at of [1, 2])
      posts.push({ id: 10_000 + root * 10 + at, parentId: at === 1 ? root : 10_000 + root * 10 + 1, memberId: 3 })
  return communityOf({ members: MEMBERS, posts })
}

/** Nine days later, on the oldest threads: what has become of them. */
export function later(community: Community) {
  const { posts } = community
  const find = (id: number) => posts.find(post => post.id === id) as DemoPost
  const was = {
    edited: 2,
    editedReply: 10_031,
    deletedReply: 10_042,
    deletedThread: 10_051 - 10_046,
    added: [20_001, 20_002, 20_003],
  }
  find(was.edited).html = '<p>Edited since.</p>\n'
  find(was.editedReply).html = '<p>A reply that was edited.</p>\n'
  const youngest =
    posts
      .map(({ date }) => date)
      .toSorted()
      .at(-1) ?? ''
  const date = (minutes: number) => new Date(Date.parse(youngest) + minutes * 60_000).toISOString()
  const thread = [5, 10_051, 10_052]
  community.posts = [
    ...posts.filter(({ id }) => id !== was.deletedReply && !thread.includes(id)),
    { ...find(1), id: 20_001, date: date(1), html: '<p>A new thread.</p>\n' },
    { ...find(10_011), id: 20_002, parentId: 1, date: date(2), html: '<p>A new reply on the oldest thread.</p>\n' },
    { ...find(10_011), id: 20_003, parentId: 10_032, date: date(3), html: '<p>A new reply, three levels down.</p>\n' },
  ]
  community.members = community.members.map(member => (member.id === 3 ? { ...member, name: 'Bea Smith' } : member))
  community.groups = community.groups.map(group => ({ ...group, name: 'Garden Circle' }))
  return { ...was, deletedThread: 5, threadGone: thread, gone: [was.deletedReply, ...thread] }
}

export const liveIds = ({ posts }: Community): number[] => posts.map(({ id }) => id).sort((a, b) => a - b)

/** The site's clock goes with that of the run, by the `Date` header, a day after the last post at the least. */
export const townOf = ({ pack, rest }: Way, community: Community) => town({ pack, rest }, community)
