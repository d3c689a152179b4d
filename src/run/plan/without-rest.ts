import { EXIT } from '../../model/errors.js'
import type { Page, Wall } from '../../model/page.js'
import { restCallOf } from '../../model/rest.js'
import type { DirectoryTask, Goal, Task } from '../../model/task.js'
import type { Outcome, PlanContext } from './outcome.js'

/** A call of REST that can be had in another way, or done without. */
export const isRest = (task: Task): boolean => restCallOf(task.request.url) !== null

/** Too many requests are too many by whatever route. A refusal of REST alone is common, and the pages will tell if it is more. */
const isRateLimited = (wall: Wall): boolean => wall.kind === 'challenge' && wall.seen.includes('429')

/** REST was answered by something else than its objects: the next route is taken, and the run says so. */
export function walledRest(task: Task, wall: Wall, page: Page, context: PlanContext): Outcome | null {
  if (!isRest(task) || isRateLimited(wall)) return null
  return withoutRest(task, `${page.url} answered with ${wall.seen}`, context, wall.kind === 'elsewhere')
}

/** Reads the same by pages. `allowed`: also where REST alone was asked for, because only the page can tell what is meant. */
export function withoutRest(task: Task, why: string, { via }: PlanContext, allowed = false): Outcome {
  const goal = goalOfTask(task)
  if (!goal) return { tasks: [], end: 'done', note: { url: task.request.url, message: `${lossOf(task)}: ${why}.` } }
  const url = goal.home
  if (via === 'rest' && !allowed) return restFailed(task, url, why)
  const tasks: Task[] = [
    { kind: goal.kind === 'group' ? 'group' : 'target', reason: 'without-rest', request: { url }, without: 'rest' },
  ]
  return { tasks, end: 'done', note: { url, message: `${url} is read without REST: ${why}.` } }
}

function restFailed(task: Task, url: string, why: string): Outcome {
  const message = `${url} could not be read by REST: ${why}.`
  const advice = 'Leave out --via rest: threadkeep then reads the pages instead.'
  const exitCode = task.kind === 'api' ? EXIT.unrecognised : EXIT.partial
  return { tasks: [], end: 'failed', reason: message, problem: { url, message, advice, exitCode } }
}

function lossOf(task: Task): string {
  if (task.kind === 'members') return 'The names of some members could not be had'
  if (task.kind === 'latest') return 'The youngest replies of the site could not be listed'
  if (task.kind === 'turns') return 'Some of the threads whose turn it was could not be read again'
  const what = task.kind === 'thread' ? `Thread ${task.id}` : 'Replies whose parents are not shown'
  return `${what} could not be looked at a second time`
}

/** What the task was for; null for what only completes other tasks. */
function goalOfTask(task: Task): Goal | null {
  switch (task.kind) {
    case 'api':
      return task.goal
    case 'directory':
      return directoryGoal(task)
    case 'stream':
      return task.groupSlug === null
        ? { kind: 'stream', home: task.home }
        : { kind: 'group', home: task.home, slug: task.groupSlug, id: null }
    case 'thread':
      return task.permalink === undefined ? null : { kind: 'thread', home: task.permalink, id: task.id }
    default:
      return null
  }
}

const directoryGoal = ({ only, home }: DirectoryTask): Goal => only ?? { kind: 'site', home }
