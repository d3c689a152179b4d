import { isSameSlug } from '../../model/addresses.js'
import type { Member, Post } from '../../model/discussion.js'
import type { Anatomy } from './anatomy.js'

interface ReadPost {
  post: Post
  anatomy: Anatomy
}

/**
 * Takes the numbers of members out of posts whose avatars give different members the same one: a theme may print one avatar for
 * everybody. Who wrote such a post is known by its link to a profile only. Returns these numbers.
 */
export function dropSharedIds(drafts: readonly ReadPost[]): string[] {
  const ids = sharedIds(drafts.flatMap(({ post }) => post.author ?? []))
  for (const draft of ids.length > 0 ? drafts : []) {
    const { author } = draft.post
    if (!author?.id || !ids.includes(author.id)) continue
    draft.post.author = withoutId(author)
    draft.anatomy = { ...draft.anatomy, avatar: { ...draft.anatomy.avatar, alt: '' } }
  }
  return ids
}

/** The author without what a shared avatar says; null: nothing else says who it is. */
export const withoutId = (author: Member): Member | null =>
  author.slug === null ? null : { ...author, id: null, avatarUrl: null }

function sharedIds(authors: readonly Member[]): string[] {
  const first = new Map<string, Member>()
  const shared = new Set<string>()
  for (const author of authors) {
    if (author.id === null) continue
    const other = first.get(author.id)
    if (!other) first.set(author.id, author)
    else if (areDifferent(author, other)) shared.add(author.id)
  }
  return [...shared]
}

/** A member may have two addresses, and two names (a login and a display name), but not both. */
function areDifferent(one: Member, other: Member): boolean {
  const sameName = one.name !== null && one.name === other.name
  if (one.slug !== null && other.slug !== null) return !sameName && !isSameSlug(one.slug, other.slug)
  return one.name !== null && other.name !== null && !sameName && !areOneName(one, other)
}

/** A theme may print the login in one place and the display name in another. */
const areOneName = (one: Member, other: Member): boolean =>
  one.name?.toLowerCase() === other.slug?.toLowerCase() || other.name?.toLowerCase() === one.slug?.toLowerCase()
