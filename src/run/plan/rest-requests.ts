import type { FetchRequest } from '../../model/capture.js'
import { indexUrl, NAMESPACES, restUrl } from '../../model/rest.js'
import type { Api, StreamTask } from '../../model/task.js'

/** The calls of the REST route; parameters as in reference 4.1. */

/** The most that one answer may hold: 101 is an error (reference 11.1, 4). */
export const MAX_PER_PAGE = 100

/** As many as one request may name. */
export const batchesOf = <Item>(items: readonly Item[]): Item[][] =>
  Array.from({ length: Math.ceil(items.length / MAX_PER_PAGE) }, (_, at) =>
    items.slice(at * MAX_PER_PAGE, (at + 1) * MAX_PER_PAGE),
  )

const PER_PAGE = { per_page: String(MAX_PER_PAGE) }

/** With the nonce WordPress takes a session into account; without it, whoever is logged in is a visitor to REST. */
const withNonce = (url: string, ajaxUrl: string): FetchRequest => ({
  url,
  nonce: 'rest',
  nonceFrom: `${ajaxUrl}?action=rest-nonce`,
})

export const indexRequest = (root: string, ajaxUrl: string): FetchRequest => withNonce(indexUrl(root), ajaxUrl)

/** BP-REST before 0.3 looks at `component` to know a member of the group; `threaded` puts whole trees into the answer. */
export function restStreamRequest(
  { api, groupId, memberId, ajaxUrl }: Pick<StreamTask, 'api' | 'groupId' | 'memberId' | 'ajaxUrl'>,
  page: number,
): FetchRequest {
  const paging = { ...PER_PAGE, page: String(page) }
  // What a member wrote is replies, too: they stand as rows of their own, without their threads.
  if (memberId)
    return call(api as Api, 'activity', { user_id: memberId, ...paging, display_comments: 'stream' }, ajaxUrl)
  const group: Record<string, string> = groupId ? { component: 'groups', group_id: groupId } : {}
  return call(api as Api, 'activity', { ...group, ...paging, display_comments: 'threaded' }, ajaxUrl)
}

export const restThreadRequest = (api: Api, id: string, ajaxUrl: string): FetchRequest =>
  call(api, `activity/${id}`, { display_comments: 'threaded' }, ajaxUrl)

/**
 * The replies of one thread as a flat list, which no broken tree can hide. By their type: a group may have the number of the
 * thread, and its items would come, too.
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

/** Single posts, replies too; those that are spam or deleted are left out of the answer. */
export const restPostsRequest = (api: Api, ids: readonly string[], ajaxUrl: string): FetchRequest =>
  call(api, 'activity', { include: ids.join(','), display_comments: 'stream', ...PER_PAGE }, ajaxUrl)

/** The youngest replies of the whole site; with `group_id` the list would hold none (reference 11.1, 4). */
export const restLatestRequest = (api: Api, page: number, ajaxUrl: string): FetchRequest =>
  call(
    api,
    'activity',
    { type: 'activity_comment', display_comments: 'stream', ...PER_PAGE, page: String(page) },
    ajaxUrl,
  )

/** Chosen threads, whole. */
export const restTurnsRequest = (api: Api, ids: readonly string[], ajaxUrl: string): FetchRequest =>
  call(api, 'activity', { include: ids.join(','), display_comments: 'threaded', ...PER_PAGE }, ajaxUrl)

export const restGroupsRequest = (api: Api, page: number, ajaxUrl: string): FetchRequest =>
  call(api, 'groups', { ...PER_PAGE, page: String(page) }, ajaxUrl)

export const restMembersRequest = (api: Api, ids: readonly string[], ajaxUrl: string): FetchRequest =>
  call(api, 'members', { include: ids.join(','), ...PER_PAGE }, ajaxUrl)

const call = ({ root, namespace }: Api, path: string, query: Record<string, string>, ajaxUrl: string): FetchRequest =>
  withNonce(restUrl(root, `${namespace}/${path}`, query), ajaxUrl)

/** A call holds all that is needed for others like it. */
export function apiOf({ url }: FetchRequest): Api | null {
  const namespace = NAMESPACES.find(name => decodeURIComponent(url).includes(`/${name}/`))
  if (!namespace) return null
  const root = new URL(url).searchParams.has('rest_route')
    ? new URL('?rest_route=/', url).href
    : url.slice(0, url.indexOf(namespace))
  return { root, namespace }
}
