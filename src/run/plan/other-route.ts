import { bareUrl } from '../../model/addresses.js'
import { EXIT } from '../../model/errors.js'
import type { Page, Wall } from '../../model/page.js'
import type { StreamTask, Task } from '../../model/task.js'
import type { Outcome, PlanContext } from './outcome.js'
import { streamPage } from './requests.js'

/*
 * Some sites have no second page of a stream under its own address: a page cache that ignores the query sends the first page again,
 * and plain permalinks lead elsewhere. No cache keeps an AJAX call, and BuddyPress finds its stream by the Referer.
 */

/** Ids of the items of a page, in their order. */
export const itemsOf = ({ posts }: Page): string =>
  posts
    .filter(post => post.parentId == null)
    .map(post => post.id)
    .join(' ')

/** The outcome of a second page that is the first one again, which does not prove that the stream ends there; null: it is another. */
export function firstPageAgain(task: StreamTask, page: Page, context: PlanContext): Outcome | null {
  // After a second page of its own, the same page once more is the last one.
  if (task.route === 'rest' || !isSecond(task) || !task.firstItems || task.firstItems !== itemsOf(page)) return null
  // The AJAX response for a member names no member: the stream of the whole site would pass for it.
  if (page.about.kind === 'member') return page.more ? null : noSecondPage(task)
  const byAjax = pagesByAjax(task, 'its second page is the first one again', context)
  // A page that says that there are more is followed: new posts may have moved all items by one page.
  return byAjax ?? (page.more ? null : noSecondPage(task))
}

/** A second page that leads elsewhere: the same by AJAX. Null: something else is the matter. */
export function movedPage(task: Task, page: Page, { kind, seen }: Wall, context: PlanContext): Outcome | null {
  const isMoved = page.url !== bareUrl(task.request.url) && (kind === 'elsewhere' || kind === 'unknown')
  return isMoved ? secondByAjax(task, `its second page leads to ${page.url} (${seen})`, context) : null
}

/** The second page of a group's stream by AJAX; null if the task is for something else, or the reader has chosen another route. */
export const secondByAjax = (task: Task, why: string, context: PlanContext): Outcome | null =>
  task.kind === 'stream' && isSecond(task) && task.groupSlug !== null ? pagesByAjax(task, why, context) : null

const isSecond = ({ page, lookingBack, steppingBack, alone, turn }: StreamTask): boolean =>
  page === 2 && !lookingBack && !steppingBack && !alone && !turn

function pagesByAjax(task: StreamTask, why: string, { via }: PlanContext): Outcome | null {
  if (via !== 'auto' || task.route !== 'page') return null
  const next = streamPage({ ...task, route: 'ajax' }, task.page, { reason: 'by-ajax', idle: 0 })
  const message = `From page ${task.page} on, ${task.home} is read by AJAX: ${why}.`
  return { tasks: [next], end: 'done', note: { url: task.home, message } }
}

function noSecondPage({ home, request: { url }, route }: StreamTask): Outcome {
  const message = `${home}: its second page is the first one again, so nothing shows whether there are more posts.`
  const other = route === 'page' ? '--via ajax' : '--via page'
  const advice = `A page cache of the site may ignore the page number. The archive keeps what was read. Try the other route (${other}).`
  const problem = { url, message, advice, exitCode: EXIT.partial }
  return { tasks: [], end: 'failed', reason: 'paging does not advance', problem }
}
