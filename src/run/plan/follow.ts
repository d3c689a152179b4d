import type { PageResult } from '../../archive/index.js'
import { EXIT, KnownError, NetworkError, SessionEnded } from '../../model/errors.js'
import type { Page, Wall } from '../../model/page.js'
import type { Problem } from '../../model/reports/run.js'
import type { FeedTask, LatestTask, Task, ThreadTask } from '../../model/task.js'
import { RedirectError } from '../../sources/index.js'
import { problemOf, problemOfError } from '../judge/problems.js'
import { followDirectory, startDirectory } from './directory.js'
import { textTasks, textTasksFor, threadByAjax } from './full-texts.js'
import { byPermalink, isRecheck, missingThreadTasks, targetGone } from './missing-thread.js'
import type { Outcome, PlanContext } from './outcome.js'
import { latestTask } from './plan-sync.js'
import { followReplies } from './replies.js'
import { followApi, followRestDirectory, goalOf, restFrom } from './rest.js'
import { followCheck, followParents, restCompletionTasks } from './rest-checks.js'
import { followFeed, followTurn } from './rotation.js'
import { followStream, startStream } from './stream.js'
import { isRest, walledRest, withoutRest } from './without-rest.js'

/** The plan of a reading: from what a task brought to what is asked next. */
export function follow(task: Task, page: Page, result: PageResult, context: PlanContext): Outcome {
  if (page.wall && page.wall.kind !== 'session-ended' && isRecheck(task))
    return missingThreadTasks(task, page, page.wall)
  if (page.wall?.kind === 'not-found' && context.held) return targetGone(task, page.wall, context.held)
  if (page.wall)
    return walledRest(task, page.wall, page, context) ?? followWall(task, page, page.wall, result.groupStatus)
  return keepWithoutRest(task, followPage(task, page, result, context))
}

/** Where REST did not work, all that follows does without it. */
function keepWithoutRest(task: Task, outcome: Outcome): Outcome {
  if (!('without' in task) || !task.without) return outcome
  for (const next of outcome.tasks)
    if (next.kind === 'target' || next.kind === 'group' || next.kind === 'directory') next.without = task.without
  return outcome
}

function followPage(task: Task, page: Page, result: PageResult, context: PlanContext): Outcome {
  switch (task.kind) {
    case 'stream':
      return task.turn ? followTurn(task, page, result, context) : followStream(task, page, result, context)
    case 'feed':
      return followFeed(task, page)
    case 'directory':
      return task.api ? followRestDirectory(task, task.api, page, context) : followDirectory(task, page)
    case 'text':
      return result.textRefused ? followWall(task, page, NOT_THE_TEXT) : { tasks: [], end: 'done' }
    case 'thread':
      return isRest(task) ? followRestThread(task, page, result, context) : followThread(task, page)
    case 'replies':
      return followReplies(task, page)
    case 'api':
      return followApi(task, page, context)
    case 'parents':
      return followParents(task, page)
    case 'latest':
      return followLatest(task, page, result, context)
    case 'turns':
      return { tasks: restCompletionTasks(task, page, context), end: 'done' }
    case 'members':
      return { tasks: [], end: 'done' }
    default:
      return followFirstPage(task, page, result, context)
  }
}

const NOT_THE_TEXT: Wall = { kind: 'refused', seen: 'something that is not the rest of its text' }

/** The first page of a target, a group or a member: what it is decides how to go on. */
function followFirstPage(task: Task, page: Page, result: PageResult, context: PlanContext): Outcome {
  // A community may show its stream on the front page: the whole site is meant all the same.
  const front = task.kind === 'target' && page.url === page.site.url
  const kind = front ? 'other' : page.about.kind
  const byRest = restFrom(task, page, goalOf(kind, page), context)
  if (byRest) return byRest
  switch (kind) {
    case 'thread':
      return followThread(task, page)
    case 'directory':
      return fromDirectory(task, page)
    case 'group':
    case 'member':
    case 'stream':
      return startStream(task, page, result, context)
    default:
      return toDirectory(task, page)
  }
}

function fromDirectory(task: Task, page: Page): Outcome {
  if (page.loader === 'groups') return startDirectory(page)
  if (page.groups.length === 0 && !page.provenEmpty) return followWall(task, page, NO_GROUPS)
  return followDirectory({ home: page.url, ajaxUrl: '', route: 'page', page: 1 }, page)
}

const NO_GROUPS: Wall = { kind: 'unknown', seen: 'a page without groups' }

/** From the front page to the groups. Its link may be missing from the menu, so the default address is tried. */
function toDirectory(task: Task, page: Page): Outcome {
  if (page.about.kind === 'directory') return fromDirectory(task, page)
  const url = page.directoryUrl ?? new URL('groups/', page.site.url).href
  if (task.request.url === url) return followWall(task, page, NO_GROUPS)
  return { tasks: [{ kind: 'target', reason: 'directory', request: { url } }], end: 'done' }
}

function followThread(task: Task, page: Page): Outcome {
  const wanted = task.kind === 'thread' ? task : undefined
  const id = wanted?.id ?? (page.about.kind === 'thread' ? page.about.id : '')
  if (page.loader) return threadByAjax(id, page, wanted)
  const texts = textTasks(page, page.url)
  return { tasks: texts, end: 'done', route: task.request.form ? 'ajax' : 'page' }
}

/** A day before the last reading is enough: replies are listed by date, and clocks differ. */
const OVERLAP_MILLISECONDS = 86_400_000

/** The youngest replies of the site, until they are older than the last reading. */
function followLatest(task: LatestTask, page: Page, result: PageResult, { plan }: PlanContext): Outcome {
  const until = plan.kind === 'part' ? new Date(Date.parse(plan.last) - OVERLAP_MILLISECONDS).toISOString() : ''
  const isOver = page.posts.every(post => (post.when.to ?? '') < until) && result.newPosts === 0
  const tasks = page.more && !isOver ? [latestTask(task.api, task.page + 1, task.ajaxUrl)] : []
  return { tasks, end: 'done' }
}

function followRestThread(task: ThreadTask, page: Page, result: PageResult, context: PlanContext): Outcome {
  if (task.check) return followCheck(task, page, result.newPosts)
  return { tasks: restCompletionTasks(task, page, context), end: 'done', route: 'rest' }
}

function followWall(task: Task, page: Page, wall: Wall, groupStatus: string | null = null): Outcome {
  if (task.kind === 'feed') return noFeed(task, wall.seen)
  const problem = problemOf(task, page, wall)
  if (wall.kind === 'session-ended') return sessionEnded({ ...problem, url: page.url })
  const reason = problem.message
  if (task.kind === 'group' && isMembersOnly(wall, groupStatus)) return { tasks: [], end: 'done', access: 'members' }
  if (task.kind === 'target' && wall.kind === 'private-group')
    return { tasks: [], end: 'failed', reason, access: 'members', problem }
  // The end of the replies is told as a refusal: "No more items to load."
  if (task.kind === 'replies' && wall.kind === 'refused' && task.offset > 0) return { tasks: [], end: 'done' }
  if (task.kind === 'thread' && task.permalink) return byPermalink(task)
  if (mayReadMore(task)) return byReadMore(task)
  if (task.kind === 'group' && !isTransient(wall) && !isLogin(wall))
    return { tasks: [], end: 'failed', reason, problem: { ...problem, exitCode: EXIT.partial } }
  const again = task.kind === 'stream' || task.kind === 'directory' || isTransient(wall) || isLogin(wall)
  return { tasks: [], end: again && task.kind !== 'target' ? 'pending' : 'failed', reason, problem }
}

/** Nothing is lost without it: new replies on old threads are found when their turn comes. */
const noFeed = ({ request: { url } }: FeedTask, why: string): Outcome => ({
  tasks: [],
  end: 'done',
  note: {
    url,
    message: `${url} did not tell how many replies there are (${why}): old threads are read by turns only.`,
  },
})

/** No answer that could be read. A first page that can't be had leaves nothing to go on with. */
export function unanswered(task: Task, error: Error, context: PlanContext): Outcome {
  if (error instanceof SessionEnded) return sessionEnded(problemOfError(task, error))
  if (task.kind === 'feed') return noFeed(task, clauseOf(error))
  if (isRest(task) && !isRecheck(task) && error instanceof KnownError)
    return withoutRest(task, clauseOf(error), context)
  if (error instanceof RedirectError && mayReadMore(task)) return byReadMore(task)
  const again = error instanceof NetworkError && !(error instanceof RedirectError) && task.kind !== 'target'
  return { tasks: [], end: again ? 'pending' : 'failed', reason: error.message, problem: problemOfError(task, error) }
}

/** Nothing has happened to the task: whoever logs in again goes on with it. */
const sessionEnded = (problem: Problem): Outcome => ({ tasks: [], end: 'untouched', problem, stop: 'session-ended' })

/** The page of a deleted member's thread leads to the front page; the read-more call has the text all the same. */
const byReadMore = (task: ThreadTask): Outcome => ({
  tasks: textTasksFor(task.texts, task.ajaxUrl, task.request.url, task.request.form === undefined),
  end: 'done',
})

const mayReadMore = (task: Task): task is ThreadTask =>
  task.kind === 'thread' && task.texts.length > 0 && !task.noReadMore

/** BuddyPress itself says so in words. A mere login form may stand in the place of any page: that of a private group only means it. */
const isMembersOnly = (wall: Wall, status: string | null): boolean =>
  wall.kind === 'private-group' || (isLogin(wall) && (status === 'private' || status === 'hidden'))

const isLogin = (wall: Wall): boolean => wall.kind === 'login' || wall.kind === 'members-only'

/** What may be better at the next run. */
const isTransient = (wall: Wall): boolean =>
  wall.kind === 'error' || wall.kind === 'challenge' || wall.kind === 'refused'

const clauseOf = (error: Error): string => error.message.replace(/\.$/, '')
