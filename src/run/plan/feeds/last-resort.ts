import type { PageResult } from '../../../archive/index.js'
import { ancestors, segments } from '../../../model/addresses.js'
import type { Page, WallKind } from '../../../model/page.js'
import type { FeedTask, StreamTask, Task } from '../../../model/task.js'
import type { Outcome, PlanContext } from '../outcome.js'
import { feedOf } from '../requests.js'
import { endOfFeed, nextFeedPage } from './feed-pages.js'
import { ownPageTasks } from './only-in-feed.js'
import { lookTasks } from './reply-counts.js'

/** What comes instead of a stream although the reader may see it: the feed of the group may give some of its posts. */
const UNREADABLE: readonly WallKind[] = ['unknown', 'loader', 'refused', 'error', 'elsewhere']

/** The outcome, with the feed of the group as the next task if its stream cannot be read by any route. `page`: null for a failed request. */
export function withLastResort(task: Task, page: Page | null, outcome: Outcome, context: PlanContext): Outcome {
  const home = outcome.problem && !outcome.stop && outcome.tasks.length === 0 ? homeOf(task, page) : null
  if (home === null || context.via !== 'auto' || context.member) return outcome
  const site = page?.site.url
  return {
    ...outcome,
    tasks: [feedTask(feedOf(home, task.request.url), 'last-resort', site)],
  }
}

/** The address of the group whose stream this was to be; null: it is no group's, or the answer says that there is nothing to read. */
function homeOf(task: Task, page: Page | null): string | null {
  if (page?.wall && !UNREADABLE.includes(page.wall.kind)) return null
  if (task.kind === 'stream') return task.page === 1 && !task.turn ? groupOf(task) : null
  const isFirst = task.kind === 'target' || task.kind === 'group'
  return isFirst && page?.about.kind === 'group' && page.posts.length === 0 ? page.url : null
}

/** The page that shows the posts may be a tab of the group: `/groups/SLUG/activity/`. */
const groupOf = ({ home, groupSlug }: StreamTask): string | null =>
  groupSlug === null ? null : (ancestors(home).findLast(url => segments(url).at(-1) === groupSlug) ?? home)

/** A feed whose posts are stored. */
export const feedTask = (url: string, reason: FeedTask['reason'], site?: string): FeedTask => ({
  ...{ kind: 'feed', reason, page: 1, posts: true, request: { url: new URL(url).href, ...(site && { site }) } },
})

/**
 * The next page of the feed, and the own pages of its threads: of all in a whole pass, else of the new ones, of those with more replies than
 * are held, and of a few in rotation. A feed that is a target by itself does not ask for them.
 */
export function followFeedPosts(task: FeedTask, page: Page, result: PageResult, { plan }: PlanContext): Outcome {
  const goesOn = plan.kind === 'part' ? result.newPosts > 0 : result.fresh > 0
  const next = goesOn ? nextFeedPage(task, page, plan) : []
  if (task.reason === 'named')
    return { tasks: next, end: 'done', ...noteOfPosts(task, result, 'without replies, and long texts are shortened') }
  const note = noteOfPosts(task, result, 'replies and whole texts from the own pages of the threads')
  const { unviewed = [] } = result
  const own = plan.kind === 'whole' ? page.posts : page.posts.filter(({ id }) => unviewed.includes(id))
  const tasks = [...next, ...ownPageTasks(own, page, task.request.site), ...lookTasks(result, page)]
  return { tasks, ...endOfFeed(task, page), ...note }
}

const noteOfPosts = (
  { page, request: { url } }: FeedTask,
  { posts }: PageResult,
  how: string,
): Pick<Outcome, 'note'> =>
  page === 1 && posts > 0 ? { note: { url, message: `${url}: its posts come from the feed, ${how}.` } } : {}
