import type { StoredPost } from '../../model/archive.js'
import { isExact } from '../../model/time.js'

/**
 * Siblings by date and id, as the software itself means to sort them (its SQL leaves ties to chance). Where only intervals
 * are known, by the place in which the site showed them. One rule for a whole thread, so that it is an order.
 */
export function siblingOrder(
  posts: readonly { post: StoredPost; shownAt: number }[],
): (a: StoredPost, b: StoredPost) => number {
  if (posts.every(({ post }) => isExact(post.when)))
    return (a, b) => byText(a.when.from ?? '', b.when.from ?? '') || byId(a, b)
  const places = new Map(posts.map(({ post, shownAt }) => [post.id, shownAt]))
  return (a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0) || byId(a, b)
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Activity ids are numbers; those of other kinds sort as text behind them. */
const byId = (a: StoredPost, b: StoredPost): number => Number(a.id) - Number(b.id) || byText(a.id, b.id)
