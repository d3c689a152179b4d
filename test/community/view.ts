import type { Community, DemoGroup, DemoMember, DemoPost } from './community.js'

/** What a visitor may see of a community, in the order in which a site shows it. */
export interface View {
  group(slug: string | null): DemoGroup | undefined
  member(id: number): DemoMember | undefined
  memberNamed(slug: string): DemoMember | undefined
  post(id: number): DemoPost | undefined
  /** The opening post above a reply; undefined where a parent is gone. */
  root(post: DemoPost): DemoPost | undefined
  /** In the order of their dates, nested as the site nests them. */
  replies(post: DemoPost): DemoPost[]
  /** Opening posts, newest first. Empty for a private group. */
  threads(groupSlug: string): DemoPost[]
  siteStream(): DemoPost[]
  /** Opening posts and replies of one member, newest first. */
  memberStream(memberId: number): DemoPost[]
  isPublic(post: DemoPost): boolean
}

const newestFirst = (a: DemoPost, b: DemoPost): number => b.date.localeCompare(a.date) || b.id - a.id
const oldestFirst = (a: DemoPost, b: DemoPost): number => newestFirst(b, a)

interface Indexes {
  posts: Map<number, DemoPost>
  groups: Map<string, DemoGroup>
  members: Map<number, DemoMember>
  replies: Map<number, DemoPost[]>
  newest: DemoPost[]
}

export function viewOf(community: Community): View {
  const index = indexesOf(community)
  const root = (post: DemoPost) => rootIn(index.posts, post)
  const group = (slug: string | null) => (slug === null ? undefined : index.groups.get(slug))
  const isPublic = (post: DemoPost) => post.groupSlug === null || group(post.groupSlug)?.status === 'public'
  const threads = index.newest.filter(post => post.parentId === null && isPublic(post))
  return {
    group,
    root,
    isPublic,
    member: id => index.members.get(id),
    memberNamed: slug => community.members.find(member => member.slug === slug),
    post: id => index.posts.get(id),
    replies: post => index.replies.get(post.id) ?? [],
    threads: slug => threads.filter(post => post.groupSlug === slug),
    siteStream: () => threads,
    memberStream: id => index.newest.filter(post => post.memberId === id && isPublic(post) && root(post)),
  }
}

function indexesOf(community: Community): Indexes {
  const posts = new Map(community.posts.map(post => [post.id, post]))
  return {
    posts,
    groups: new Map(community.groups.map(group => [group.slug, group])),
    members: new Map(community.members.map(member => [member.id, member])),
    replies: repliesOf(community.posts, posts),
    newest: community.posts.toSorted(newestFirst),
  }
}

function rootIn(posts: Map<number, DemoPost>, post: DemoPost): DemoPost | undefined {
  let above: DemoPost | undefined = post
  while (above && above.parentId !== null) above = posts.get(above.parentId)
  return above
}

function repliesOf(all: readonly DemoPost[], posts: Map<number, DemoPost>): Map<number, DemoPost[]> {
  const replies = new Map<number, DemoPost[]>()
  for (const post of all.filter(one => one.parentId !== null).sort(oldestFirst)) {
    const parent = shownParent(posts, post)
    if (parent) replies.set(parent.id, [...(replies.get(parent.id) ?? []), post])
  }
  return replies
}

/** BuddyPress hangs replies in by date, so one that is older than its parent finds none yet and goes to the root. */
function shownParent(posts: Map<number, DemoPost>, post: DemoPost): DemoPost | undefined {
  const parent = posts.get(post.parentId ?? 0)
  const tooYoung = parent && parent.parentId !== null && oldestFirst(parent, post) > 0
  return tooYoung ? rootIn(posts, post) : parent
}
