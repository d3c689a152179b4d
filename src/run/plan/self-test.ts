import type { Post } from '../../model/discussion.js'
import type { Page } from '../../model/page.js'
import type { FeedTask, Task } from '../../model/task.js'
import { rebase } from '../../model/urls.js'
import type { Outcome, PlanContext } from './outcome.js'

/**
 * After the last page of a group's stream: the feed of the group, once for each site and target, to compare the posts with. REST gives
 * the same under every theme and is not compared.
 */
export function withSelfTest(task: Task, page: Page, outcome: Outcome, { tested }: PlanContext): Outcome {
  const isLast = outcome.end === 'done' && !outcome.tasks.some(({ kind }) => kind === 'stream')
  if (
    !isLast ||
    page.about.kind === 'thread' ||
    !isStreamPage(task) ||
    (outcome.route !== 'page' && outcome.route !== 'ajax')
  )
    return outcome
  const url = tested.has(page.site.url) ? null : feedUrl(page.posts, page.url)
  if (!url) return outcome
  tested.add(page.site.url)
  const feed: FeedTask = { kind: 'feed', reason: 'self-test', page: 1, request: { url, site: page.site.url } }
  return { ...outcome, tasks: [...outcome.tasks, feed] }
}

const isStreamPage = (task: Task): boolean =>
  (task.kind === 'stream' && !task.turn && !task.steppingBack) || task.kind === 'target' || task.kind === 'group'

/** The feed of the group that these posts are in; null: they are in none, or its address is not known (plain permalinks). */
export function feedUrl(posts: readonly Post[], page: string): string | null {
  const group = posts.find(post => post.parentId === null && post.group)?.group
  return group && new URL(group.url).search === '' ? rebase(new URL('feed/', group.url).href, page) : null
}
