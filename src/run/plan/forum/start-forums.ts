import type { PageResult } from '../../../archive/index.js'
import { addressKey, isWithin } from '../../../model/addresses.js'
import { isForumId } from '../../../model/forum/posts.js'
import type { Page } from '../../../model/page.js'
import type { ForumTask, Task } from '../../../model/task.js'
import { rebase } from '../../../model/urls.js'
import type { Outcome, PlanContext } from '../outcome.js'
import { followForum } from './follow-forum.js'
import { startTopic } from './follow-topic.js'
import { forumTask } from './forum-tasks.js'

/** Adds the forums that a page leads to: those of groups, and on the front page and the directory those of the site. */
export function withForums(task: Task, page: Page, outcome: Outcome, context: PlanContext): Outcome {
  const isInside = page.about.kind === 'thread' || page.about.kind === 'forum'
  if (!LEADING.includes(task.kind) || isInside || page.wall || outcome.end === 'failed' || outcome.stop) return outcome
  const urls = (page.forums ?? []).filter(url => isOpen(url, page, context))
  const own = [...urls, ...(page.guessedForums ? [page.guessedForums] : [])].map(url => ofPage(url, page))
  const tasks = own.filter(forum => addressKey(forum.home) !== addressKey(page.url))
  return tasks.length === 0 ? outcome : { ...outcome, tasks: [...outcome.tasks, ...tasks] }
}

/** Requests whose pages may lead to forums that belong to the target. */
const LEADING: readonly Task['kind'][] = ['target', 'group', 'directory', 'own']

/** Below a group there is nothing else; outside of groups a forum may be one of other software. */
function ofPage(url: string, page: Page): ForumTask {
  const groups = [page.group, ...page.groups].filter(group => group !== null)
  const task = forumTask(rebase(url, page.url))
  return groups.some(group => isWithin(url, group.url)) ? task : { ...task, guessed: true }
}

/** REST also lists the private groups of others: for a visitor, their forums are behind a login form. */
function isOpen(url: string, { groups }: Page, { member }: PlanContext): boolean {
  const group = groups.find(one => isWithin(url, one.url))
  return member || group === undefined || group.status === 'public'
}

/** A forum or a topic as a target, or as the first tab of a group; null: the page is neither. */
export function startForum(task: Task, page: Page, result: PageResult, context: PlanContext): Outcome | null {
  if (page.about.kind === 'thread' && isForumId(page.about.id)) return startTopic(task, page, page.about.id, context)
  if (page.about.kind !== 'forum') return null
  const list = { ...forumTask(page.url, task.reason), request: task.request }
  const outcome = { ...followForum(list, page, result, context), route: 'page' as const }
  const stream = page.group && isSame(task.request.url, page.group.url) ? page.streamUrl : null
  if (!stream || isSame(stream, page.url)) return outcome
  const tab: Task = { kind: 'group', reason: 'posts-tab', request: { url: rebase(stream, page.url) } }
  return { ...outcome, tasks: [tab, ...outcome.tasks] }
}

const isSame = (a: string, b: string): boolean => addressKey(a) === addressKey(b)
