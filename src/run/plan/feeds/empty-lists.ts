import type { PageResult } from '../../../archive/index.js'
import type { Page } from '../../../model/page.js'
import type { FeedTask } from '../../../model/task.js'
import type { Outcome, PlanContext } from '../outcome.js'
import { feedOf } from './feed-pages.js'
import { feedTask, followFeedPosts } from './last-resort.js'

/*
 * A theme may ask for its lists with another filter: then each group says "no activity found", and has posts. Only another source can
 * tell such a site from one without posts.
 */

/** Groups of a site whose feeds are requested at first: the others only if one of these has posts. */
const FIRST = 3

interface EmptyGroup {
  url: string
  site: string
}

/** Feeds of a few groups of each site that has shown no post but in feeds. `url`: the target, as its site is reached. */
export function emptyListTasks(groups: readonly EmptyGroup[], url: string): FeedTask[] {
  const sites = [...new Set(groups.map(({ site }) => site))]
  return sites.flatMap(site => {
    const feeds = groups.flatMap(group => (group.site === site && feedOf(group.url, url)) || [])
    return feeds.slice(0, FIRST).map(feed => ({ ...emptyListTask(feed, site), others: feeds }))
  })
}

const emptyListTask = (feed: string, site: string): FeedTask => feedTask(feed, 'empty-lists', site)

/** A feed with posts: they are stored, and their own pages requested. Then the other groups of the site are not empty either. */
export function followEmptyList(task: FeedTask, page: Page, result: PageResult, context: PlanContext): Outcome {
  const outcome = followFeedPosts(task, page, result, context)
  if (task.page > 1 || result.posts === 0) return outcome
  const { url, site = page.site.url } = task.request
  const others = (task.others ?? []).map(feed => emptyListTask(feed, site))
  const message = `The pages of ${new URL('..', url).href} show no posts: they are read from ${url} and from the own pages of its threads.`
  return { ...outcome, tasks: [...outcome.tasks, ...others], note: { url, message } }
}
