import type { PageResult } from '../../archive/index.js'
import { EXIT, KnownError, NetworkError, RobotsError, SessionEnded } from '../../model/errors.js'
import type { Page, Wall } from '../../model/page.js'
import type { Problem } from '../../model/reports/run.js'
import type { LatestTask, Task, ThreadTask } from '../../model/task.js'
import type { TaskReason } from '../../model/task-reasons.js'
import { RedirectError } from '../../sources/index.js'
import { problemOfError, problemOfRefused } from '../judge/problems.js'
import { problemOf, problemOfClosed } from '../judge/wall-problems.js'
import { followDirectory, mineOf, startDirectory } from './directory.js'
import { isElsewhere, isNamedDirectory, isSearch, nextPlace, searchDirectory } from './directory-search.js'
import { followEmptyList } from './feeds/empty-lists.js'
import { followFeedPosts, withLastResort } from './feeds/last-resort.js'
import { deletedSince, withOthers } from './feeds/only-in-feed.js'
import { followLook, isLacking } from './feeds/reply-counts.js'
import { followSample } from './feeds/samples.js'
import { followSelfTest } from './feeds/self-test.js'
import { unreadFeed } from './feeds/unread-feed.js'
import { followForum } from './forum/follow-forum.js'
import { followTopic } from './forum/follow-topic.js'
import { isOfForum, walledForum } from './forum/forum-walls.js'
import { startForum, withForums } from './forum/start-forums.js'
import { endOfReplies, followReplies, textTasks, textTasksFor, threadByAjax } from './full-texts.js'
import { knownGroupTasks, passGap } from './gaps.js'
import { byOwnAddress, byPermalink, isRecheck, missingThreadTasks, targetGone } from './missing-thread.js'
import { movedPage, secondByAjax } from './other-route.js'
import type { Outcome, PlanContext } from './outcome.js'
import { followOwn, withoutOwn } from './own-groups.js'
import { latestTask } from './plan-sync.js'
import { followApi, followRestDirectory, goalOf, noteRoot, restFrom } from './rest.js'
import { followCheck, followParents, restCompletionTasks } from './rest-checks.js'
import { followFeed, followTurn } from './rotation.js'
import { endOfStream, followStream, startStream } from './stream.js'
import { provesEnd } from './stream-end.js'
import { byRestInstead } from './without-page.js'
import { isRest, walledRest, withoutRest } from './without-rest.js'

/** How a task ended, and the tasks that follow from its response. */
export function follow(task: Task, page: Page, result: PageResult, context: PlanContext): Outcome {
  noteRoot(page, context.rest)
  const outcome = withLastResort(task, page, outcomeOf(task, page, result, context), context)
  return withForums(task, page, outcome, context)
}

function outcomeOf(task: Task, page: Page, result: PageResult, context: PlanContext): Outcome {
  if (page.wall && isOfForum(task) && page.wall.kind !== 'session-ended')
    return passGap(task, page.wall, walledForum(task, page, page.wall, result), context)
  if (page.wall && page.wall.kind !== 'session-ended' && isRecheck(task))
    return missingThreadTasks(task, page, page.wall)
  const byItself = page.wall && byOwnAddress(task, page.wall, context)
  if (byItself) return byItself
  if (page.wall?.kind === 'not-found' && context.held) return targetGone(task, page, page.wall, context.held)
  if (page.wall && task.kind === 'own' && page.wall.kind !== 'session-ended') return withoutOwn(task, page.wall.seen)
  if (page.wall && task.kind === 'sample' && page.wall.kind !== 'session-ended')
    return followSample(task, page, context)
  if (isLacking(task) && !mayPass(page.wall)) return followLook(task, page, result, context)
  if (page.wall?.kind === 'unknown' && isNamedDirectory(task, page)) return searchDirectory(page)
  if (page.wall && isSearch(task) && isElsewhere(page.wall))
    return keepWithoutRest(task, afterPlace(task, page, context))
  if (page.wall)
    return (
      walledRest(task, page.wall, page, context) ??
      movedPage(task, page, page.wall, context) ??
      (page.wall.kind === 'error' ? byRestInstead(task, problemOf(task, page, page.wall), page, context) : null) ??
      passGap(task, page.wall, followWall(task, page, page.wall, result), context)
    )
  return keepWithoutRest(task, followPage(task, page, result, context))
}

/** Where the directory is nowhere, the groups that are known are read by themselves. */
function afterPlace(task: Parameters<typeof nextPlace>[0], page: Page, context: PlanContext): Outcome {
  const outcome = nextPlace(task, page)
  return outcome.end === 'failed' ? { ...outcome, tasks: knownGroupTasks(task, context) } : outcome
}

/** After REST has failed, the following tasks do not use it either. */
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
      if (task.reason === 'empty-lists') return followEmptyList(task, page, result, context)
      if (task.posts) return followFeedPosts(task, page, result, context)
      return (task.reason === 'self-test' ? followSelfTest : followFeed)(task, page, result, context)
    case 'sample':
      return followSample(task, page, context)
    case 'directory':
      return task.api ? followRestDirectory(task, task.api, page, context) : followDirectory(task, page, context)
    case 'text':
      return result.textRefused ? followWall(task, page, NOT_THE_TEXT) : { tasks: [], end: 'done' }
    case 'thread':
      return isRest(task)
        ? followRestThread(task, page, result, context)
        : withOthers(task, page, followThread(task, page))
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
    case 'own':
      return followOwn(task, page, context)
    case 'forum':
      return followForum(task, page, result, context)
    case 'topic':
      return followTopic(task, page)
    case 'zone':
      return { tasks: [], end: 'done' }
    default:
      return followFirstPage(task, page, result, context)
  }
}

const NOT_THE_TEXT: Wall = { kind: 'refused', seen: 'a text that does not continue the shortened one' }

/** The first page of a target, a group or a member. Its kind decides what follows. */
function followFirstPage(task: Task, page: Page, result: PageResult, context: PlanContext): Outcome {
  // Even if the front page shows a stream, its address means the whole site.
  const front = task.kind === 'target' && page.url === page.site.url
  const kind = front ? 'other' : page.about.kind
  const ofForum = startForum(task, page, result, context)
  if (ofForum) return ofForum
  if (isSearch(task) && kind !== 'directory') return nextPlace(task, page)
  const byRest = restFrom(task, page, goalOf(kind, page), context)
  if (byRest) return byRest
  switch (kind) {
    case 'thread':
      return followThread(task, page)
    case 'directory':
      return fromDirectory(task, page, context)
    case 'group':
    case 'member':
    case 'stream':
      return startStream(task, page, result, context)
    default:
      return page.about.kind === 'directory' ? fromDirectory(task, page, context) : searchDirectory(page)
  }
}

function fromDirectory(task: Task, page: Page, context: PlanContext): Outcome {
  if (page.loader === 'groups') return startDirectory(page)
  if (page.groups.length === 0 && !page.provenEmpty) return followWall(task, page, NO_GROUPS)
  return followDirectory({ home: page.url, ajaxUrl: '', route: 'page', page: 1, ...mineOf(page) }, page, context)
}

const NO_GROUPS: Wall = { kind: 'unknown', seen: 'a page without groups' }

function followThread(task: Task, page: Page): Outcome {
  const wanted = task.kind === 'thread' ? task : undefined
  const id = wanted?.id ?? (page.about.kind === 'thread' ? page.about.id : '')
  if (page.loader) return threadByAjax(id, page, wanted)
  const texts = textTasks(page, page.url)
  return { tasks: texts, end: 'done', route: task.request.form ? 'ajax' : 'page' }
}

/** Overlap with the last pass. A day is enough: the list is sorted by date, and clocks may differ. */
const OVERLAP_MILLISECONDS = 86_400_000

/** The next page of the newest replies of the site, until they are older than the last pass. */
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

function followWall(
  task: Task,
  page: Page,
  wall: Wall,
  group?: Pick<PageResult, 'groupStatus' | 'groupSeen'>,
): Outcome {
  if (task.kind === 'feed') return unreadFeed(task, wall.seen)
  const deleted = deletedSince(task, wall, page)
  if (deleted) return deleted
  if (task.kind === 'stream' && provesEnd(task, page, wall)) return endOfStream(task)
  const problem = problemOf(task, page, wall)
  if (wall.kind === 'session-ended') return sessionEnded({ ...problem, url: page.url })
  const reason = problem.message
  if (task.kind === 'group' && isMembersOnly(wall, group?.groupStatus ?? null))
    return closedGroup(task, page, wall, group)
  if (task.kind === 'group' && wall.kind === 'not-found' && group?.groupSeen)
    return closedGroup(task, page, wall, group)
  if (task.kind === 'target' && wall.kind === 'private-group')
    return { tasks: [], end: 'failed', reason, access: 'members', problem }
  // BuddyBoss refuses the request after the last reply: "No more items to load."
  if (task.kind === 'replies' && wall.kind === 'refused' && task.offset > 0) return endOfReplies(task, page)
  if (task.kind === 'thread' && task.permalink) return byPermalink(task)
  if (mayReadMore(task)) return byReadMore(task)
  if (task.kind === 'group' && !isTransient(wall) && !isLogin(wall))
    return { tasks: [], end: 'failed', reason, problem: { ...problem, exitCode: EXIT.partial } }
  const again = task.kind === 'stream' || task.kind === 'directory' || isTransient(wall) || isLogin(wall)
  const closed = task.kind === 'target' && isLogin(wall) ? ({ access: 'members' } as const) : {}
  return { tasks: [], end: again && mayWait(task) ? 'pending' : 'failed', reason, problem, ...closed }
}

/** The request may wait for another run. A target begins each pass; the feed that a thread was found by says the same in the next pass. */
const mayWait = ({ kind, reason }: Task): boolean => kind !== 'target' && !BY_FEED.includes(reason)

const BY_FEED: readonly TaskReason[] = ['only-in-feed', 'control', 'counted', 'off-list']

/** A group whose posts this reader may not see: a problem, in each run, if the archive holds posts that the reader saw there. */
function closedGroup(task: Task, page: Page, wall: Wall, group: Pick<PageResult, 'groupSeen'> | undefined): Outcome {
  if (!group?.groupSeen) return { tasks: [], end: 'done', access: 'members' }
  const problem = problemOfClosed(task, page, wall)
  return { tasks: [], end: 'failed', reason: problem.message, access: 'members', problem }
}

/** The outcome of a request without a usable response. If it was the target itself, the pass fails. */
export function unanswered(task: Task, error: Error, context: PlanContext): Outcome {
  if (error instanceof SessionEnded) return sessionEnded(problemOfError(task, error))
  if (task.kind === 'feed') return unreadFeed(task, clauseOf(error))
  if (task.kind === 'own' && error instanceof KnownError) return withoutOwn(task, clauseOf(error))
  if ((task.kind === 'sample' || task.kind === 'zone') && error instanceof KnownError) return { tasks: [], end: 'done' }
  if (isRest(task) && !isRecheck(task) && !isLacking(task) && error instanceof KnownError)
    return withoutRest(task, clauseOf(error), context)
  if (task.kind === 'thread' && task.direct) return byPermalink(task)
  const byAjax = error instanceof RedirectError ? secondByAjax(task, clauseOf(error), context) : null
  if (byAjax) return byAjax
  if (error instanceof RedirectError && mayReadMore(task)) return byReadMore(task)
  const isNetwork = error instanceof NetworkError && !(error instanceof RedirectError)
  const byRest = isNetwork ? byRestInstead(task, problemOfError(task, error), null, context) : null
  if (byRest) return byRest
  const again = isNetwork && mayWait(task)
  const end = again ? 'pending' : 'failed'
  const isRefused = task.kind === 'target' && error instanceof RobotsError
  const problem = isRefused ? problemOfRefused(task, error) : problemOfError(task, error)
  const failed = { tasks: [], end, reason: error.message, problem } as const
  const outcome = passGap(task, error, failed, context)
  // A site that keeps programs away from its posts has not left its feed open for that.
  return error instanceof RobotsError ? outcome : withLastResort(task, null, outcome, context)
}

/** The task stays pending: after a new login, the next run continues with it. */
const sessionEnded = (problem: Problem): Outcome => ({ tasks: [], end: 'untouched', problem, stop: 'session-ended' })

/** The page of a deleted member's thread redirects to the front page, but read-more requests still give its texts. */
function byReadMore(task: ThreadTask): Outcome {
  const tasks = textTasksFor(
    task.texts,
    task.ajaxUrl,
    task.request.url,
    task.request.form === undefined && !task.byNouveau,
  )
  // These requests give texts only: replies that the stream does not show stay unknown.
  return task.reason === 'partial' ? { tasks, end: 'failed', ...hiddenReplies(task) } : { tasks, end: 'done' }
}

function hiddenReplies({ id, request: { url } }: ThreadTask): Pick<Outcome, 'reason' | 'problem'> {
  const message = `Thread ${id} has replies that could not be read: its stream does not show them, and its own page leads elsewhere.`
  const advice = `Open ${url} in a browser to see where it leads. The thread of a deleted member has no page of its own.`
  return { reason: message, problem: { url, message, advice, exitCode: EXIT.partial } }
}

const mayReadMore = (task: Task): task is ThreadTask =>
  task.kind === 'thread' && task.texts.length > 0 && !task.noReadMore

/** True if only members may read the group. A notice of BuddyPress says so; a login form says so only for a private or hidden group. */
const isMembersOnly = (wall: Wall, status: string | null): boolean =>
  wall.kind === 'private-group' || (isLogin(wall) && (status === 'private' || status === 'hidden'))

const isLogin = (wall: Wall): boolean => wall.kind === 'login' || wall.kind === 'members-only'

/** True for a wall that may be gone at the next run. */
const isTransient = (wall: Wall): boolean =>
  wall.kind === 'error' || wall.kind === 'challenge' || wall.kind === 'refused'

/** True for a wall that says nothing of the thread: the session has ended, or a later run may get past it. */
const mayPass = (wall: Wall | null): boolean => wall !== null && (wall.kind === 'session-ended' || isTransient(wall))

const clauseOf = (error: Error): string => error.message.replace(/\.$/, '')
