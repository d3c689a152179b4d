import { isSameSlug } from '../../model/addresses.js'
import type { Page, Wall } from '../../model/page.js'
import type { DoctorReport, GroupFinding } from '../../model/reports/doctor.js'
import { NAMESPACES } from '../../model/rest.js'
import type { Api, Route } from '../../model/task.js'
import { errorMessage } from '../../model/thrown.js'
import { rebase } from '../../model/urls.js'
import { selfTest } from '../judge/self-test.js'
import { problemOf } from '../judge/wall-problems.js'
import { isElsewhere, problemOfNoDirectory } from '../plan/directory-search.js'
import { feedUrl } from '../plan/feeds/self-test.js'
import { ajaxUrlOf, directoryRequest, isLegacy, streamRequest } from '../plan/requests.js'
import { indexRequest, MAX_PER_PAGE, restGroupsRequest, restStreamRequest } from '../plan/rest-requests.js'
import { firstTask } from '../plan/target.js'
import type { ArchiveOptions } from '../session/options.js'
import type { Probe } from './single-requests.js'

/** Most groups that are examined: each takes a request. */
const MAX_GROUPS = 10

/** Tries each route once, counts threads, and estimates the requests and the time of an archive run. */
export async function examineRoutes(
  report: DoctorReport,
  page: Page,
  probe: Probe,
  options: ArchiveOptions,
): Promise<void> {
  const found = await findApi(report, page, probe)
  if (page.group) report.groups = [{ ...page.group, access: page.wall ? 'members' : null, threads: null }]
  const api = found && (await groupsByRest(report, page, found, probe))
  if (!api && !page.group) await groupsByPage(report, page, probe)
  if (api) await countThreads(report, page, api, probe)
  await tryPages(report, page, probe)
  report.locked.push(...membersOnlyLines(report))
  const first = (['rest', 'ajax', 'page'] as const).find(name =>
    report.routes.some(({ route, open }) => route === name && open),
  )
  report.recommended = first ?? null
  if (!first && report.problems.length === 0) report.problems.push(problemOf(firstTask(report.target), page, NO_STREAM))
  report.expected = first ? expectation(report, first, options) : null
}

const NO_STREAM: Wall = { kind: 'unknown', seen: 'a page without a stream of posts that threadkeep can read' }

async function findApi(report: DoctorReport, page: Page, probe: Probe): Promise<Api | null> {
  const closed = (why: string) => {
    report.routes.push({ route: 'rest', open: false, why })
    return null
  }
  if (!page.apiUrl) return closed('the page names no REST interface')
  const root = rebase(page.apiUrl, page.url)
  try {
    const index = (await probe.send(indexRequest(root, ajaxUrlOf(page)))).page
    const namespace = NAMESPACES.find(name => index.namespaces?.includes(name))
    if (index.wall || !namespace) return closed(index.wall?.seen ?? 'its index names neither BuddyPress nor BuddyBoss')
    report.engine.evidence.push(`REST offers ${namespace}`)
    return { root, namespace }
  } catch (error) {
    return closed(errorMessage(error))
  }
}

/** Lists the groups by REST; null: REST does not show them, so the route is closed. */
async function groupsByRest(report: DoctorReport, page: Page, api: Api, probe: Probe): Promise<Api | null> {
  const list = (await probe.send(restGroupsRequest(api, 1, ajaxUrlOf(page)))).page
  if (list.wall) {
    report.routes.push({ route: 'rest', open: false, why: list.wall.seen })
    return null
  }
  const listed = list.groups.map((group): GroupFinding => ({ ...group, access: null, threads: null }))
  // The list has the id of the group, which its page may lack.
  if (page.group)
    report.groups = listed
      .filter(group => page.group && isSameSlug(group.slug, page.group.slug))
      .concat(report.groups)
      .slice(0, 1)
  else report.groups = listed
  if (list.more && !page.group)
    report.locked.push(`Only the first ${MAX_PER_PAGE} of ${list.total ?? 'many'} groups were examined.`)
  return api
}

async function groupsByPage(report: DoctorReport, page: Page, probe: Probe): Promise<void> {
  const directory = await findDirectory(report, page, probe)
  if (!directory) return
  const { url } = directory
  const byAjax = directory.loader === 'groups'
  const request = directoryRequest({ home: url, ajaxUrl: ajaxUrlOf(directory), route: 'ajax' }, 1)
  const list = byAjax ? (await probe.send({ ...request, site: directory.site.url })).page : directory
  if (list.wall) report.problems.push(problemOf(firstTask(url), list, list.wall))
  report.groups = list.groups.map(group => ({ ...group, access: null, threads: null }))
}

/** The directory of groups, where the page names it or may have it. */
async function findDirectory(report: DoctorReport, page: Page, probe: Probe): Promise<Page | null> {
  if (page.about.kind === 'directory') return page
  for (const place of page.directories) {
    const found = (await probe.send({ url: rebase(place, page.url) })).page
    if (found.about.kind === 'directory' || (found.wall && !isElsewhere(found.wall))) return found
  }
  // A page that is not there, or a wall, explains by itself why no directory was found.
  if (report.problems.length === 0) report.problems.push(problemOfNoDirectory(page.url, page.directories))
  return null
}

/** Counts the threads of each group. An empty list means that this reader may not see the group. */
async function countThreads(report: DoctorReport, page: Page, api: Api, probe: Probe): Promise<void> {
  let open = false
  for (const group of report.groups.slice(0, MAX_GROUPS)) {
    const { id } = group as GroupFinding & { id?: string | null }
    if (!id) continue
    const request = restStreamRequest({ api, groupId: id, ajaxUrl: ajaxUrlOf(page) }, 1)
    const url = request.url.replace(`per_page=${MAX_PER_PAGE}`, 'per_page=1').replace('threaded', 'false')
    const list = (await probe.send({ ...request, url })).page
    group.threads = list.total ?? (list.posts.length || null)
    group.access = list.posts.length > 0 ? 'open' : group.status === 'public' ? null : 'members'
    open ||= !list.wall && (list.posts.length > 0 || page.group === null)
  }
  const shut = page.group
    ? `${api.namespace} sends an empty list`
    : `${api.namespace} exists, but there is no group to try it with`
  const why = open ? `${api.namespace} shows posts to this reader` : shut
  report.routes.push({ route: 'rest', open: open || report.groups.length === 0, why })
}

/** Tries the routes `page` and `ajax` with one open group. */
async function tryPages(report: DoctorReport, page: Page, probe: Probe): Promise<void> {
  const group = report.groups.find(({ access, status }) => access !== 'members' && status !== 'private')
  const home = page.group || !group ? page : (await probe.send({ url: rebase(group.url, page.url) })).page
  const hasPostsTab = home.streamUrl && home.posts.length === 0 && !home.loader && home.streamUrl !== home.url
  const stream = hasPostsTab ? (await probe.send({ url: rebase(home.streamUrl ?? '', page.url) })).page : home
  const inPage = stream.posts.length > 0
  report.routes.push({ route: 'page', open: inPage, why: inPage ? 'the page contains posts' : noPostsReason(stream) })
  if (inPage) await comparePosts(report, stream, probe)
  if (!inPage && stream.loader !== 'activity') return
  const target = { route: 'ajax', home: stream.url, ajaxUrl: ajaxUrlOf(stream), legacy: isLegacy(stream) } as const
  const list = (await probe.send({ ...streamRequest(target, 1), site: stream.site.url })).page
  const open = !list.wall
  report.routes.push({ route: 'ajax', open, why: list.wall?.seen ?? 'the site answers AJAX requests' })
  if (!inPage) await comparePosts(report, list, probe)
}

/** Compares the opening posts of this page with the feed of their group, which no theme changes. */
async function comparePosts(report: DoctorReport, { posts, site, url }: Page, probe: Probe): Promise<void> {
  const openings = posts.filter(post => post.parentId === null)
  const feed = feedUrl(openings, url)
  if (!feed) return
  const answer = (await probe.send({ url: feed, site: site.url })).page
  const held = new Map(openings.map(({ id, author, text }) => [id, { author: author?.name ?? null, text }]))
  const samples = answer.samples?.filter(({ id }) => held.has(id)) ?? []
  if (samples.length > 0) report.selfTest = selfTest(feed, samples, held)
}

const noPostsReason = (page: Page): string =>
  page.wall?.seen ??
  (page.loader ? 'the page has only a loader' : page.provenEmpty ? 'the group is empty' : 'no stream in the page')

/** Only REST says what a member may see before it is read: a private group may be the member's own. */
const membersOnlyLines = ({ groups, reader }: DoctorReport): string[] =>
  groups
    .filter(
      ({ access, status }) => access === 'members' || (access === null && status === 'private' && reader === 'visitor'),
    )
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
    3 + (route === 'rest' ? 1 : report.groups.length) + (rest > MAX_GROUPS ? pages * share : pages + rest),
  )
  const pace = Math.max((sleepSeconds[0] + sleepSeconds[1]) / 2, report.robots?.crawlDelaySeconds ?? 0)
  const threads = counted.reduce((sum, group) => sum + (group.threads ?? 0), 0)
  const groups = counted.length === 1 ? 'one group' : `${counted.length} groups`
  const basis = `${threads} threads in ${groups}, ${size} a request; deleted members and broken threads need some more`
  return { requests, seconds: Math.ceil(requests * (pace + 0.5)), basis }
}
