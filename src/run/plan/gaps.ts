import { EndpointLeft, NetworkError } from '../../model/errors.js'
import type { Wall } from '../../model/page.js'
import type { ForumTask, PageTask, StreamTask, Task, TopicTask } from '../../model/task.js'
import { rebase } from '../../model/urls.js'
import { RedirectError } from '../../sources/index.js'
import { directoryTask } from './directory.js'
import { pageOf } from './forum/forum-tasks.js'
import type { Outcome, PlanContext } from './outcome.js'
import { pageUrl, streamPage } from './requests.js'

/** Most consecutive pages without a usable response, after which a list counts as out of reach. */
const MAX_GAP = 10

/**
 * The outcome of a page of a list that could not be read: the list goes on with the page after it, which is requested once, without
 * retries. Without that, one address that always fails would keep all later pages out of the archive.
 */
export function passGap(task: Task, why: Wall | Error, outcome: Outcome, context: PlanContext): Outcome {
  const isOpen = outcome.end === 'pending' || outcome.end === 'failed'
  if (!isOpen || outcome.stop || !concernsOnePage(task, why, context)) return outcome
  const next = pageAfter(task)
  const after: Task[] = next ? [{ ...next, request: { ...next.request, once: true } }] : []
  return { ...outcome, tasks: [...outcome.tasks, ...after, ...knownGroupTasks(task, context)] }
}

/** The groups that the archive holds: a page of the directory that always fails must not keep them from being read. */
export const knownGroupTasks = (task: Task, { knownGroups: known }: PlanContext): Task[] =>
  task.kind === 'directory' || task.kind === 'target'
    ? known().map(url => ({ kind: 'group', reason: 'known', request: { url: rebase(url, task.request.url) } }))
    : []

/** True for a failure that the next page need not have. The first answer of a new target decides whether there is anything at all. */
function concernsOnePage(task: Task, why: Wall | Error, { isKnown }: PlanContext): boolean {
  if (why instanceof EndpointLeft) return false
  if (why instanceof Error)
    return why instanceof NetworkError && !(why instanceof RedirectError) && (task.kind !== 'target' || isKnown)
  return (
    why.kind === 'error' ||
    ((task.kind === 'stream' || task.kind === 'forum') && task.page > 1 && ['unknown', 'refused'].includes(why.kind))
  )
}

function pageAfter(task: Task): Task | null {
  if (task.kind === 'stream') return streamPageAfter(task)
  if (task.kind === 'directory') {
    const gap = (task.gap ?? 0) + 1
    return task.api || gap > MAX_GAP ? null : { ...directoryTask(task, task.page + 1), reason: 'beyond-gap', gap }
  }
  if (task.kind === 'forum' || task.kind === 'topic') return forumPageAfter(task)
  return task.kind === 'group' || task.kind === 'target' ? firstPageAfter(task) : null
}

function streamPageAfter(task: StreamTask): StreamTask | null {
  const { route, lookingBack, steppingBack, turn, alone, page } = task
  const gap = (task.gap ?? 0) + 1
  if (route === 'rest' || lookingBack || steppingBack || turn || alone || gap > MAX_GAP) return null
  return streamPage(task, page + 1, { reason: 'beyond-gap', gap, hasGaps: true })
}

/** A topic is behind its first page only, which gives its title; a list has its topics on any page. */
function forumPageAfter(task: ForumTask | TopicTask): Task | null {
  const gap = (task.gap ?? 0) + 1
  const isStart = task.page === 1 && (task.kind === 'topic' || task.guessed)
  return gap > MAX_GAP || isStart ? null : pageOf(task, task.page + 1, { reason: 'beyond-gap', gap, hasGaps: true })
}

/** The group's own page is the first page of its stream, and its later pages are pages of the same kind. */
function firstPageAfter(task: PageTask): PageTask | null {
  const { from = 1, request } = task
  return from > MAX_GAP
    ? null
    : { ...task, reason: 'beyond-gap', from: from + 1, request: { url: pageUrl(request.url, from + 1) } }
}
