import type { Page } from '../../model/page.js'
import type { Api, LatestTask, StreamTask, Task, ThreadTask } from '../../model/task.js'
import type { Outcome, PlanContext } from './outcome.js'
import {
  apiOf,
  batchesOf,
  restMembersRequest,
  restPostsRequest,
  restRepliesRequest,
  restThreadRequest,
} from './rest-requests.js'

/** What completes an answer of REST: names of authors who are told by number only, and a second look at trees that can't be whole. */
export function restCompletionTasks(
  { request, ajaxUrl }: StreamTask | ThreadTask | LatestTask,
  page: Page,
  context: PlanContext,
): Task[] {
  const api = apiOf(request)
  if (!api) return []
  const doubtful = page.threads.filter(view => view.doubt !== undefined)
  const partial = page.threads.filter(view => !view.whole)
  return [
    ...memberTasks(page, api, ajaxUrl, context),
    ...parentTasks(page, api, ajaxUrl),
    ...doubtful.map(view => checkTask(view.id, api, 1, ajaxUrl)),
    ...partial.map(view => wholeThreadTask(view.id, page, api, ajaxUrl)),
  ]
}

/** Deleted members have no name, and stay without one: they are asked for once in a run. */
function memberTasks(page: Page, api: Api, ajaxUrl: string, { named }: PlanContext): Task[] {
  const nameless = page.posts.flatMap(({ author }) => (author?.id && !author.slug ? [author.id] : []))
  const ids = [...new Set(nameless)].filter(id => !named.has(id))
  for (const id of ids) named.add(id)
  return batchesOf(ids).map(batch => ({
    kind: 'members',
    reason: 'nameless',
    request: restMembersRequest(api, batch, ajaxUrl),
  }))
}

/** One question for all parents that a page's trees do not show: most are spam or deleted, and are not there. */
const parentTasks = (page: Page, api: Api, ajaxUrl: string): Task[] =>
  batchesOf([...new Set(page.threads.flatMap(view => view.missing ?? []))]).map(ids => ({
    kind: 'parents',
    reason: 'parents',
    ajaxUrl,
    request: restPostsRequest(api, ids, ajaxUrl),
  }))

/** A parent that is there after all stands in a tree that is broken: its thread is read again as a list. */
export function followParents({ request, ajaxUrl }: Extract<Task, { kind: 'parents' }>, page: Page): Outcome {
  const api = apiOf(request)
  const broken = [...new Set(page.posts.filter(post => post.parentId !== null).map(post => post.threadId))]
  if (!api || broken.length === 0) return { tasks: [], end: 'done' }
  const [threads, their] = broken.length === 1 ? ['Thread', 'its tree'] : ['Threads', 'their trees']
  const message = `${threads} ${broken.join(', ')}: replies are there that ${their} did not show. The whole lists are read, and all are kept.`
  return {
    tasks: broken.map(id => checkTask(id, api, 1, ajaxUrl)),
    end: 'done',
    note: { url: request.url, message },
  }
}

/** A thread of which a member's list shows one post. */
function wholeThreadTask(id: string, page: Page, api: Api, ajaxUrl: string): ThreadTask {
  const permalink = (page.posts.find(post => post.threadId === id)?.url ?? page.url).replace(/#.*$/, '')
  return {
    kind: 'thread',
    reason: 'partial',
    id,
    texts: [],
    ajaxUrl,
    permalink,
    request: restThreadRequest(api, id, ajaxUrl),
  }
}

const checkTask = (id: string, api: Api, page: number, ajaxUrl: string): ThreadTask => ({
  kind: 'thread',
  reason: 'broken-tree',
  id,
  texts: [],
  ajaxUrl,
  check: { page },
  request: restRepliesRequest(api, id, page, ajaxUrl),
})

/** The next page of a flat list, and what the two views do not agree on. */
export function followCheck(task: ThreadTask, page: Page, newPosts: number): Outcome {
  const { id, ajaxUrl, check = { page: 1 } } = task
  const api = apiOf(task.request)
  const tasks = page.more && api ? [checkTask(id, api, check.page + 1, ajaxUrl)] : []
  if (newPosts === 0) return { tasks, end: 'done' }
  const replies = newPosts === 1 ? 'one reply' : `${newPosts} replies`
  const message = `Thread ${id}: the site's list of its replies holds ${replies} that its tree does not show. All are kept.`
  return { tasks, end: 'done', note: { url: task.request.url, message } }
}
