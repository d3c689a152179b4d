import { addressKey, ancestors, below } from '../../model/addresses.js'
import type { Group } from '../../model/discussion.js'
import type { Page } from '../../model/page.js'
import type { DirectoryTask, OwnTask, Task } from '../../model/task.js'
import { rebase } from '../../model/urls.js'
import type { Outcome, PlanContext } from './outcome.js'
import { ajaxUrlOf, groupGoal, ownListRequest, restStreamTask } from './requests.js'
import { restMeRequest, restOwnGroupsRequest } from './rest-requests.js'

/**
 * The groups of a logged-in reader: no list of the site shows the hidden ones. The reader's own list shows them, and so does the
 * stream of these groups, where a plugin or an old version leaves them out of the list.
 */

type Place = Pick<OwnTask, 'home' | 'ajaxUrl' | 'api'>

/** The first of these requests, after the last page of the directory; none without a login, or if nothing says who the reader is. */
export function ownTasks(
  { home, ajaxUrl, api, mine }: Pick<DirectoryTask, 'home' | 'ajaxUrl' | 'api' | 'mine'>,
  { member }: PlanContext,
): Task[] {
  if (!member) return []
  const place = { home, ajaxUrl, ...(api && { api }) }
  if (mine) return pageTasks(mine, place)
  return api ? [ownTask('reader', place, restMeRequest(api, ajaxUrl))] : []
}

const ownTask = (of: OwnTask['of'], place: Place, request: OwnTask['request']): OwnTask => ({
  kind: 'own',
  reason: 'own-groups',
  of,
  ...place,
  request,
})

/** `list`: the page with the reader's own list of groups, which is below the reader's profile. */
function pageTasks(list: string, place: Place): Task[] {
  const profile = ancestors(list).at(-2) ?? list
  return [
    ownTask('list', place, { url: rebase(list, place.home) }),
    ownTask('stream', place, { url: rebase(below(profile, 'activity', 'groups'), place.home) }),
  ]
}

/** The groups that no list of this pass has shown. */
export function followOwn(task: OwnTask, page: Page, context: PlanContext): Outcome {
  const { home, ajaxUrl, api } = task
  const place = { home, ajaxUrl, ...(api && { api }) }
  const [reader] = page.members ?? []
  if (task.of === 'reader' && api && reader?.url && reader.id) {
    const byRest = ownTask('list', place, restOwnGroupsRequest(api, reader.id, ajaxUrl))
    return { tasks: [byRest, ...pageTasks(below(reader.url, 'groups'), place)], end: 'done' }
  }
  if (page.loader) {
    const request = ownListRequest(ajaxUrlOf(page), page.url, page.loader)
    return { tasks: [{ ...task, request }], end: 'done' }
  }
  const known = new Set(context.listed().map(addressKey))
  const fresh = page.groups.filter(group => !known.has(addressKey(rebase(group.url, home))))
  return { tasks: fresh.map(group => groupTask({ ...group, url: rebase(group.url, home) }, task)), end: 'done' }
}

const groupTask = (group: Group, { api, ajaxUrl }: OwnTask): Task =>
  api && group.id !== null
    ? restStreamTask(groupGoal(group), api, ajaxUrl)
    : { kind: 'group', reason: 'own-groups', request: { url: group.url } }

/** A page of the reader's own groups, without its posts: the streams of the groups give them. */
export function ownGroups(page: Page): Page {
  const named = page.posts.flatMap(({ group }) => group ?? [])
  const groups = [...page.groups, ...named]
  const first = groups.filter((group, at) => groups.findIndex(({ url }) => url === group.url) === at)
  return { ...page, groups: first, posts: [], threads: [] }
}

/** What could not be read of the reader's own groups; nothing is said of the stream, which only repeats the list. */
export function withoutOwn({ of, request: { url } }: OwnTask, why: string): Outcome {
  const message = `Your own list of groups could not be read (${why}): name your hidden groups as targets.`
  return { tasks: [], end: 'done', ...(of === 'stream' ? {} : { note: { url, message } }) }
}
