import type { GroupFacts, PageResult } from '../../archive/index.js'
import type { Page } from '../../model/page.js'
import type { FeedTask, StreamTask } from '../../model/task.js'
import { completionTasks } from './full-texts.js'
import type { Outcome, PlanContext } from './outcome.js'
import { feedOf, firstStreamTask, STREAM_START, streamPage } from './requests.js'
import { mayGoOn } from './stream-end.js'

/** Large groups without REST: reply counts from their feeds, and old pages of their streams in rotation. */

/** `num` works for feeds as for streams (reference 1.2); hosts may limit it. */
const ITEMS_PER_PAGE = 100

/** Most pages of one feed in one pass: the cost must not grow with the group. */
const MAX_FEED_PAGES = 10

/** The first page of each feed. Groups without pretty permalinks are left out: the URL of their feed is not known. */
export const feedTasks = (groups: readonly GroupFacts[], url: string): FeedTask[] =>
  groups.filter(group => new URL(group.url).search === '').map(group => feedTask(feedOf(group.url, url), 1, group.site))

function feedTask(feed: string, page: number, site: string | undefined): FeedTask {
  const url = new URL(feed)
  url.searchParams.set('num', String(ITEMS_PER_PAGE))
  if (page > 1) url.searchParams.set('acpage', String(page))
  return { kind: 'feed', reason: 'reply-counts', page, request: { url: url.href, ...(site && { site }) } }
}

/** The next page of a feed, up to its end or `MAX_FEED_PAGES`. */
export const followFeed = (task: FeedTask, page: Page): Outcome => ({
  tasks: nextFeedPage(task, page).map(({ request, page: number }) => feedTask(request.url, number, request.site)),
  end: 'done',
})

/** The page after this one with as many items. */
export function nextFeedPage({ request, page: number, ...task }: FeedTask, page: Page): FeedTask[] {
  if (!page.more || number >= MAX_FEED_PAGES) return []
  const url = new URL(request.url)
  url.searchParams.set('acpage', String(number + 1))
  return [{ ...task, page: number + 1, request: { ...request, url: url.href } }]
}

/**
 * Stream pages after those that this pass has read, for about `most` threads. A turn starts one page before the end of the last
 * turn: deleted posts may have moved others to an earlier page.
 */
export function pagesOfTurn(groups: readonly GroupFacts[], most: number): StreamTask[] {
  let left = most
  return groups.flatMap(group => {
    const last = left > 0 ? lastPageOf(group) : null
    if (!last) return []
    const share = Math.min(left, group.unseen)
    left -= share
    const page = Math.max(last.page + 1, (group.page ?? 1) - 1)
    const turn = { left: share, ...(page < (group.page ?? 1) && { overlap: true as const }) }
    return [streamPage(last, page, { reason: 'turn', turn })]
  })
}

/** The last page of the stream that this pass has read. If its first page was the group's own page, a task for that page. */
function lastPageOf({ lastPage, home }: GroupFacts): StreamTask | null {
  if (lastPage) return { ...lastPage, ...STREAM_START }
  return home === null ? null : firstStreamTask({ route: 'page', home, ajaxUrl: '', legacy: true, groupSlug: null })
}

/**
 * Completes the posts of this page, and continues until the turn has read its number of threads. The last page of the previous
 * turn does not count: otherwise a turn of no more threads than a page holds would never advance.
 */
export function followTurn(task: StreamTask, page: Page, result: PageResult, context: PlanContext): Outcome {
  const texts = completionTasks(page, task, context.addresses)
  const read = task.turn?.overlap ? 0 : page.posts.filter(post => post.parentId === null).length
  const left = (task.turn?.left ?? 0) - read
  // Where the site prints the link to the next page, no page is requested to prove the end.
  const goesOn = page.more || (!context.pageSizes.has(task.route) && mayGoOn(task, page, result, context))
  const turned = { page: goesOn ? task.page + 1 : null }
  // The same page again: the site's paging does not advance.
  if (!goesOn || left <= 0 || context.sameBefore > 0 || result.posts === 0)
    return { tasks: texts, end: 'done', route: task.route, turned }
  const next = streamPage(task, task.page + 1, { turn: { left } })
  return { tasks: [...texts, next], end: 'done', route: task.route, turned }
}
