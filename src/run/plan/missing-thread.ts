import type { Page, Wall } from '../../model/page.js'
import type { Task, ThreadTask } from '../../model/task.js'
import { isRecheckReason } from '../../model/task-reasons.js'
import { problemOf } from '../judge/problems.js'
import type { Outcome, PlanContext } from './outcome.js'

/** A thread that is held and was requested by itself, to see whether it has changed or is gone. */
export const isRecheck = (task: Task): task is ThreadTask => task.kind === 'thread' && isRecheckReason(task.reason)

/**
 * What it means that a thread is not where it was. 404 and 410 for its own address prove that it is gone; a login form, another
 * page or a refusal prove nothing; an error may be over at the next run.
 */
export function missingThreadTasks(task: ThreadTask, page: Page, wall: Wall): Outcome {
  const { id: thread, site = page.site.url } = task
  const byCall = task.request.form !== undefined
  if (byCall && task.permalink !== undefined) return byPermalink(task)
  if (wall.kind === 'not-found' && !byCall)
    return { tasks: [], end: 'done', gone: { site, thread, reason: reasonOf(wall) } }
  if (wall.kind === 'error' || wall.kind === 'challenge') {
    const problem = problemOf(task, page, wall)
    return { tasks: [], end: 'pending', reason: problem.message, problem }
  }
  return { tasks: [], end: 'done', gone: { site, thread, reason: null } }
}

/** The thread that was archived by its own address is not there any more: news, and no failure. */
export function targetGone({ request: { url } }: Task, wall: Wall, { site, id }: HeldThread): Outcome {
  const message = `Thread ${id} is gone from the site (${wall.seen}). What was read of it is kept.`
  return { tasks: [], end: 'done', gone: { site, thread: id, reason: reasonOf(wall) }, note: { url, message } }
}

type HeldThread = NonNullable<PlanContext['held']>

const reasonOf = (wall: Wall): '404' | '410' => (wall.seen.includes('410') ? '410' : '404')

/** Members' pages may lie elsewhere than in the usual place: the permalink knows where. */
export const byPermalink = ({ permalink = '', ...task }: ThreadTask): Outcome => ({
  tasks: [{ ...task, second: true, request: { url: permalink } }],
  end: 'done',
})
