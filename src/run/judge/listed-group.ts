import type { Post } from '../../model/discussion.js'
import type { Page } from '../../model/page.js'

/**
 * A REST list of a group names it by its id only. Where nobody knows the group of that id, it is the one that the sentences above the posts
 * name. Call it once the page has been judged: posts of a group's list that name another group are a wall.
 */
export function withListedGroup(page: Page): Page {
  const { listed } = page
  if (!listed) return page
  const posts = page.posts.map((post): Post => (isUnnamed(post) ? { ...post, group: listed } : post))
  return { ...page, posts }
}

/** An opening post without a word about its group. */
const isUnnamed = ({ parentId, group }: Post): boolean => parentId === null && group === undefined
