import type { PageResult } from '../../../archive/index.js'
import type { Page } from '../../../model/page.js'
import type { FeedThread, ThreadTask } from '../../../model/task.js'
import { rebase } from '../../../model/urls.js'
import type { Outcome } from '../outcome.js'
import { ajaxUrlOf } from '../requests.js'

/*
 * Threads that a feed has and no list: a theme asks for its lists with a filter of its own, or prints lists that can't be read. Their own
 * pages may show them, with their replies and their whole texts.
 */

/** Threads of a feed that are requested at first: the others only if one of these can be read. */
const FIRST = 2

/** `site`: base URL of the site under which the threads are stored. */
export function ownPageTasks(threads: readonly FeedThread[], page: Page, site: string | undefined): ThreadTask[] {
  const others = threads.slice(FIRST).map(({ id, url }) => ({ id, url }))
  return threads.slice(0, FIRST).map(thread => ({ ...ownPageTask(thread, page, site), others }))
}

const ownPageTask = ({ id, url }: FeedThread, page: Page, site: string | undefined): ThreadTask => ({
  ...{ kind: 'thread', reason: 'only-in-feed', id, texts: [], ajaxUrl: ajaxUrlOf(page), noReadMore: true },
  ...{ request: { url: rebase(url, page.url) }, ...(site && { site }) },
})

/** The threads of this feed that only it has. */
export function absentThreads({ samples = [] }: Page, { absent = [] }: PageResult): FeedThread[] {
  const ids = new Set(absent)
  return samples.flatMap(({ id, url }) => (ids.has(id) && url !== undefined ? [{ id, url }] : []))
}

/** One thread could be read on its own page: then the others are requested, too. */
export function withOthers(task: ThreadTask, page: Page, outcome: Outcome): Outcome {
  const others = (task.others ?? []).map(thread => ownPageTask(thread, page, task.site))
  return { ...outcome, tasks: [...outcome.tasks, ...others] }
}

export const noteOfAbsent = (url: string, count: number): NonNullable<Outcome['note']> => ({
  url,
  message: `The lists of this site leave out ${count === 1 ? 'a post' : `${count} posts`} of ${url}: each is requested by its own address.`,
})
