import type { Page } from '../../model/page.js'
import type { Api, LatestTask, StreamTask, Task, ThreadTask } from '../../model/task.js'
import type { Outcome, PlanContext } from './outcome.js'
import {
  apiOf,
  batchesOf,
  restMembersRequest,
  restPostsRequest,
  restRepliesRequest,
  restThreadTask,
} from './rest-requests.js'

/** Tasks that complete a REST response: names of authors that it gives by id only, parents that it omits, and checks of incomplete trees. */
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
    ...textlessTasks(page, ajaxUrl),
  ]
}

/** The own pages of threads with posts whose text a REST response does not hold. */
function textlessTasks(page: Page, ajaxUrl: string): ThreadTask[] {
  const textless = page.posts.filter(post => post.truncated)
  return [...new Set(textless.map(post => post.threadId))].map(id => {
    const texts = textless.filter(post => post.threadId === id)
    const url = (page.posts.find(post => post.id === id) ?? texts[0])?.url.replace(/#.*$/, '') ?? page.url
    return { kind: 'thread', reason: 'shortened', id, texts: texts.map(post => post.id), ajaxUrl, request: { url } }
  })
}

/** Names of members, requested once a run: deleted members have no name and never get one. */
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

/** One request for all parents that the trees of a page do not show. Most of them are spam or deleted. */
const parentTasks = (page: Page, api: Api, ajaxUrl: string): Task[] =>
  batchesOf([...new Set(page.threads.flatMap(view => view.missing ?? []))]).map(ids => ({
    kind: 'parents',
    reason: 'parents',
    ajaxUrl,
    request: restPostsRequest(api, ids, ajaxUrl),
  }))

/** If a parent that a tree did not show is visible after all, the tree is broken: its thread is read again as a list. */
export function followParents({ request, ajaxUrl }: Extract<Task, { kind: 'parents' }>, page: Page): Outcome {
  const api = apiOf(request)
  // A cache that ignores the query sends other posts.
  const wanted = new URL(request.url).searchParams.get('include')?.split(',') ?? []
  const shown = page.posts.filter(post => post.parentId !== null && wanted.includes(post.id))
  const broken = [...new Set(shown.map(post => post.threadId))]
  if (!api || broken.length === 0) return { tasks: [], end: 'done' }
  const [threads, their] = broken.length === 1 ? ['Thread', 'its reply tree'] : ['Threads', 'their reply trees']
  const message = `${threads} ${broken.join(', ')}: the site has replies that ${their} did not show. All replies are read as a list and kept.`
  return {
    tasks: broken.map(id => checkTask(id, api, 1, ajaxUrl)),
    end: 'done',
    note: { url: request.url, message },
  }
}

/** The whole thread, if a member's list shows only one of its posts. */
function wholeThreadTask(id: string, page: Page, api: Api, ajaxUrl: string): ThreadTask {
  const permalink = (page.posts.find(post => post.threadId === id)?.url ?? page.url).replace(/#.*$/, '')
  return restThreadTask(api, id, ajaxUrl, { reason: 'partial', permalink })
}

function checkTask(id: string, api: Api, page: number, ajaxUrl: string): ThreadTask {
  const request = restRepliesRequest(api, id, page, ajaxUrl)
  return restThreadTask(api, id, ajaxUrl, { reason: 'broken-tree', check: { page }, request })
}

/** The next page of a flat list of replies, and a note if the list has replies that the tree did not show. */
export function followCheck(task: ThreadTask, page: Page, newPosts: number): Outcome {
  const { id, ajaxUrl, check = { page: 1 } } = task
  const api = apiOf(task.request)
  const tasks = page.more && api ? [checkTask(id, api, check.page + 1, ajaxUrl)] : []
  if (newPosts === 0) return { tasks, end: 'done' }
  const replies = newPosts === 1 ? 'one reply' : `${newPosts} replies`
  const message = `Thread ${id}: the list of its replies has ${replies} that its reply tree did not show. All replies are kept.`
  return { tasks, end: 'done', note: { url: task.request.url, message } }
}
