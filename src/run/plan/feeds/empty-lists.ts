import type { EmptyGroup, PageResult } from '../../../archive/index.js'
import type { Page } from '../../../model/page.js'
import type { FeedTask } from '../../../model/task.js'
import type { Outcome, PlanContext } from '../outcome.js'
import { feedOf } from '../requests.js'
import { feedTask, followFeedPosts } from './last-resort.js'

/*
 * A theme may ask for its lists with another filter: then a group says "no activity found", and has posts. Only another source can
 * tell such a group from one without posts.
 */

/** Feeds of a site that are requested in each pass. On a site that shows no post at all, the others only if one of these has posts. */
const FIRST = 3

/** Feeds of groups without posts, so that what only feeds show is not silently missing. `url`: the target, as its site is reached. */
export function emptyListTasks(groups: readonly EmptyGroup[], url: string): FeedTask[] {
  const sites = [...new Set(groups.map(({ site }) => site))]
  return sites.flatMap(site => {
    const own = groups.filter(group => group.site === site)
    const others = feedsOf(own, url)
    const isDue = (group: EmptyGroup) => (group.due === 1 || group.leftOut) && group.silent === 0
    const first = feedsOf(
      own.filter(group => !isDue(group)),
      url,
    ).slice(0, FIRST)
    return [...feedsOf(own.filter(isDue), url), ...first].map(feed => ({ ...emptyListTask(feed, site), others }))
  })
}

const feedsOf = (groups: readonly EmptyGroup[], url: string): string[] => groups.map(group => feedOf(group.url, url))

const emptyListTask = (feed: string, site: string): FeedTask => feedTask(feed, 'empty-lists', site)

/** A feed with posts: they are stored, and their own pages requested. Then other groups of the site may not be empty either. */
export function followEmptyList(task: FeedTask, page: Page, result: PageResult, context: PlanContext): Outcome {
  const outcome = followFeedPosts(task, page, result, context)
  if (task.page > 1 || result.posts === 0) return outcome
  const { url, site = page.site.url } = task.request
  const others = (task.others ?? []).map(feed => emptyListTask(feed, site))
  const message = `The pages of a group show no posts: they are read from ${url} and from the own pages of its threads.`
  return { ...outcome, tasks: [...outcome.tasks, ...others], note: { url, message } }
}
