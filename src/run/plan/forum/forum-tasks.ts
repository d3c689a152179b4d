import type { SyncFacts, ThreadRow } from '../../../archive/index.js'
import { spelled } from '../../../model/addresses.js'
import type { Page, TopicRow } from '../../../model/page.js'
import { zoneUrl } from '../../../model/rest.js'
import type { ForumTask, Task, TopicTask } from '../../../model/task.js'
import type { RecheckReason, TaskReason } from '../../../model/task-reasons.js'
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

/**
 * The topics that a sync requests by themselves: those that their lists no longer show, those that were seen without a reply that they
 * had, and the ones that were read longest ago, because lists show no edits.
 */
export function topicsAgain({ topics }: Extract<SyncFacts, { stage: 'missed' }>, url: string): TopicTask[] {
  const asked = new Set<string>()
  const tasks = (rows: readonly ThreadRow[], reason: RecheckReason) =>
    rows
      .filter(({ id }) => !asked.has(id) && asked.add(id))
      .map(({ id, url: address, site }) => topicTask({ id, url: rebase(address, url) }, reason, site))
  return [...tasks(topics.missing, 'missed'), ...tasks(topics.absent, 'absent'), ...tasks(topics.turn, 'turn')]
}
