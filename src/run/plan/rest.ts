import { isSameSlug } from '../../model/addresses.js'
import type { Page } from '../../model/page.js'
import { NAMESPACES } from '../../model/rest.js'
import type { Api, ApiTask, DirectoryTask, Goal, Task } from '../../model/task.js'
import { rebase, sameHost, siteKey } from '../../model/urls.js'
import { directoryTask, nextDirectoryPage } from './directory.js'
import type { KnownRest, Outcome, PlanContext } from './outcome.js'
import { ownTasks } from './own-groups.js'
import { ajaxUrlOf, groupGoal, restStreamTask } from './requests.js'
import { indexRequest, restThreadTask } from './rest-requests.js'
import { groupsNotListed } from './totals.js'
import { withoutRest } from './without-rest.js'

/** Notes where a page says that REST is. */
export function noteRoot(page: Page, { roots }: KnownRest): void {
  const root = namedRoot(page)
  if (root) roots.set(siteKey(page.site.url), root)
}

/** Requests the REST index, once a target, if REST can read what the page shows; null: continue from the page. */
export function restFrom(task: Task, page: Page, goal: Goal | null, { via }: PlanContext): Outcome | null {
  if ((via !== 'rest' && via !== 'auto') || !goal || ('without' in task && task.without)) return null
  const root = rootOf(page, via)
  if (!root) return null
  const ajaxUrl = ajaxUrlOf(page)
  return {
    tasks: [{ kind: 'api', reason: 'rest-index', root, ajaxUrl, goal, request: indexRequest(root, ajaxUrl) }],
    end: 'done',
  }
}

/**
 * URL of the REST index. A site whose pages do not name it usually hides it on purpose, so it is not guessed. With `--via rest`
 * the default is the form that works on any WordPress since 4.4, with and without pretty permalinks.
 */
export const rootOf = (page: Page, via: PlanContext['via']): string | null =>
  namedRoot(page) ?? (via === 'rest' ? new URL('?rest_route=/', page.site.url).href : null)

function namedRoot(page: Page): string | null {
  const named = page.apiUrl && rebase(page.apiUrl, page.url)
  return named && sameHost(named, page.url) ? named : null
}

/** What REST should read instead of this page; null: REST cannot read it. */
export function goalOf(kind: Page['about']['kind'], page: Page): Goal | null {
  const home = page.url
  if (kind === 'thread' && page.about.kind === 'thread') return { kind, home, id: page.about.id }
  if (kind === 'group' && page.group) return groupGoal(page.group)
  if (kind === 'stream') return { kind, home }
  if (kind === 'member') return page.member?.id ? { kind, home, id: page.member.id } : null
  return kind === 'other' || kind === 'directory' ? { kind: 'site', home } : null
}

/** The index names the APIs of the plugins: `buddypress/v1` before version 15, `v2` since 15, `buddyboss/v1`. */
export function followApi(task: ApiTask, page: Page, context: PlanContext): Outcome {
  const namespace = NAMESPACES.find(name => page.namespaces?.includes(name))
  if (!namespace) return withoutRest(task, 'its REST index names neither BuddyPress nor BuddyBoss', context)
  const api = { root: task.root, namespace }
  context.rest.apis.set(siteKey(page.site.url), api)
  const first = firstRestTask(task, api)
  return { tasks: [first], end: 'done', route: 'rest', because: `the REST index names ${namespace}` }
}

function firstRestTask({ goal, ajaxUrl }: ApiTask, api: Api): Task {
  if (goal.kind === 'thread')
    return restThreadTask(api, goal.id, ajaxUrl, { reason: 'first-page', permalink: goal.home })
  const isKnown = goal.kind !== 'group' || goal.id !== null
  if (goal.kind !== 'site' && isKnown) return restStreamTask(goal, api, ajaxUrl)
  const only = goal.kind === 'group' ? { only: goal } : {}
  return directoryTask({ route: 'rest', home: goal.home, ajaxUrl, api, ...only }, 1)
}

/**
 * All listed groups, or the one group whose id is needed. REST ignores `groups?slug=` (reference 11.1, 4), so a group is found by
 * reading the list.
 */
export function followRestDirectory(task: DirectoryTask, api: Api, page: Page, context: PlanContext): Outcome {
  if (task.firstBefore !== undefined && page.groups[0]?.url === task.firstBefore)
    return withoutRest(task, 'its pages repeat, as if a cache ignored the page number', context)
  const next = page.more ? [nextDirectoryPage(task, page)] : []
  const { only, ajaxUrl } = task
  if (!only) {
    const groups = page.groups.map(group =>
      groupTask({ ...group, url: rebase(group.url, task.home) }, api, task, context),
    )
    if (page.more) return { tasks: [...next, ...groups], end: 'done' }
    return { ...(groupsNotListed(task, page) ?? { end: 'done' }), tasks: [...groups, ...ownTasks(task, context)] }
  }
  const found = page.groups.find(group => isSameSlug(group.slug, only.slug))
  if (found) return { tasks: [restStreamTask({ ...only, id: found.id }, api, ajaxUrl)], end: 'done' }
  return next.length > 0 ? { tasks: next, end: 'done' } : withoutRest(task, 'REST does not list this group', context)
}

/** For a visitor, REST gives an empty list for a private group; its page says that it is private. */
function groupTask(group: Page['groups'][number], api: Api, { ajaxUrl }: DirectoryTask, { member }: PlanContext): Task {
  if (group.status === 'public' || member) return restStreamTask(groupGoal(group), api, ajaxUrl)
  return { kind: 'group', reason: 'listed', request: { url: group.url }, without: 'rest' }
}
