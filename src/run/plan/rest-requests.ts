import type { FetchRequest } from '../../model/capture.js'
import { indexUrl, NAMESPACES, restUrl } from '../../model/rest.js'
import type { Api, StreamTask, ThreadTask } from '../../model/task.js'

/** Requests of the REST route; parameters as in reference 4.1. */

/** Largest `per_page`: 101 is an error (reference 11.1, 4). */
export const MAX_PER_PAGE = 100

/** What is requested instead where a site refuses `per_page=100`; 10 is the default of BuddyPress. */
const FEWER = [50, 20, 10]

/** Splits a list into batches for one request each. */
export const batchesOf = <Item>(items: readonly Item[], size = MAX_PER_PAGE): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))

/**
 * The same requests with fewer objects each: the list from its first page, or the ids in smaller batches. Null: the request has no
 * `per_page`, or it is 10 already.
 */
export function withFewer(request: FetchRequest): { requests: FetchRequest[]; perPage: number } | null {
  const asked = Number(new URL(request.url).searchParams.get('per_page'))
  const perPage = FEWER.find(size => size < asked)
  if (!perPage) return null
  const include = new URL(request.url).searchParams.get('include')
  const batches = include === null ? [null] : batchesOf(include.split(','), perPage)
  const requests = batches.map(batch => {
    const url = new URL(request.url)
    url.searchParams.set('per_page', String(perPage))
    if (batch) url.searchParams.set('include', batch.join(','))
    else if (url.searchParams.has('page')) url.searchParams.set('page', '1')
    return { ...request, url: url.href }
  })
  return { requests, perPage }
}

/** Without a nonce, REST ignores the session and treats the reader as a visitor. */
const withNonce = (url: string, ajaxUrl: string): FetchRequest => ({
  url,
  nonce: 'rest',
  nonceFrom: `${ajaxUrl}?action=rest-nonce`,
})

export const indexRequest = (root: string, ajaxUrl: string): FetchRequest => withNonce(indexUrl(root), ajaxUrl)

/** Page N of a stream. BP-REST before 0.3 needs `component` to recognise a member of the group; `threaded` gives whole trees. */
export function restStreamRequest(
  { api, groupId, memberId, ajaxUrl }: Pick<StreamTask, 'api' | 'groupId' | 'memberId' | 'ajaxUrl'>,
  page: number,
): FetchRequest {
  const paging = { ...perPageOf(api as Api), page: String(page) }
  // A member's list also has replies, as items of their own without their threads.
  if (memberId)
    return call(api as Api, 'activity', { user_id: memberId, ...paging, display_comments: 'stream' }, ajaxUrl)
  const group: Record<string, string> = groupId ? { component: 'groups', group_id: groupId } : {}
  return call(api as Api, 'activity', { ...group, ...paging, display_comments: 'threaded' }, ajaxUrl)
}

/** The task of one thread, by default with its whole tree. */
export const restThreadTask = (
  api: Api,
  id: string,
  ajaxUrl: string,
  more: Pick<ThreadTask, 'reason'> & Partial<ThreadTask>,
): ThreadTask => {
  const request = call(api, `activity/${id}`, { display_comments: 'threaded' }, ajaxUrl)
  return { kind: 'thread', id, texts: [], ajaxUrl, request, ...more }
}

/**
 * The replies of one thread as a flat list, which is complete even if the tree is broken. The type is needed: `primary_id` also
 * selects the items of a group with the same id.
 */
export const restRepliesRequest = (api: Api, id: string, page: number, ajaxUrl: string): FetchRequest =>
  call(
    api,
    'activity',
    {
      primary_id: id,
      type: 'activity_comment',
      display_comments: 'stream',
      order: 'asc',
      ...perPageOf(api),
      page: String(page),
    },
    ajaxUrl,
  )

/** Single posts, also replies. The response omits spam and deleted posts. */
export const restPostsRequest = (api: Api, ids: readonly string[], ajaxUrl: string): FetchRequest =>
  call(api, 'activity', { include: ids.join(','), display_comments: 'stream', ...perPageOf(api) }, ajaxUrl)

/** The newest replies of the whole site. With `group_id` the list would be empty (reference 11.1, 4). */
export const restLatestRequest = (api: Api, page: number, ajaxUrl: string): FetchRequest =>
  call(
    api,
    'activity',
    { type: 'activity_comment', display_comments: 'stream', ...perPageOf(api), page: String(page) },
    ajaxUrl,
  )

/** Several threads with all replies. */
export const restTurnsRequest = (api: Api, ids: readonly string[], ajaxUrl: string): FetchRequest =>
  call(api, 'activity', { include: ids.join(','), display_comments: 'threaded', ...perPageOf(api) }, ajaxUrl)

export const restGroupsRequest = (api: Api, page: number, ajaxUrl: string): FetchRequest =>
  call(api, 'groups', { ...perPageOf(api), page: String(page) }, ajaxUrl)

/** The member whose session or password the request has. */
export const restMeRequest = (api: Api, ajaxUrl: string): FetchRequest => call(api, 'members/me', {}, ajaxUrl)

/** All groups of a member. BuddyPress shows members their own hidden groups only if `user_id` names them. */
export const restOwnGroupsRequest = (api: Api, member: string, ajaxUrl: string): FetchRequest =>
  call(api, 'groups', { user_id: member, show_hidden: 'true', ...perPageOf(api) }, ajaxUrl)

export const restMembersRequest = (api: Api, ids: readonly string[], ajaxUrl: string): FetchRequest =>
  call(api, 'members', { include: ids.join(','), ...perPageOf(api) }, ajaxUrl)

const call = (api: Api, path: string, query: Record<string, string>, ajaxUrl: string): FetchRequest =>
  withNonce(restUrl(api.root, `${api.namespace}/${path}`, query), ajaxUrl)

const perPageOf = ({ perPage = MAX_PER_PAGE }: Api) => ({ per_page: String(perPage) })

/** The API that a REST request belongs to; null for other requests. */
export function apiOf({ url }: FetchRequest): Api | null {
  const namespace = NAMESPACES.find(name => decodeURIComponent(url).includes(`/${name}/`))
  if (!namespace) return null
  const root = new URL(url).searchParams.has('rest_route')
    ? new URL('?rest_route=/', url).href
    : url.slice(0, url.indexOf(namespace))
  const perPage = Number(new URL(url).searchParams.get('per_page') ?? MAX_PER_PAGE)
  return { root, namespace, ...(perPage < MAX_PER_PAGE && { perPage }) }
}
