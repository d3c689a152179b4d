import type { Post } from '../../model/discussion.js'
import type { Page } from '../../model/page.js'
import type { FeedTask, Task } from '../../model/task.js'
import { rebase } from '../../model/urls.js'
import type { Outcome, PlanContext } from './outcome.js'

/**
 * After the last page of a group's stream: the feed of the group, once for each site and target, to compare the posts with. REST gives
 * the same under every theme and is not compared.
 */
export function withSelfTest(task: Task, page: Page, outcome: Outcome, { selfTests }: PlanContext): Outcome {
  const site = page.site.url
  if (!isStreamPage(task, page, outcome) || selfTests.asked.has(site)) return outcome
  const home = task.kind === 'stream' ? task.home : page.url
  const feed = selfTests.feeds.get(home) ?? feedUrl(page.posts, page.url)
  if (!feed) return outcome
  selfTests.feeds.set(home, feed)
  if (outcome.end !== 'done' || outcome.tasks.some(({ kind }) => kind === 'stream')) return outcome
  selfTests.asked.add(site)
  const test: FeedTask = { kind: 'feed', reason: 'self-test', page: 1, request: { url: feed, site } }
  return { ...outcome, tasks: [...outcome.tasks, test] }
}

/** True for a page of a group's stream, not of a member's; the page of a target or group may be read by another route than its own. */
const isStreamPage = (task: Task, { about }: Page, { route }: Outcome): boolean =>
  task.kind === 'stream'
    ? task.groupSlug !== null && task.route !== 'rest' && !task.turn && !task.steppingBack
    : (task.kind === 'target' || task.kind === 'group') &&
      about.kind === 'group' &&
      (route === 'page' || route === 'ajax')

/** The feed of the group that these posts are in; null: they are in none, or its address is not known (plain permalinks). */
export function feedUrl(posts: readonly Post[], page: string): string | null {
  const group = posts.find(post => post.parentId === null && post.group)?.group
  return group && new URL(group.url).search === '' ? rebase(new URL('feed/', group.url).href, page) : null
}
