import type { FetchRequest } from '../../model/capture.js'
import { indexUrl, NAMESPACES, restUrl } from '../../model/rest.js'
import type { Api, StreamTask, ThreadTask } from '../../model/task.js'

/** Requests of the REST route; parameters as in reference 4.1. */

/** Largest `per_page`: 101 is an error (reference 11.1, 4). */
export const MAX_PER_PAGE = 100

/** Splits a list into batches for one request each. */
export const batchesOf = <Item>(items: readonly Item[]): Item[][] =>
  Array.from({ length: Math.ceil(items.length / MAX_PER_PAGE) }, (_, at) =>
    items.slice(at * MAX_PER_PAGE, (at + 1) * MAX_PER_PAGE),
  )

const PER_PAGE = { per_page: String(MAX_PER_PAGE) }

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
  const paging = { ...PER_PAGE, page: String(page) }
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
      ...PER_PAGE,
      page: String(page),
    },
    ajaxUrl,
  )

/** Single posts, also replies. The response omits spam and deleted posts. */
export const restPostsRequest = (api: Api, ids: readonly string[], ajaxUrl: string): FetchRequest =>
  call(api, 'activity', { include: ids.join(','), display_comments: 'stream', ...PER_PAGE }, ajaxUrl)

/** The newest replies of the whole site. With `group_id` the list would be empty (reference 11.1, 4). */
export const restLatestRequest = (api: Api, page: number, ajaxUrl: string): FetchRequest =>
  call(
    api,
    'activity',
    { type: 'activity_comment', display_comments: 'stream', ...PER_PAGE, page: String(page) },
    ajaxUrl,
  )

/** Several threads with all replies. */
export const restTurnsRequest = (api: Api, ids: readonly string[], ajaxUrl: string): FetchRequest =>
  call(api, 'activity', { include: ids.join(','), display_comments: 'threaded', ...PER_PAGE }, ajaxUrl)

export const restGroupsRequest = (api: Api, page: number, ajaxUrl: string): FetchRequest =>
  call(api, 'groups', { ...PER_PAGE, page: String(page) }, ajaxUrl)

/** The member whose session or password the request has. */
export const restMeRequest = (api: Api, ajaxUrl: string): FetchRequest => call(api, 'members/me', {}, ajaxUrl)

/** All groups of a member. BuddyPress shows members their own hidden groups only if `user_id` names them. */
export const restOwnGroupsRequest = (api: Api, member: string, ajaxUrl: string): FetchRequest =>
  call(api, 'groups', { user_id: member, show_hidden: 'true', ...PER_PAGE }, ajaxUrl)

export const restMembersRequest = (api: Api, ids: readonly string[], ajaxUrl: string): FetchRequest =>
  call(api, 'members', { include: ids.join(','), ...PER_PAGE }, ajaxUrl)

const call = ({ root, namespace }: Api, path: string, query: Record<string, string>, ajaxUrl: string): FetchRequest =>
  withNonce(restUrl(root, `${namespace}/${path}`, query), ajaxUrl)

/** The API that a REST request belongs to; null for other requests. */
export function apiOf({ url }: FetchRequest): Api | null {
  const namespace = NAMESPACES.find(name => decodeURIComponent(url).includes(`/${name}/`))
  if (!namespace) return null
  const root = new URL(url).searchParams.has('rest_route')
    ? new URL('?rest_route=/', url).href
    : url.slice(0, url.indexOf(namespace))
  return { root, namespace }
}
