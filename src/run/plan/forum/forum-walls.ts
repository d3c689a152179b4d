import type { PageResult } from '../../../archive/index.js'
import { EXIT } from '../../../model/errors.js'
import type { Page, Wall } from '../../../model/page.js'
import type { ForumTask, Task, TopicTask, ZoneTask } from '../../../model/task.js'
import { isRecheckReason } from '../../../model/task-reasons.js'
import { problemOf } from '../../judge/wall-problems.js'
import type { Outcome } from '../outcome.js'

type OfForum = ForumTask | TopicTask | ZoneTask

export const isOfForum = (task: Task): task is OfForum =>
  task.kind === 'forum' || task.kind === 'topic' || task.kind === 'zone'

/** The outcome of a request for a forum that got something else. */
export function walledForum(task: OfForum, page: Page, wall: Wall, { groupStatus }: PageResult): Outcome {
  // Without its zone, the dates of a forum are intervals.
  if (task.kind === 'zone' || (task.kind === 'forum' && task.guessed && wall.kind !== 'error'))
    return { tasks: [], end: 'done' }
  if (isNoForum(task, wall)) return { tasks: [], end: 'done' }
  if (task.page > 1 && wall.kind === 'not-found' && task.reason === 'look') return endOf(task, page)
  const isClosed = isForMembers(wall)
  if (isClosed && task.kind === 'forum' && (groupStatus === 'private' || groupStatus === 'hidden'))
    return { tasks: [], end: 'done' }
  if (task.kind === 'topic') return walledTopic(task, page, wall)
  const problem = problemOf(task, page, wall)
  const kept = { reason: problem.message, problem: isClosed ? problem : { ...problem, exitCode: EXIT.partial } }
  return { tasks: [], end: isClosed || isTransient(wall) ? 'pending' : 'failed', ...kept }
}

/** REST says that a group has a forum, also on a site without bbPress: the setting is BuddyPress's own. Topics that are held are looked at one by one. */
const isNoForum = (task: OfForum, wall: Wall): boolean =>
  task.kind === 'forum' && task.reason === 'forum' && task.page === 1 && wall.kind === 'not-found'

const endOf = (task: ForumTask | TopicTask, page: Page): Outcome =>
  task.kind === 'forum'
    ? { tasks: [], end: 'done', forumEnded: true }
    : { tasks: [], end: 'done', whole: wholeOf(task, page, task.read ?? 0) }

/** The whole topic was seen in this pass; `posts`: how many it has. */
export const wholeOf = (
  { id, site, claimed = 0 }: TopicTask,
  page: Page,
  posts: number,
): NonNullable<Outcome['whole']> => ({
  site: site ?? page.site.url,
  thread: id,
  posts: Math.max(posts, claimed),
})

/** That a topic is not there is a result; that it is somewhere else, or for members only, says nothing of what is held. */
function walledTopic(task: TopicTask, page: Page, wall: Wall): Outcome {
  const { id: thread, site = page.site.url } = task
  if (wall.kind === 'not-found' && task.page === 1)
    return { tasks: [], end: 'done', gone: { site, thread, reason: wall.seen.includes('410') ? '410' : '404' } }
  const problem = problemOf(task, page, wall)
  if (isTransient(wall)) return { tasks: [], end: 'pending', reason: problem.message, problem }
  if (isRecheckReason(task.reason) && !isForMembers(wall))
    return { tasks: [], end: 'done', gone: { site, thread, reason: null } }
  return { tasks: [], end: 'failed', reason: problem.message, problem: { ...problem, exitCode: EXIT.partial } }
}

const isForMembers = ({ kind }: Wall): boolean =>
  kind === 'login' || kind === 'members-only' || kind === 'private-group'

const isTransient = ({ kind }: Wall): boolean => kind === 'error' || kind === 'challenge' || kind === 'refused'
