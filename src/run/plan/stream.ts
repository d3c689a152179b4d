import type { PageResult } from '../../archive/index.js'
import { isPlain } from '../../model/addresses.js'
import { EXIT } from '../../model/errors.js'
import type { Page } from '../../model/page.js'
import type { Route, StreamTask, Task } from '../../model/task.js'
import { rebase } from '../../model/urls.js'
import { problemOf } from '../judge/wall-problems.js'
import { completionTasks } from './full-texts.js'
import { firstPageAgain, itemsOf } from './other-route.js'
import type { Outcome, PlanContext } from './outcome.js'
import { ajaxUrlOf, firstStreamTask, isLegacy, streamPage } from './requests.js'
import { restCompletionTasks } from './rest-checks.js'
import { mayGoOn } from './stream-end.js'
import { countedBy, itemsRead, notShown } from './totals.js'
import { withoutRest } from './without-rest.js'

/** Accepted number of repetitions of the same page: posts that arrive meanwhile move items to later pages. */
const MAX_SAME_PAGES = 2
/** Least number of consecutive pages without new items before a stream counts as circular. */
const MIN_IDLE_PAGES = 3

/** From the page that shows a stream: it has the first items, or a loader, or is another tab of the group. */
export function startStream(task: Task, page: Page, result: PageResult, context: PlanContext): Outcome {
  const hasStream = page.posts.length > 0 || page.provenEmpty
  if (page.loader === 'activity' && context.via === 'page') return noItemsInPage(task, page)
  // Not for a proven empty group: Legacy's AJAX response would be an error.
  if (page.loader === 'activity' || (page.posts.length > 0 && context.via === 'ajax'))
    return { tasks: [streamTask(page, 'ajax')], end: 'done', route: 'ajax' }
  const from = ('from' in task && task.from) || 1
  if (hasStream && from > 1) return startBehindGap(from, page, result, context)
  if (hasStream) return followStream(streamTask(page, 'page'), page, result, context)
  const url = page.streamUrl && rebase(page.streamUrl, page.url)
  if (url && url !== task.request.url)
    return { tasks: [{ kind: 'group', reason: 'posts-tab', request: { url } }], end: 'done' }
  // BuddyPress prints an empty page for a plain permalink with a slug in another script, but answers its AJAX.
  if (page.group && isPlain(page.url) && context.via !== 'page')
    return { tasks: [streamTask(page, 'ajax')], end: 'done', route: 'ajax' }
  return unknownMarkup(task, page)
}

/** The first pages of the group could not be read as pages. AJAX may give them; else the stream begins with this page. */
function startBehindGap(from: number, page: Page, result: PageResult, context: PlanContext): Outcome {
  // A page without a loader and without marks of a pack is of the Legacy pack, even if it has no items.
  if (context.via !== 'page')
    return { tasks: [streamTask({ ...page, pack: page.pack ?? 'legacy' }, 'ajax')], end: 'done', route: 'ajax' }
  const first = streamTask(page, 'page')
  return followStream(streamPage(first, from, { reason: 'beyond-gap', hasGaps: true }), page, result, context)
}

function streamTask(page: Page, route: Route): StreamTask {
  const groupSlug = page.group?.slug ?? null
  return firstStreamTask({ route, home: page.url, ajaxUrl: ajaxUrlOf(page), legacy: isLegacy(page), groupSlug })
}

/** Tasks that complete this page, and the next page, until the site shows the end of the stream. */
export function followStream(task: StreamTask, page: Page, result: PageResult, context: PlanContext): Outcome {
  const { route } = task
  const completing =
    route === 'rest' ? restCompletionTasks(task, page, context) : completionTasks(page, task, context.addresses)
  const tasks = [...completing, ...byPages(task, page, context), ...stepBackTasks(task, result, context)]
  if (task.steppingBack || task.alone) return { tasks, end: 'done', route }
  const again = firstPageAgain(task, page, context)
  if (again) return { ...again, tasks: [...tasks, ...again.tasks] }
  const arrivals = task.arrivals || (task.page > 1 && (context.resumed || result.repeated > 0))
  const idle = page.posts.length > 0 && result.fresh === 0 ? task.idle + 1 : 0
  if (route === 'rest' && context.sameBefore > 0 && !task.lookingBack && task.page > 1)
    return withoutRest(task, 'its pages repeat, as if a cache ignored the page number', context)
  if (page.more && (context.sameBefore >= MAX_SAME_PAGES || isCircular(task, idle))) return circularPaging(task, idle)
  const goesOn = mayGoOn(task, page, result, context)
  if (goesOn && !task.lookingBack && isPastLookBack(page, result, context))
    return { tasks, end: 'done', route, access: 'open' }
  const next = nextPage(task, page, result, { arrivals, idle, goesOn, read: itemsRead(task, page, result) })
  if (next) return { tasks: [...tasks, next, ...behindGap(task, context)], end: 'done', route }
  return { ...(notShown(task, page, result) ?? endOfStream(task)), tasks }
}

/** The pages of a stream of which REST gives objects without a valid id: pages name each post by its own. The run names the objects. */
const byPages = (task: StreamTask, page: Page, context: PlanContext): readonly Task[] =>
  task.route === 'rest' && page.warnings.length > 0 && context.via === 'auto'
    ? withoutRest(task, page.warnings[0] ?? '', context).tasks
    : []

/** The stream was read to its end. */
export const endOfStream = ({ route, turn, hasGaps }: StreamTask): Outcome =>
  turn
    ? { tasks: [], end: 'done', route, turned: { page: null } }
    : { tasks: [], end: 'done', route, streamEnded: hasGaps ? 'with-gaps' : true, access: 'open' }

/** The page to read after this one; null: the stream was read to its end. */
function nextPage(
  task: StreamTask,
  page: Page,
  result: PageResult,
  { goesOn, ...progress }: Required<Pick<StreamTask, 'arrivals' | 'idle' | 'read'>> & { goesOn: boolean },
): StreamTask | null {
  const { lookingBack } = task
  if (goesOn && !(lookingBack && result.repeated > 0))
    return streamPage(task, task.page + 1, {
      ...progress,
      ...countedBy(page),
      gap: 0,
      ...(task.page === 1 && { firstItems: itemsOf(page) }),
      reason: lookingBack ? 'look-back' : page.more ? 'next-page' : 'look',
    })
  // Posts that arrived meanwhile are on the first page; they have moved others to later pages, which were read.
  if (progress.arrivals && !lookingBack)
    return streamPage(task, 1, { ...progress, idle: 0, lookingBack: true, reason: 'look-back' })
  return null
}

/**
 * The page after one that an earlier run could not read. The list has gone on there in that run, and since then items of the unread page
 * may have moved to it.
 */
const behindGap = (task: StreamTask, { failedBefore, resumed }: PlanContext): StreamTask[] =>
  failedBefore && resumed && !task.lookingBack
    ? [streamPage(task, task.page + 1, { reason: 'look-back', lookingBack: true, alone: true })]
    : []

/** True if a partial pass may end here: the page is older than the look-back and has no new posts. */
const isPastLookBack = (page: Page, result: PageResult, { plan }: PlanContext): boolean =>
  plan.kind === 'part' &&
  result.newPosts === 0 &&
  page.posts.every(post => post.parentId !== null || (post.when.to ?? '9999') < plan.since)

/**
 * Between two runs deleted posts may have moved others to pages that were read before. So the previous pages are read again, one
 * at a time, until one has an item that this pass has read.
 */
function stepBackTasks(task: StreamTask, result: PageResult, context: PlanContext): StreamTask[] {
  const unsure = task.steppingBack ? result.repeated === 0 : context.resumed && !task.lookingBack
  return unsure && task.page > 1 ? [streamPage(task, task.page - 1, { steppingBack: true, reason: 'step-back' })] : []
}

/** True if there are more consecutive pages without new items than pages before them: new posts alone cannot cause that. */
const isCircular = (task: StreamTask, idle: number): boolean => idle >= MIN_IDLE_PAGES && idle > task.page - idle + 1

/** The outcome for a site that sends the same page for each number: following it would never end. */
const circularPaging = (task: StreamTask, idle: number): Outcome => ({
  tasks: [],
  end: 'failed',
  reason: 'paging does not advance',
  problem: {
    url: task.request.url,
    message: `${task.home}: pages ${task.page - Math.max(idle, MAX_SAME_PAGES) + 1} to ${task.page} have no new posts, although each says that there are more.`,
    advice:
      'The paging of this site is broken. The archive keeps what was read. Try the other route (--via ajax or --via page).',
    exitCode: EXIT.partial,
  },
})

const noItemsInPage = (task: Task, page: Page): Outcome => ({
  tasks: [],
  end: 'failed',
  reason: 'no items in the page',
  problem: {
    url: page.url,
    message: `${page.url} contains no posts: its script loads them.`,
    advice: 'Run the command without --via page.',
    exitCode: task.kind === 'target' ? EXIT.unrecognised : EXIT.partial,
  },
})

function unknownMarkup(task: Task, page: Page): Outcome {
  const problem = problemOf(task, page, {
    kind: 'unknown',
    seen: `a page of the ${page.about.kind} without a stream that threadkeep can read`,
  })
  return { tasks: [], end: 'failed', reason: problem.message, problem }
}
