import { spelled } from '../../../model/addresses.js'
import type { Page, TopicRow } from '../../../model/page.js'
import { zoneUrl } from '../../../model/rest.js'
import type { ForumTask, Task, TopicTask } from '../../../model/task.js'
import type { TaskReason } from '../../../model/task-reasons.js'
import { rebase, siteKey } from '../../../model/urls.js'
import type { KnownRest } from '../outcome.js'

/** The first page of a list of topics or forums. */
export const forumTask = (home: string, reason: TaskReason = 'forum'): ForumTask => ({
  ...{ kind: 'forum', reason, home, page: 1, request: { url: home } },
})

/** The first page of a topic. */
export const topicTask = (
  { id, url }: Pick<TopicRow, 'id' | 'url'>,
  reason: TaskReason,
  site: string | null = null,
): TopicTask => ({
  ...{ kind: 'topic', reason, id, home: url, page: 1, request: { url } },
  ...(site !== null && { site }),
})

/**
 * Page N of a forum or topic. Within groups, BuddyPress 12 and later answers `/page/2/` with the first page, so that the number is in the
 * query, which WordPress takes everywhere.
 */
export function pageOf<T extends ForumTask | TopicTask>(task: T, page: number, change: Partial<T>): T {
  return { ...task, ...change, page, request: { url: page === 1 ? task.home : withPage(task.home, page) } }
}

function withPage(home: string, page: number): string {
  const url = new URL(home)
  url.searchParams.set('paged', String(page))
  return spelled(url)
}

/** The same page by the link of the pager of the page before. */
export const byLink = <T extends ForumTask | TopicTask>(task: T, url: string): T => ({
  ...task,
  byLink: true,
  request: { url: rebase(url, task.home) },
})

/** The zone of the site, once a pass; none if its pages do not name its REST. */
export function zoneTasks(page: Page, { roots }: KnownRest): Task[] {
  const root = roots.get(siteKey(page.site.url))
  return root === undefined ? [] : [{ kind: 'zone', reason: 'zone', request: { url: zoneUrl(root) } }]
}
