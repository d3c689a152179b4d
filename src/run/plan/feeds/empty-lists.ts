import type { PageResult } from '../../../archive/index.js'
import { EXIT } from '../../../model/errors.js'
import type { Page } from '../../../model/page.js'
import type { FeedTask } from '../../../model/task.js'
import type { Outcome } from '../outcome.js'
import { feedTask, followFeedPosts } from './last-resort.js'
import { feedOf } from './self-test.js'

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

const emptyListTask = (feed: string, site: string): FeedTask => feedTask(feed, 1, 'empty-lists', site)

/** A feed with posts is a problem in each run, and its posts are stored. Then the other groups of the site are not empty either. */
export function followEmptyList(task: FeedTask, page: Page, result: PageResult): Outcome {
  const outcome = followFeedPosts(task, page, result)
  if (task.page > 1 || result.posts === 0) return outcome
  const { url, site = page.site.url } = task.request
  const others = (task.others ?? []).map(feed => emptyListTask(feed, site))
  const message = `The pages of ${new URL('..', url).href} show no posts, and its feed has some: the theme of this site leaves them out.`
  const problem = { url, message, advice: ADVICE, exitCode: EXIT.partial }
  return { ...outcome, tasks: [...outcome.tasks, ...others], end: 'failed', reason: message, problem }
}

const ADVICE =
  'The posts of the feed are kept. It has no replies: if the site has REST, run the command with --via rest; or give members as targets, whose pages may show more.'
