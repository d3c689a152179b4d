import { below, spelled } from '../../model/addresses.js'
import type { FetchRequest } from '../../model/capture.js'
import type { Page } from '../../model/page.js'
import type { Api, DirectoryTask, Goal, StreamTask } from '../../model/task.js'
import { rebase } from '../../model/urls.js'
import { ajaxTraitsOf } from '../../parse/index.js'
import { restGroupsRequest, restStreamRequest } from './rest-requests.js'

/** Requests to the two template packs; fields and nonces as in reference 5. `offset_lower` is never sent: with it, sites omit posts. */

/** URL for AJAX requests. If the page names one of another origin, the default URL of the site is used instead. */
export function ajaxUrlOf(page: Page): string {
  const url = rebase(page.ajaxUrl ?? new URL('wp-admin/admin-ajax.php', page.site.url).href, page.url)
  return new URL(url).origin === new URL(page.url).origin ? url : new URL('/wp-admin/admin-ajax.php', page.url).href
}

/** The feed of a group, in the spelling under which its site is reached. */
export const feedOf = (group: string, page: string): string => rebase(below(group, 'feed'), page)

/** True if Legacy answers the AJAX requests of the site. The page itself says so more surely than the markup of its items. */
export const isLegacy = ({ pack, template }: Page): boolean =>
  (pack ?? (template === null ? 'nouveau' : ajaxTraitsOf(template).pack)) === 'legacy'

/** Progress of a stream before its first page. */
export const STREAM_START = { arrivals: false, lookingBack: false, steppingBack: false, idle: 0 } as const

/** The task of the first page of a stream. */
export const firstStreamTask = (
  stream: Omit<StreamTask, 'kind' | 'reason' | 'page' | 'request' | keyof typeof STREAM_START>,
): StreamTask => ({
  kind: 'stream',
  reason: 'first-page',
  page: 1,
  ...stream,
  ...STREAM_START,
  request: streamRequest(stream, 1),
})

/** The task of another page of the same stream. */
export const streamPage = (task: StreamTask, page: number, change: Partial<StreamTask>): StreamTask => ({
  ...task,
  ...change,
  page,
  request: streamRequest(task, page),
})

/** Page N of the stream that `home` shows. */
export function streamRequest(
  stream: Pick<StreamTask, 'route' | 'home' | 'ajaxUrl' | 'legacy' | 'api' | 'groupId' | 'memberId'>,
  page: number,
): FetchRequest {
  const { route, home, ajaxUrl } = stream
  if (route === 'rest') return restStreamRequest(stream, page)
  if (route === 'page') return { url: pageUrl(home, page) }
  const older = { action: 'activity_get_older_updates', page: String(page), cookie: '' }
  return stream.legacy ? { url: ajaxUrl, referer: home, form: older } : listRequest(ajaxUrl, home, 'activity', page)
}

/** Page N of the posts or groups that the page `referer` shows. */
const listRequest = (url: string, referer: string, object: 'activity' | 'groups', page: number): FetchRequest => ({
  url,
  referer,
  nonce: object,
  form: { action: `${object}_filter`, object, scope: 'all', page: String(page) },
})

/** The reader's own groups, or the posts of these groups, as their page `referer` loads them. */
export const ownListRequest = (ajaxUrl: string, referer: string, object: 'activity' | 'groups'): FetchRequest => {
  const { form, ...request } = listRequest(ajaxUrl, referer, object, 1)
  return { ...request, form: { ...form, scope: object === 'groups' ? 'personal' : 'groups' } }
}

/** The AJAX view of one thread, which Nouveau finds by the Referer. It does not shorten texts. */
export const threadRequest = (ajaxUrl: string, permalink: string): FetchRequest =>
  listRequest(ajaxUrl, permalink, 'activity', 1)

/** The read-more request for the full text of one post. Nouveau requires `id` and a nonce, Legacy `activity_id`. */
export const textRequest = (ajaxUrl: string, referer: string, id: string, legacy: boolean): FetchRequest =>
  legacy
    ? { url: ajaxUrl, referer, form: { action: 'get_single_activity_content', activity_id: id } }
    : { url: ajaxUrl, referer, nonce: 'activity', form: { action: 'get_single_activity_content', id } }

export function directoryRequest(
  { home, ajaxUrl, route, api }: Pick<DirectoryTask, 'home' | 'ajaxUrl' | 'route' | 'api'>,
  page: number,
): FetchRequest {
  if (api) return restGroupsRequest(api, page, ajaxUrl)
  if (route === 'page') return { url: page === 1 ? home : withQuery(home, 'grpage', page) }
  return listRequest(ajaxUrl, home, 'groups', page)
}

/** Page N of the stream that a page shows. */
export const pageUrl = (home: string, page: number): string => (page === 1 ? home : withQuery(home, 'acpage', page))

function withQuery(url: string, name: string, value: number): string {
  const next = new URL(url)
  next.searchParams.set(name, String(value))
  return spelled(next)
}

type GroupGoal = Extract<Goal, { kind: 'group' }>

export const groupGoal = ({ url, slug, id }: { url: string; slug: string; id: string | null }): GroupGoal => ({
  kind: 'group',
  home: url,
  slug,
  id,
})

/** The first page of a stream by REST. */
export function restStreamTask(
  goal: Extract<Goal, { kind: 'group' | 'stream' | 'member' }>,
  api: Api,
  ajaxUrl: string,
): StreamTask {
  const group = goal.kind === 'group' ? goal : null
  const owner = group?.id ? { groupId: group.id } : goal.kind === 'member' ? { memberId: goal.id } : {}
  const groupSlug = group?.slug ?? null
  return firstStreamTask({ route: 'rest', home: goal.home, api, ajaxUrl, ...owner, legacy: false, groupSlug })
}
