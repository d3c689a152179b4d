import type { GroupFacts, PageResult } from '../../archive/index.js'
import type { Page } from '../../model/page.js'
import type { FeedTask, StreamTask } from '../../model/task.js'
import { nextFeedPage } from './feeds/feed-pages.js'
import { absentTasks, noteOfAbsent } from './feeds/only-in-feed.js'
import { completionTasks } from './full-texts.js'
import type { Outcome, PlanContext } from './outcome.js'
import { feedOf, firstStreamTask, STREAM_START, streamPage } from './requests.js'
import { mayGoOn } from './stream-end.js'

/** Large groups without REST: reply counts from their feeds, and old pages of their streams in rotation. */

/** `num` works for feeds as for streams (reference 1.2); hosts may limit it. */
const ITEMS_PER_PAGE = 100

/** The first page of each feed. Groups without pretty permalinks are left out: the URL of their feed is not known. */
export const feedTasks = (groups: readonly GroupFacts[], url: string): FeedTask[] =>
  groups.filter(group => new URL(group.url).search === '').map(group => feedTask(feedOf(group.url, url), group.site))

function feedTask(feed: string, site: string | undefined): FeedTask {
  const url = new URL(feed)
  url.searchParams.set('num', String(ITEMS_PER_PAGE))
  return { kind: 'feed', reason: 'reply-counts', page: 1, request: { url: url.href, ...(site && { site }) } }
}

/** The next page of a feed, if it has one; and the threads that only the feed has. */
export function followFeed(task: FeedTask, page: Page, result: PageResult, { plan }: PlanContext): Outcome {
  const note = noteOfAbsent(task.request.url, page, result)
  const own = absentTasks(page, result, task.request.site)
  return { tasks: [...nextFeedPage(task, page, plan), ...own], end: 'done', ...note }
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
