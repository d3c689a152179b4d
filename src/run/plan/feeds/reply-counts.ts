import type { HeldReplies, PageResult, ShortThread } from '../../../archive/index.js'
import type { Page } from '../../../model/page.js'
import type { Task, ThreadTask } from '../../../model/task.js'
import { rebase, siteKey } from '../../../model/urls.js'
import { noteOfCount, problemOfCount } from '../../judge/problems.js'
import { textTasks } from '../full-texts.js'
import type { Outcome, PlanContext } from '../outcome.js'
import { ajaxUrlOf, threadRequest } from '../requests.js'
import { restThreadTask } from '../rest-requests.js'
import { isRest } from '../without-rest.js'

/*
 * A site counts the replies of its threads, in its feeds and by REST. Where it counts more than the pages showed, the thread's own page
 * is requested, then its REST object. What is still missing is a problem, unless something explains the number.
 */

/** The thread was requested because the site counts more replies of it than were read. */
type LackingTask = ThreadTask & { lacking: NonNullable<ThreadTask['lacking']> }

export const isLacking = (task: Task): task is LackingTask => task.kind === 'thread' && task.lacking !== undefined

/** The own pages of the threads that lack replies. A post without a page of its own has had its look by then. */
export const lookTasks = ({ short = [] }: PageResult, page: Page): ThreadTask[] =>
  short.map(({ id, url, site, posts, counted, offList }: ShortThread) => ({
    ...{
      kind: 'thread',
      reason: offList ? 'only-in-feed' : 'counted',
      id,
      site,
      texts: [],
      ajaxUrl: ajaxUrlOf(page),
      noReadMore: true,
    },
    ...{ lacking: { replies: counted, held: posts.length - 1 }, request: { url: rebase(url, page.url) } },
  }))

/** What follows from the second look. A wall means that it showed nothing. */
export function followLook(task: LackingTask, page: Page, { replies }: PageResult, context: PlanContext): Outcome {
  const { id, lacking, ajaxUrl } = task
  if (page.loader && !page.wall && !task.request.form)
    return { tasks: [{ ...task, second: true, request: threadRequest(ajaxUrlOf(page), page.url) }], end: 'done' }
  const tasks = page.wall || isRest(task) ? [] : textTasks(page, page.url)
  if (!replies || replies.held >= lacking.replies) return { tasks, end: 'done' }
  const api = context.rest.singles.get(siteKey(task.site ?? page.site.url))
  if (api && !isRest(task))
    return {
      tasks: [
        ...tasks,
        restThreadTask(api, id, ajaxUrl, { reason: 'counted', lacking, ...(task.site && { site: task.site }) }),
      ],
      end: 'done',
    }
  return { tasks, ...judged(task, page, replies) }
}

/** A number that something explains is a note; else the thread is not whole. */
function judged({ id, lacking, site, request }: LackingTask, page: Page, replies: HeldReplies): Omit<Outcome, 'tasks'> {
  const view = page.wall ? undefined : page.threads.find(thread => thread.id === id)
  const count = { url: request.url, id, counted: lacking.replies, held: replies.held }
  if (view && (view.claimed === view.shown || replies.othersAreWhole)) return { end: 'done', note: noteOfCount(count) }
  const problem = problemOfCount(count)
  const claims = { site: site ?? page.site.url, thread: id, posts: lacking.replies + 1 }
  return { end: 'failed', reason: problem.message, problem, claims }
}
