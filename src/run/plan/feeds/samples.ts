import type { Page } from '../../../model/page.js'
import { NAMESPACES } from '../../../model/rest.js'
import type { Api, SampleTask } from '../../../model/task.js'
import { rebase, siteKey } from '../../../model/urls.js'
import type { KnownRest, Outcome, PlanContext } from '../outcome.js'
import { indexRequest, restThreadTask } from '../rest-requests.js'

/** Single posts by REST, which some sites give although they have closed its lists. No theme changes them. */

/** The first request: one post, or the index of REST if this pass has not read it. None where the pages do not name REST. */
export function firstSample(ids: readonly string[], site: string, { apis, roots }: KnownRest): SampleTask[] {
  const root = roots.get(siteKey(site))
  const api = apis.get(siteKey(site))
  if (!root || ids.length === 0) return []
  const ajaxUrl = new URL('wp-admin/admin-ajax.php', rebase(site, root)).href
  const tasks = api ? sampleTasks(ids.slice(0, 1), [...ids], api, ajaxUrl) : [indexTask(root, ids, ajaxUrl)]
  return tasks.map(task => ({ ...task, request: { ...task.request, site } }))
}

const indexTask = (root: string, ids: readonly string[], ajaxUrl: string): SampleTask => ({
  ...{ kind: 'sample', reason: 'sample', root, ids: [...ids], ajaxUrl, request: indexRequest(root, ajaxUrl) },
})

/** One request for each of the `wanted` posts; `ids`: all that are to be requested. */
const sampleTasks = (wanted: readonly string[], ids: string[], api: Api, ajaxUrl: string): SampleTask[] =>
  wanted.map(id => {
    const { request } = restThreadTask(api, id, ajaxUrl, { reason: 'sample' })
    return { kind: 'sample', reason: 'sample', root: api.root, ids, ajaxUrl, api, request }
  })

/** The index names the API; the first post that it gives leads to the others. A closed API is no gap: the pages were read. */
export function followSample(task: SampleTask, page: Page, { rest }: PlanContext): Outcome {
  const { ids, api, ajaxUrl, root } = task
  if (page.wall) return NOTHING
  if (!api) {
    const namespace = NAMESPACES.find(name => page.namespaces?.includes(name))
    const first = namespace ? sampleTasks(ids.slice(0, 1), ids, { root, namespace }, ajaxUrl) : []
    return { tasks: first, end: 'done' }
  }
  if (!page.samples?.length) return NOTHING
  rest.singles.set(siteKey(page.site.url), api)
  return { tasks: sampleTasks(ids.slice(1), ids, api, ajaxUrl), end: 'done' }
}

const NOTHING: Outcome = { tasks: [], end: 'done' }

/** What a REST answer of one thread says of its opening post, without its posts: they are compared with those of the pages. */
export function sampled(page: Page): Page {
  const openings = page.posts.filter(post => post.parentId === null)
  const samples = openings.map(({ id, author, text }) => ({ id, title: '', authorId: author?.id ?? null, text }))
  const counts = page.threads.filter(({ whole }) => whole).map(({ id, shown }) => ({ id, replies: shown - 1 }))
  return { ...page, posts: [], threads: [], ...(samples.length > 0 && { samples, counts }) }
}
