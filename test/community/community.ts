/** An invented community. Change the arrays or a post between two requests, and the server shows the change. */
export interface Community {
  name: string
  groups: DemoGroup[]
  /** Who is not in this list was deleted: their posts stay, without a name. */
  members: DemoMember[]
  posts: DemoPost[]
}

export interface DemoGroup {
  id: number
  slug: string
  name: string
  /** `private` is listed without its posts, `hidden` is not found at all. */
  status: 'public' | 'private' | 'hidden'
  description: string
  creatorId: number
  /** ISO, UTC. */
  createdAt: string
}

export interface DemoMember {
  id: number
  slug: string
  name: string
}

export interface DemoPost {
  id: number
  /** The post this one answers; null for the opening post of a thread. */
  parentId: number | null
  /** null for an update outside groups. */
  groupSlug: string | null
  memberId: number
  /** `activity_update`, `activity_comment`, `joined_group`, `created_group`, … */
  type: string
  /** ISO, UTC. */
  date: string
  /** The rendered text, `<p>…</p>`; `{site}` stands for the address of the site with its closing slash. */
  html: string
}

export interface CommunityParts {
  name?: string
  groups?: readonly Partial<DemoGroup>[]
  members?: readonly Partial<DemoMember>[]
  posts?: readonly Partial<DemoPost>[]
}

const FIRST_DATE = Date.UTC(2024, 0, 1, 9)
const HOUR = 3_600_000

/**
 * A small community for a test, with everything filled in that is left out: one public group `gardeners`, one member
 * `ada`, ids that count up, an hour between two posts. A post with a `parentId` is a reply in its parent's group.
 */
export function communityOf(parts: CommunityParts = {}): Community {
  const groups = (parts.groups ?? [{}]).map(groupOf)
  const members = (parts.members ?? [{}]).map(memberOf)
  const posts: DemoPost[] = []
  for (const part of parts.posts ?? []) posts.push(postOf(part, posts, groups[0]?.slug ?? null, members[0]?.id ?? 1))
  return { name: parts.name ?? 'Testville', groups, members, posts }
}

function groupOf(part: Partial<DemoGroup>, index: number): DemoGroup {
  const slug = part.slug ?? (index === 0 ? 'gardeners' : `group-${index + 1}`)
  const createdAt = new Date(FIRST_DATE - HOUR).toISOString()
  return { id: index + 1, slug, name: slug, status: 'public', description: '', creatorId: 2, createdAt, ...part }
}

function memberOf(part: Partial<DemoMember>, index: number): DemoMember {
  const slug = part.slug ?? (index === 0 ? 'ada' : `member-${index + 1}`)
  return { id: index + 2, slug, name: slug, ...part }
}

function postOf(part: Partial<DemoPost>, earlier: DemoPost[], groupSlug: string | null, memberId: number): DemoPost {
  const parent = earlier.find(post => post.id === part.parentId)
  return {
    id: (earlier.at(-1)?.id ?? 0) + 1,
    parentId: null,
    groupSlug: parent ? parent.groupSlug : groupSlug,
    memberId,
    type: typeof part.parentId === 'number' ? 'activity_comment' : 'activity_update',
    date: new Date(FIRST_DATE + earlier.length * HOUR).toISOString(),
    html: `<p>Post ${earlier.length + 1}.</p>\n`,
    ...part,
  }
}

/** The text of a post as the site at this address (with closing slash) gives it out in full. */
export const postHtml = (post: DemoPost, siteUrl: string): string => post.html.replaceAll('{site}', siteUrl)
