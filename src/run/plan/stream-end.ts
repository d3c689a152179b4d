import type { PageResult } from '../../archive/index.js'
import type { Page, Wall } from '../../model/page.js'
import type { StreamTask } from '../../model/task.js'
import type { PlanContext } from './outcome.js'

/*
 * The end of a stream by page or AJAX is proven by a look at the page after the last one: themes print the link to the next page in
 * many ways, or load the rest by a script of their own. REST proves its end by itself: by its totals, or by an empty page.
 */

/**
 * True if the stream may go on after this page: the page has a link to the next one, or nothing proves that there is none. A page
 * that shows nothing new ends the stream, as does one with fewer items than pages of this site that have the link.
 */
export function mayGoOn(task: StreamTask, page: Page, result: PageResult, { pageSizes }: PlanContext): boolean {
  const { route } = task
  const items = openingsOf(page)
  if (page.more) notePageSize(route, items, pageSizes)
  if (page.more || route === 'rest') return page.more
  // The items of the first page may be known from the page that shows the stream.
  if (task.lookingBack || items === 0 || (task.page > 1 && result.fresh === 0)) return false
  return items >= (pageSizes.get(route) ?? 0)
}

function notePageSize(route: StreamTask['route'], items: number, pageSizes: PlanContext['pageSizes']): void {
  const least = pageSizes.get(route)
  if (items > 0) pageSizes.set(route, Math.min(items, least ?? items))
}

const openingsOf = ({ posts }: Page): number => posts.filter(post => post.parentId == null).length

/**
 * True if this response in place of a page proves that the stream has ended before it: 404, the same group without items that
 * threadkeep can read (the theme's own message), or the site's refusal of an AJAX request that it answered for the page before.
 */
export function provesEnd(task: StreamTask, page: Page, wall: Wall): boolean {
  if (!isBeyondKnown(task) || task.page < 2) return false
  if (wall.kind === 'not-found') return true
  if (task.route === 'ajax') return wall.kind === 'unknown' || wall.kind === 'refused'
  return task.route === 'page' && wall.kind === 'unknown' && isSamePlace(task, page)
}

/** No earlier page has said that this page exists. */
const isBeyondKnown = ({ reason }: StreamTask): boolean => reason === 'look' || reason === 'beyond-gap'

const isSamePlace = ({ groupSlug }: StreamTask, { about, group }: Page): boolean =>
  groupSlug === null ? about.kind === 'stream' || about.kind === 'member' : group?.slug === groupSlug
