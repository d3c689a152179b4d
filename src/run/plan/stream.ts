import type { PageResult } from '../../archive/index.js'
import { EXIT } from '../../model/errors.js'
import type { Page } from '../../model/page.js'
import type { Route, StreamTask, Task } from '../../model/task.js'
import { rebase } from '../../model/urls.js'
import { ajaxTraitsOf } from '../../parse/index.js'
import { problemOf } from '../judge/problems.js'
import { completing } from './full-texts.js'
import type { Outcome, PlanContext } from './outcome.js'
import { ajaxUrlOf, streamRequest } from './requests.js'
import { completingRest } from './rest-checks.js'

/** So many times in a row may a stream answer with the very same page: posts that arrive meanwhile push pages on. */
const MOST_SAME = 2
/** Pages in a row that bring nothing new, at the least, before a stream is taken for a circle. */
const MOST_IDLE = 3

/** From the page that a stream stands on: it holds the first items, or a loader, or is another tab of the group. */
export function startStream(task: Task, page: Page, result: PageResult, context: PlanContext): Outcome {
  const here = page.posts.length > 0 || page.provenEmpty
  if (page.loader === 'activity')
    return context.via === 'page'
      ? noItems(task, page)
      : { tasks: [streamTask(page, 'ajax', 1)], end: 'done', route: 'ajax' }
  // An empty group has said so: Legacy's call would answer with an error.
  if (page.posts.length > 0 && context.via === 'ajax')
    return { tasks: [streamTask(page, 'ajax', 1)], end: 'done', route: 'ajax' }
  if (here) return followStream(streamTask(page, 'page', 1), page, result, context)
  const url = page.streamUrl && rebase(page.streamUrl, page.url)
  if (url && url !== task.request.url)
    return { tasks: [{ kind: 'group', reason: 'posts-tab', request: { url } }], end: 'done' }
  return unknownMarkup(task, page)
}

function streamTask(page: Page, route: Route, number: number): StreamTask {
  const ajaxUrl = ajaxUrlOf(page)
  const legacy = page.template !== null && ajaxTraitsOf(page.template).pack === 'legacy'
  return {
    kind: 'stream',
    reason: 'first-page',
    route,
    page: number,
    home: page.url,
    ajaxUrl,
    legacy,
    groupSlug: page.group?.slug ?? null,
    arrivals: false,
    lookingBack: false,
    steppingBack: false,
    idle: 0,
    request: streamRequest({ route, home: page.url, ajaxUrl, legacy }, number),
  }
}

/** The texts that this page has shortened, then its next page, to the end that the site itself proves. */
export function followStream(task: StreamTask, page: Page, result: PageResult, context: PlanContext): Outcome {
  const { route } = task
  const rest = task.route === 'rest'
  const more = rest ? completingRest(task, page, context) : completing(page, task.home, task.ajaxUrl)
  const texts = [...more, ...stepsBack(task, result, context)]
  if (task.steppingBack) return { tasks: texts, end: 'done', route }
  const arrivals = task.arrivals || (task.page > 1 && (context.resumed || result.repeated > 0))
  const idle = page.posts.length > 0 && result.fresh === 0 ? task.idle + 1 : 0
  if (page.more && (context.sameBefore >= MOST_SAME || isCircle(task, idle))) return circling(task, idle)
  if (page.more && !task.lookingBack && isFarBack(page, result, context)) return { tasks: texts, end: 'done', route }
  const goesOn = task.lookingBack ? page.more && result.repeated === 0 : page.more
  if (goesOn)
    return {
      tasks: [
        ...texts,
        turned(task, task.page + 1, { arrivals, idle, reason: task.lookingBack ? 'look-back' : 'next-page' }),
      ],
      end: 'done',
      route,
    }
  // New posts have pushed others to later pages, where they were read; they themselves stand on the first.
  if (arrivals && !task.lookingBack)
    return {
      tasks: [...texts, turned(task, 1, { arrivals, idle: 0, lookingBack: true, reason: 'look-back' })],
      end: 'done',
      route,
    }
  return { tasks: texts, end: 'done', route, streamEnded: true, access: 'open' }
}

/** Where a part is read, it ends behind the look-back, unless the archive does not know what stands there. */
const isFarBack = (page: Page, result: PageResult, { plan }: PlanContext): boolean =>
  plan.kind === 'part' &&
  result.newPosts === 0 &&
  page.posts.every(post => post.parentId !== null || (post.when.to ?? '9999') < plan.since)

/**
 * Between two runs posts may have been deleted, and others have moved up to pages that were read before. So the page before
 * is read again, and the one before that, until one holds an item that is known.
 */
function stepsBack(task: StreamTask, result: PageResult, context: PlanContext): StreamTask[] {
  const unsure = task.steppingBack ? result.repeated === 0 : context.resumed && !task.lookingBack
  return unsure && task.page > 1 ? [turned(task, task.page - 1, { steppingBack: true, reason: 'step-back' })] : []
}

const turned = (task: StreamTask, page: number, change: Partial<StreamTask>): StreamTask => ({
  ...task,
  ...change,
  page,
  request: streamRequest(task, page),
})

/** Arrivals push known items to later pages, but never to more of them than they stood on before. */
const isCircle = (task: StreamTask, idle: number): boolean => idle >= MOST_IDLE && idle > task.page - idle + 1

/** A broken theme or plugin answers each number with the same page: following it would never end. */
const circling = (task: StreamTask, idle: number): Outcome => ({
  tasks: [],
  end: 'failed',
  reason: 'paging does not advance',
  problem: {
    url: task.request.url,
    message: `${task.home}: pages ${task.page - Math.max(idle, MOST_SAME) + 1} to ${task.page} brought no new posts, though each says that there are more.`,
    advice: 'The paging of this site is broken. What was read is kept; try the other route (--via ajax or --via page).',
    exitCode: EXIT.partial,
  },
})

const noItems = (task: Task, page: Page): Outcome => ({
  tasks: [],
  end: 'failed',
  reason: 'no items in the page',
  problem: {
    url: page.url,
    message: `${page.url} sends no posts in the page: its own script loads them.`,
    advice: 'Leave out --via page.',
    exitCode: task.kind === 'target' ? EXIT.unrecognised : EXIT.partial,
  },
})

function unknownMarkup(task: Task, page: Page): Outcome {
  const problem = problemOf(task, page, {
    kind: 'unknown',
    seen: `a page of the ${page.about.kind} without a stream that threadkeep knows`,
  })
  return { tasks: [], end: 'failed', reason: problem.message, problem }
}
