import type { Page } from '../model/page.js'
import type { Api, StreamTask, Task, ThreadTask } from '../model/task.js'
import type { Context, Outcome } from './outcome.js'
import { apiOf, MOST, restMembersRequest, restRepliesRequest, restThreadRequest } from './rest-requests.js'

/** What completes an answer of REST: names of authors who are told by number only, and a second look at trees that can't be whole. */
export function completingRest({ request, ajaxUrl }: StreamTask | ThreadTask, page: Page, context: Context): Task[] {
  const api = apiOf(request)
  if (!api) return []
  const doubtful = page.threads.filter(view => view.doubt !== undefined)
  const partial = page.threads.filter(view => !view.whole)
  return [
    ...memberTasks(page, api, ajaxUrl, context),
    ...doubtful.map(view => checkTask(view.id, api, 1, ajaxUrl)),
    ...partial.map(view => wholeTask(view.id, page, api, ajaxUrl)),
  ]
}

/** Deleted members have no name, and stay without one: they are asked for once in a run. */
function memberTasks(page: Page, api: Api, ajaxUrl: string, { named }: Context): Task[] {
  const nameless = page.posts.flatMap(({ author }) => (author?.id && !author.slug ? [author.id] : []))
  const ids = [...new Set(nameless)].filter(id => !named.has(id))
  for (const id of ids) named.add(id)
  const batches = Array.from({ length: Math.ceil(ids.length / MOST) }, (_, at) => ids.slice(at * MOST, (at + 1) * MOST))
  return batches.map(batch => ({ kind: 'members', request: restMembersRequest(api, batch, ajaxUrl) }))
}

/** A thread of which a member's list shows one post. */
function wholeTask(id: string, page: Page, api: Api, ajaxUrl: string): ThreadTask {
  const permalink = (page.posts.find(post => post.threadId === id)?.url ?? page.url).replace(/#.*$/, '')
  return { kind: 'thread', id, texts: [], ajaxUrl, permalink, request: restThreadRequest(api, id, ajaxUrl) }
}

const checkTask = (id: string, api: Api, page: number, ajaxUrl: string): ThreadTask => ({
  kind: 'thread',
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
