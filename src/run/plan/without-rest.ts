import { EXIT } from '../../model/errors.js'
import type { Page, Wall } from '../../model/page.js'
import { restCallOf } from '../../model/rest.js'
import type { Goal, Task } from '../../model/task.js'
import type { Outcome, PlanContext } from './outcome.js'
import { withFewer } from './rest-requests.js'

/** True for a REST request. */
export const isRest = (task: Task): boolean => restCallOf(task.request.url) !== null

/** "Too many requests" concerns every route. Any other refusal may concern REST only; the pages show whether it does. */
const isRateLimited = (wall: Wall): boolean => wall.kind === 'challenge' && wall.seen.includes('429')

/** True if bot protection refuses REST, or a feed beside the pages: the pages may not be protected. */
export const isBesidePages = (task: Task, wall: Wall | null, via: PlanContext['via']): boolean =>
  wall?.kind === 'challenge' &&
  !isRateLimited(wall) &&
  (isFeedBeside(task) || (via === 'auto' && restCallOf(task.request.url) !== null))

const isFeedBeside = ({ kind, reason }: Task): boolean => kind === 'feed' && reason !== 'named'

/** The outcome if a REST request got a wall: the same by pages, with a note. Null if the wall does not concern REST only. */
export function walledRest(task: Task, wall: Wall, page: Page, context: PlanContext): Outcome | null {
  if (!isRest(task) || isRateLimited(wall)) return null
  const fewer = wall.seen.startsWith('HTTP 400') ? inSmallerParts(task) : null
  if (fewer) return { tasks: fewer, end: 'done' }
  return withoutRest(task, `${page.url} sent ${wall.seen}`, context, wall.kind === 'elsewhere')
}

/** The same with fewer objects in each response: some hosts and plugins refuse `per_page=100`. Null: that cannot be the cause. */
function inSmallerParts(task: Task): Task[] | null {
  const fewer = withFewer(task.request)
  if (!fewer) return null
  return fewer.requests.map(request => ({
    ...task,
    request,
    ...('api' in task && task.api && { api: { ...task.api, perPage: fewer.perPage } }),
    ...('page' in task && { page: 1 }),
  }))
}

/** Reads the same by pages. `allowed`: even with `--via rest`, because only the page shows what the target is. */
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
  const advice = 'Run the command without --via rest: threadkeep then reads the pages instead.'
  const exitCode = task.kind === 'api' ? EXIT.unrecognised : EXIT.partial
  return { tasks: [], end: 'failed', reason: message, problem: { url, message, advice, exitCode } }
}

function lossOf(task: Task): string {
  if (task.kind === 'members') return 'The names of some members could not be read'
  if (task.kind === 'latest') return 'The newest replies of the site could not be read'
  if (task.kind === 'turns') return 'Some old threads could not be read again in this turn of the rotation'
  const subject = task.kind === 'thread' ? `Thread ${task.id}` : 'Replies whose parents the site does not show'
  return `${subject} could not be checked`
}

/** What the task was to read; null for a task that only completes others. */
function goalOfTask(task: Task): Goal | null {
  switch (task.kind) {
    case 'api':
      return task.goal
    case 'directory':
      return task.only ?? { kind: 'site', home: task.home }
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
