import type { Page, Wall } from '../../model/page.js'
import type { DoctorReport, GroupFinding } from '../../model/reports/doctor.js'
import { NAMESPACES } from '../../model/rest.js'
import type { Api, Route } from '../../model/task.js'
import { rebase } from '../../model/urls.js'
import { ajaxTraitsOf } from '../../parse/index.js'
import { problemOf } from '../judge/problems.js'
import { ajaxUrlOf, directoryRequest, streamRequest } from '../plan/requests.js'
import { indexRequest, MAX_PER_PAGE, restGroupsRequest, restStreamRequest } from '../plan/rest-requests.js'
import { firstTask } from '../plan/target.js'
import type { ArchiveOptions } from '../session/options.js'
import type { SingleRequests } from './single-requests.js'

/** So many groups are looked into: more would be a burst of requests of its own. */
const MOST_GROUPS = 10

/** Tries each route once, counts what is there, and says what archiving it would take. */
export async function examineRoutes(
  report: DoctorReport,
  page: Page,
  questions: SingleRequests,
  options: ArchiveOptions,
): Promise<void> {
  const found = await findApi(report, page, questions)
  if (page.group) report.groups = [{ ...page.group, access: page.wall ? 'members' : null, threads: null }]
  const api = found && (await groupsByRest(report, page, found, questions))
  if (!api && !page.group) await groupsByPage(report, page, questions)
  if (api) await countThreads(report, page, api, questions)
  await tryPages(report, page, questions)
  report.locked.push(...lockedOf(report.groups))
  const first = (['rest', 'ajax', 'page'] as const).find(name =>
    report.routes.some(one => one.route === name && one.open),
  )
  report.recommended = first ?? null
  if (!first && report.problems.length === 0) report.problems.push(problemOf(firstTask(report.target), page, NOTHING))
  report.expected = first ? expectation(report, first, options) : null
}

const NOTHING: Wall = { kind: 'unknown', seen: 'no stream of posts that threadkeep knows' }

async function findApi(report: DoctorReport, page: Page, questions: SingleRequests): Promise<Api | null> {
  const closed = (why: string) => {
    report.routes.push({ route: 'rest', open: false, why })
    return null
  }
  if (!page.apiUrl) return closed('the page names no REST interface')
  const root = rebase(page.apiUrl, page.url)
  try {
    const index = (await questions.ask(indexRequest(root, ajaxUrlOf(page)))).page
    const namespace = NAMESPACES.find(name => index.namespaces?.includes(name))
    if (index.wall || !namespace) return closed(index.wall?.seen ?? 'its index names neither BuddyPress nor BuddyBoss')
    report.engine.evidence.push(`REST offers ${namespace}`)
    return { root, namespace }
  } catch (error) {
    return closed(error instanceof Error ? error.message : String(error))
  }
}

/** Null where REST refuses its groups, too: then it is closed. */
async function groupsByRest(
  report: DoctorReport,
  page: Page,
  api: Api,
  questions: SingleRequests,
): Promise<Api | null> {
  const list = (await questions.ask(restGroupsRequest(api, 1, ajaxUrlOf(page)))).page
  if (list.wall) {
    report.routes.push({ route: 'rest', open: false, why: list.wall.seen })
    return null
  }
  const listed = list.groups.map((group): GroupFinding => ({ ...group, access: null, threads: null }))
  // The page of one group may not tell its number; the list does.
  if (page.group)
    report.groups = listed
      .filter(group => group.slug === page.group?.slug)
      .concat(report.groups)
      .slice(0, 1)
  else report.groups = listed
  if (list.more && !page.group)
    report.locked.push(`Only the first ${MAX_PER_PAGE} of ${list.total ?? 'many'} groups were looked at.`)
  return api
}

async function groupsByPage(report: DoctorReport, page: Page, questions: SingleRequests): Promise<void> {
  const url = page.about.kind === 'directory' ? page.url : (page.directoryUrl ?? new URL('groups/', page.site.url).href)
  const directory = url === page.url ? page : (await questions.ask({ url })).page
  const byAjax = directory.loader === 'groups'
  const ask = directoryRequest(url, ajaxUrlOf(directory), 'ajax', 1)
  const list = byAjax ? (await questions.ask({ ...ask, site: directory.site.url })).page : directory
  if (list.wall) report.problems.push(problemOf(firstTask(url), list, list.wall))
  report.groups = list.groups.map(group => ({ ...group, access: null, threads: null }))
}

/** The list of a group tells how many threads it has, and, by being empty, that it is not for this reader. */
async function countThreads(report: DoctorReport, page: Page, api: Api, questions: SingleRequests): Promise<void> {
  let open = false
  for (const group of report.groups.slice(0, MOST_GROUPS)) {
    const { id } = group as GroupFinding & { id?: string | null }
    if (!id) continue
    const request = restStreamRequest({ api, groupId: id, ajaxUrl: ajaxUrlOf(page) }, 1)
    const url = request.url.replace(`per_page=${MAX_PER_PAGE}`, 'per_page=1').replace('threaded', 'false')
    const list = (await questions.ask({ ...request, url })).page
    group.threads = list.total ?? (list.posts.length || null)
    group.access = list.posts.length > 0 ? 'open' : group.status === 'public' ? null : 'members'
    open ||= !list.wall && (list.posts.length > 0 || page.group === null)
  }
  const shut = page.group
    ? `${api.namespace} answers an empty list`
    : `${api.namespace} is there, and no group to try it on`
  const why = open ? `${api.namespace} answers this reader` : shut
  report.routes.push({ route: 'rest', open: open || report.groups.length === 0, why })
}

/** One page of one group that is open: its posts stand in it, or come by AJAX, which is asked once. */
async function tryPages(report: DoctorReport, page: Page, questions: SingleRequests): Promise<void> {
  const group = report.groups.find(one => one.access !== 'members' && one.status !== 'private')
  const home = page.group || !group ? page : (await questions.ask({ url: rebase(group.url, page.url) })).page
  const there = home.streamUrl && home.posts.length === 0 && !home.loader && home.streamUrl !== home.url
  const stream = there ? (await questions.ask({ url: rebase(home.streamUrl ?? '', page.url) })).page : home
  const inPage = stream.posts.length > 0
  report.routes.push({ route: 'page', open: inPage, why: inPage ? 'posts stand in the page' : noPosts(stream) })
  if (!inPage && stream.loader !== 'activity') return
  const legacy = inPage && ajaxTraitsOf(stream.template).pack === 'legacy'
  const place = { route: 'ajax', home: stream.url, ajaxUrl: ajaxUrlOf(stream), legacy } as const
  const answer = (await questions.ask({ ...streamRequest(place, 1), site: stream.site.url })).page
  const open = !answer.wall
  report.routes.push({ route: 'ajax', open, why: answer.wall?.seen ?? 'the calls of the pages are answered' })
}

const noPosts = (page: Page): string =>
  page.wall?.seen ??
  (page.loader ? 'the page holds a loader only' : page.provenEmpty ? 'the group is empty' : 'no stream in the page')

const lockedOf = (groups: readonly GroupFinding[]): string[] =>
  groups
    .filter(group => group.access === 'members' || (group.access === null && group.status === 'private'))
    .map(group => `${group.name ?? group.slug} is open to its members only.`)

/** Items on one page of each route: BuddyPress 20, BuddyBoss 10, REST 100. */
const pageSize = (report: DoctorReport, route: Route): number =>
  route === 'rest' ? MAX_PER_PAGE : report.engine.software === 'BuddyBoss Platform' && route === 'ajax' ? 10 : 20

function expectation(report: DoctorReport, route: Route, { sleepSeconds }: ArchiveOptions): DoctorReport['expected'] {
  const counted = report.groups.filter(group => group.threads !== null)
  if (counted.length === 0) return null
  const size = pageSize(report, route)
  const pages = counted.reduce((sum, group) => sum + Math.ceil((group.threads ?? 0) / size), 0)
  const share = report.groups.length / counted.length
  const rest = report.groups.length - counted.length
  const requests = Math.ceil(
    3 + (route === 'rest' ? 1 : report.groups.length) + (rest > MOST_GROUPS ? pages * share : pages + rest),
  )
  const pace = Math.max((sleepSeconds[0] + sleepSeconds[1]) / 2, report.robots?.crawlDelaySeconds ?? 0)
  const threads = counted.reduce((sum, group) => sum + (group.threads ?? 0), 0)
  const groups = counted.length === 1 ? 'one group' : `${counted.length} groups`
  const basis = `${threads} threads in ${groups}, ${size} a request; deleted members and broken threads take a few more`
  return { requests, seconds: Math.ceil(requests * (pace + 0.5)), basis }
}
