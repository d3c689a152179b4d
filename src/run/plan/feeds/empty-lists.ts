import type { EmptyGroup, PageResult } from '../../../archive/index.js'
import type { Page } from '../../../model/page.js'
import type { FeedTask } from '../../../model/task.js'
import type { Outcome, PlanContext } from '../outcome.js'
import { feedOf } from '../requests.js'
import { FIRST, firstFeeds, restOfFeeds } from './first-feeds.js'
import { feedTask, followFeedPosts } from './last-resort.js'

/*
 * A theme may ask for its lists with another filter: then a group says "no activity found", and has posts. Only another source can
 * tell such a group from one without posts.
 */

/** Feeds of groups without posts, so that what only feeds show is not silently missing. `url`: the target, as its site is reached. */
export function emptyListTasks(groups: readonly EmptyGroup[], url: string): FeedTask[] {
  const sites = [...new Set(groups.map(({ site }) => site))]
  return sites.flatMap(site => {
    const own = groups.filter(group => group.site === site)
    const leftOut = own.some(group => group.leftOut)
    const due = own.filter(group => group.silent === 0 && (group.due === 1 || leftOut))
    const some = own.filter(group => !due.includes(group)).slice(0, FIRST)
    const tasks = [due, some].map(part => feedsOf(part, url).map(feed => emptyListTask(feed, site, leftOut)))
    const others = feedsOf(own, url)
    return tasks.flatMap(part => firstFeeds(part).map(task => ({ ...task, others })))
  })
}

const feedsOf = (groups: readonly EmptyGroup[], url: string): string[] => groups.map(group => feedOf(group.url, url))

const emptyListTask = (feed: string, site: string, leftOut?: boolean): FeedTask => ({
  ...feedTask(feed, 'empty-lists', site),
  ...(leftOut && { leftOut }),
})

/** A feed with posts: they are stored, and their own pages requested. Then other groups of the site may not be empty either. */
export function followEmptyList(task: FeedTask, page: Page, result: PageResult, context: PlanContext): Outcome {
  const own = followFeedPosts(task, page, result, context)
  const outcome = { ...own, tasks: [...own.tasks, ...restOfFeeds(task)] }
  if (task.page > 1 || result.posts === 0) return outcome
  const { url, site = page.site.url } = task.request
  const others = (task.others ?? []).map(feed => emptyListTask(feed, site, task.leftOut))
  const message = `The pages of a group show no posts: they are read from ${url} and from the own pages of its threads.`
  return { ...outcome, tasks: [...outcome.tasks, ...others], note: { url, message } }
}
