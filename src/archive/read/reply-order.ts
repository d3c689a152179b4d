import type { PostNode } from '../../model/archive.js'
import type { When } from '../../model/discussion.js'
import { isExact } from '../../model/time.js'
import { replyOrder } from '../../model/tree.js'

/** What places a post in its thread. `id` and `parentId` are row ids, or the site's own ids. */
export interface PostPlace<Id extends string | number = number> extends When {
  id: Id
  parentId: Id | null
  siteId: string
  /** Position in the last view that showed the post. */
  shownAt: number
}

type AnyPlace = PostPlace<string | number>

/** These posts of a thread in pre-order. */
export const inReplyOrder = <Place extends AnyPlace>(
  places: readonly Place[],
  thread: Place['id'],
): PostNode<Place>[] => replyOrder(places, siblingOrder(places), thread)

/**
 * Sort order of siblings: by date, then id, as the site's software intends (its SQL leaves the order of equal dates undefined). If any
 * date in the thread is an interval, siblings keep the order in which the site showed them. One rule applies to the whole thread, so
 * that the order is consistent.
 */
function siblingOrder(posts: readonly AnyPlace[]): (a: AnyPlace, b: AnyPlace) => number {
  if (posts.every(isExact)) return (a, b) => byText(a.from ?? '', b.from ?? '') || byId(a, b)
  return (a, b) => a.shownAt - b.shownAt || byId(a, b)
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Compares ids as numbers; ids that are not numbers compare as text. */
const byId = (a: AnyPlace, b: AnyPlace): number => Number(a.siteId) - Number(b.siteId) || byText(a.siteId, b.siteId)
