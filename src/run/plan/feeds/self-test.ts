import type { ComparedGroup, PageResult } from '../../../archive/index.js'
import type { Post } from '../../../model/discussion.js'
import type { Page } from '../../../model/page.js'
import type { FeedTask, Task } from '../../../model/task.js'
import type { KnownRest, Outcome } from '../outcome.js'
import { feedOf } from '../requests.js'
import { nextFeedPage } from '../rotation.js'
import { lookTasks } from './reply-counts.js'
import { firstSample } from './samples.js'

/**
 * After the lists of a pass, once for each site: the feed of its largest group, and a few posts of this group by REST, to compare the
 * posts with. `url`: the target, in the spelling under which its site is reached.
 */
export function selfTestTasks(groups: readonly ComparedGroup[], url: string, rest: KnownRest): Task[] {
  const sites = [...new Set(groups.map(({ site }) => site))]
  return sites.flatMap(site => {
    const own = groups.filter(group => group.site === site)
    const [feed, ...others] = own.map(group => feedOf(group.url, url))
    const test = feed === undefined ? [] : [feedTest(feed, site, others)]
    return [...test, ...firstSample(own[0]?.samples ?? [], site, rest)]
  })
}

/** `others`: the feeds of the other groups of the site. */
const feedTest = (url: string, site: string, others: string[]): FeedTask => ({
  ...{ kind: 'feed', reason: 'self-test', page: 1, others, request: { url, site } },
})

/** True for the answers that posts are compared with. */
export const isComparison = ({ kind, reason }: Task): boolean =>
  kind === 'sample' || (kind === 'feed' && reason === 'self-test')

/**
 * Threads of which the feed counts more replies than the pages showed are requested again. Then the theme may do so everywhere: the rest
 * of this feed and the feeds of all other groups are read, too.
 */
export function followSelfTest(task: FeedTask, page: Page, result: PageResult): Outcome {
  const looks = lookTasks(result, page)
  if (looks.length === 0) return { tasks: [], end: 'done' }
  const others = (task.others ?? []).map(feed => feedTest(feed, task.request.site ?? page.site.url, []))
  return { tasks: [...looks, ...nextFeedPage(task, page), ...others], end: 'done' }
}

/** The feed of the group that these posts are in; null: they are in none. */
export function feedUrl(posts: readonly Post[], page: string): string | null {
  const group = posts.find(post => post.parentId === null && post.group)?.group
  return group ? feedOf(group.url, page) : null
}
