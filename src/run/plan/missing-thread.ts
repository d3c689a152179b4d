import { addressKey, isPermalink, ownPermalink } from '../../model/addresses.js'
import type { Page, Wall, WallKind } from '../../model/page.js'
import type { Task, ThreadTask } from '../../model/task.js'
import { isRecheckReason } from '../../model/task-reasons.js'
import { problemOf } from '../judge/wall-problems.js'
import type { Outcome, PlanContext } from './outcome.js'

/** True if the task requests a thread of the archive by itself, to see whether it has changed or is gone. */
export const isRecheck = (task: Task): task is ThreadTask => task.kind === 'thread' && isRecheckReason(task.reason)

/**
 * The outcome if a thread of the archive is not found. 404 and 410 for its permalink prove that it is gone; a login form, another
 * page or a refusal prove nothing, nor does 404 for the folder of a member; after an error the next run tries again.
 */
export function missingThreadTasks(task: ThreadTask, page: Page, wall: Wall): Outcome {
  const { id: thread, site = page.site.url } = task
  const byCall = task.request.form !== undefined
  if (byCall && task.permalink !== undefined) return byPermalink(task)
  const own = wall.kind === 'not-found' ? ownPermalink(task.request.url) : null
  if (own !== null) return byPermalink({ ...task, permalink: own })
  if (!byCall && isNoThread(task, page, wall))
    return { tasks: [], end: 'done', gone: { site, thread, reason: reasonOf(wall) } }
  if (wall.kind === 'error' || wall.kind === 'challenge') {
    const problem = problemOf(task, page, wall)
    return { tasks: [], end: 'pending', reason: problem.message, problem }
  }
  if (task.reason === 'absent') return unconfirmed(task, page, wall)
  return { tasks: [], end: 'done', gone: { site, thread, reason: null } }
}

/** The thread is in its list, without a reply that it had, and could not be read by itself: nothing is proven of the reply. */
function unconfirmed(task: ThreadTask, page: Page, wall: Wall): Outcome {
  const { url, message } = problemOf(task, page, wall)
  return { tasks: [], end: 'failed', reason: message, note: { url, message: `${message} ${KEPT}` } }
}

const KEPT = 'Its list lacks a reply, which is kept as it is until the thread can be read.'

/** What sites send for a thread below another member than its author: a login form (BuddyPress), or that there is no such page. */
const NOT_BELOW: readonly WallKind[] = ['not-found', 'login', 'elsewhere']

/**
 * A thread that was named below a member, by its own address, which leads to its author: people mistype members, and members get other
 * names. Null: its own address has been asked already.
 */
export function byOwnAddress(task: Task, { kind }: Wall, { held }: PlanContext): Outcome | null {
  const { url } = task.request
  const own = task.kind === 'target' && NOT_BELOW.includes(kind) ? ownPermalink(url) : null
  if (own === null) return null
  // The link of a blog post or a topic leads to its page.
  const known = held?.url && held.url !== url && isPermalink(held.url) ? held.url : own
  return { tasks: [{ ...task, typed: url, request: { url: known } } as Task], end: 'done' }
}

/** The target is a thread that is now gone from the site. That is a result, not a failure. */
export function targetGone(task: Task, page: Page, wall: Wall, { site, id }: HeldThread): Outcome {
  const { url } = task.request
  const isGone = isNoThread(task, page, wall)
  const message = isGone
    ? `Thread ${id} is gone from the site (${wall.seen}). The archive keeps what was read of it.`
    : `Thread ${id} could not be read again: the site leads to the page of a member who is not there (${wall.seen}).`
  return {
    tasks: [],
    end: 'done',
    gone: { site, thread: id, reason: isGone ? reasonOf(wall) : null },
    note: { url, message },
  }
}

/**
 * The site says that there is no such thread. Where it has the thread, BuddyPress redirects to the folder of the author; that such a page
 * is not there says that the author is not a member any more (reference 1.3).
 */
const isNoThread = ({ request }: Task, page: Page, { kind }: Wall): boolean =>
  kind === 'not-found' && (addressKey(page.url) === addressKey(request.url) || !isPermalink(page.url))

type HeldThread = NonNullable<PlanContext['held']>

const reasonOf = (wall: Wall): '404' | '410' => (wall.seen.includes('410') ? '410' : '404')

/** A second attempt by the permalink: the author's folder may have another URL than the task assumed. */
export const byPermalink = ({ permalink = '', direct: _, ...task }: ThreadTask): Outcome => ({
  tasks: [{ ...task, second: true, request: { url: permalink } }],
  end: 'done',
})
