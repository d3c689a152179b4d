import type { StoredPost } from '../../model/archive.js'
import { isExact } from '../../model/time.js'

/**
 * Sort order of siblings: by date, then id, as the site's software intends (its SQL leaves the order of equal dates undefined). If any
 * date in the thread is an interval, siblings keep the order in which the site showed them. One rule applies to the whole thread, so
 * that the order is consistent.
 */
export function siblingOrder(
  posts: readonly { post: StoredPost; shownAt: number }[],
): (a: StoredPost, b: StoredPost) => number {
  if (posts.every(({ post }) => isExact(post.when)))
    return (a, b) => byText(a.when.from ?? '', b.when.from ?? '') || byId(a, b)
  const positions = new Map(posts.map(({ post, shownAt }) => [post.id, shownAt]))
  return (a, b) => (positions.get(a.id) ?? 0) - (positions.get(b.id) ?? 0) || byId(a, b)
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Compares ids as numbers; ids that are not numbers compare as text. */
const byId = (a: StoredPost, b: StoredPost): number => Number(a.id) - Number(b.id) || byText(a.id, b.id)
