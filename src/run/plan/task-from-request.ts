import { activityIdOf, bareUrl, isPermalink, segments } from '../../model/addresses.js'
import type { FetchRequest } from '../../model/capture.js'
import { isFeed } from '../../model/directories.js'
import { restCallOf } from '../../model/rest.js'
import type { Task } from '../../model/task.js'

/**
 * The task of a request, as far as the request alone shows it: for captures without a recorded task, such as saved pages. `texts` of a thread is empty,
 * because the request does not show it.
 */
export function taskByRequest(request: FetchRequest): Task {
  return (request.form ? ajaxTask(request, request.form) : (restTask(request) ?? pageTask(request))) as unknown as Task
}

/** A task without the fields that are only needed to plan the next one. */
type InferredTask = Record<string, unknown> & { kind: Task['kind']; request: FetchRequest }

function ajaxTask(request: FetchRequest, form: Record<string, string>): InferredTask {
  const home = request.referer ?? request.url
  const page = Number(form['page'] ?? 1)
  switch (form['action']) {
    case 'get_single_activity_content':
      return { kind: 'text', request, id: form['id'] ?? form['activity_id'] ?? '' }
    case 'groups_filter':
      return { kind: 'directory', route: 'ajax', home, page, request }
    case 'activity_loadmore_comments':
      return { kind: 'replies', request, id: form['activity_id'] ?? '' }
  }
  const id = activityIdOf(home)
  return id ? { kind: 'thread', id, texts: [], request } : streamTask(request, 'ajax', home, page)
}

const streamTask = (request: FetchRequest, route: string, home: string, page: number): InferredTask => ({
  kind: 'stream',
  route,
  home,
  page,
  groupSlug: slugIn(home),
  request,
})

function slugIn(url: string): string | null {
  const parts = segments(url)
  return parts.includes('groups') ? (parts[parts.indexOf('groups') + 1] ?? null) : null
}

function restTask(request: FetchRequest): InferredTask | null {
  const call = restCallOf(request.url)
  if (!call) return null
  const [, , resource, id] = call.path.split('/')
  const { query } = call
  const page = Number(query.get('page') ?? 1)
  if (resource === undefined) return { kind: 'api', request }
  if (resource === 'groups') return { kind: 'directory', route: 'rest', home: request.url, page, request }
  if (resource === 'members') return { kind: 'members', request }
  if (id) return { kind: 'thread', id, texts: [], request }
  if (query.has('primary_id'))
    return { kind: 'thread', id: query.get('primary_id') ?? '', texts: [], check: { page }, request }
  if (query.has('include')) return { kind: query.get('display_comments') === 'stream' ? 'parents' : 'turns', request }
  if (query.get('type') === 'activity_comment') return { kind: 'latest', request }
  // The id in place of the slug: the judge only checks that there is a group.
  return { ...streamTask(request, 'rest', request.url, page), groupSlug: query.get('group_id') }
}

function pageTask(request: FetchRequest): InferredTask {
  const { searchParams } = new URL(request.url)
  const home = bareUrl(request.url)
  if (isFeed(home)) return { kind: 'feed', page: Number(searchParams.get('acpage') ?? 1), request }
  const [page, groups] = [searchParams.get('acpage'), searchParams.get('grpage')].map(Number)
  if (page) return streamTask(request, 'page', home, page)
  if (groups) return { kind: 'directory', route: 'page', home, page: groups, request }
  return isPermalink(request.url)
    ? { kind: 'thread', id: activityIdOf(request.url) ?? '', texts: [], request }
    : { kind: 'target', request }
}
