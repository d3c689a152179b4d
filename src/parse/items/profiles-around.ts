import type { Element } from 'domhandler'
import type { Member, Post } from '../../model/discussion.js'
import { every } from '../document/dom.js'
import { folderOf, resolveUrl, slugOf } from '../document/links.js'
import { avatarOf, isMemberAvatar } from './avatar.js'

/**
 * Completes the authors whose posts have an avatar and a name, but no link to a profile: the rest of the page may link the same
 * avatar, such as the list of the group's administrators. `around`: the elements outside of posts.
 */
export function addProfiles(posts: readonly Post[], around: readonly Element[], base: string): void {
  const nameless = posts.filter(({ author }) => author !== null && lacksProfile(author))
  if (nameless.length === 0) return
  const folders = new Set(posts.flatMap(({ author }) => (author?.url ? folderOf(author.url) : [])))
  const profiles = profilesIn(around, base)
  for (const post of nameless) {
    const url = profiles.get(post.author?.id ?? '')
    if (post.author && url && folders.has(folderOf(url))) post.author = { ...post.author, url, slug: slugOf(url) }
  }
}

const lacksProfile = ({ id, url, name }: Member): boolean => id !== null && url === null && name !== null

/** Address of the profile by the number in the class of the avatar that it is linked to; null: several addresses have it. */
function profilesIn(around: readonly Element[], base: string): Map<string, string | null> {
  const found = new Map<string, string | null>()
  for (const image of every(around, 'img').filter(isMemberAvatar)) {
    const { memberId, profile } = avatarOf([image], '', image)
    const url = resolveUrl(profile, base)
    if (!memberId || !url) continue
    found.set(memberId, found.has(memberId) && found.get(memberId) !== url ? null : url)
  }
  return found
}
