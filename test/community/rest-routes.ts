import { type Answer, json } from './answer.js'
import type { DemoPost } from './community.js'
import type { PageRequest } from './page-routes.js'
import { activityObject, groupObject, memberObject, type RestObject } from './rest-objects.js'
import type { Site } from './site.js'
import { pageNumber } from './streams.js'

/** `/wp-json/`: the index, and the routes of `buddypress/v1` that reading a community needs. */

const MAX_PER_PAGE = 100

const failure = (status: number, code: string, message: string, more: RestObject = {}): Answer =>
  json({ code, message, data: { status, ...more } }, status)

const noRoute = (): Answer => failure(404, 'rest_no_route', 'No route was found matching the URL and request method.')

/** As plugins say it that take REST away from visitors. */
export const noRest = (): Answer => failure(401, 'rest_not_logged_in', 'You are not currently logged in.')

const closed = (message: string): Answer => failure(401, 'bp_rest_authorization_required', message)

export function answerRest(site: Site, request: PageRequest, membersOnly: boolean): Answer {
  const [, name, version, area, id] = request.path.split('/')
  if (name === undefined) return index(site)
  if (name !== 'buddypress' || version !== 'v1') return noRoute()
  if (membersOnly) return closed('Sorry, you are not allowed to perform this action.')
  if (area === 'activity') return id === undefined ? activities(site, request) : activity(site, request, Number(id))
  if (area === 'groups') return id === undefined ? groups(site, request) : group(site, request, Number(id))
  if (area !== 'members') return noRoute()
  return id === undefined ? members(site, request) : member(site, Number(id))
}

function index(site: Site): Answer {
  const home = site.url.replace(/\/$/, '')
  const routes = ['activity', 'activity/(?P<id>[\\d]+)', 'groups', 'groups/(?P<id>[\\d]+)', 'members/(?P<id>[\\d]+)']
  return json({
    name: site.community.name,
    description: '',
    url: home,
    home,
    gmt_offset: 0,
    timezone_string: 'UTC',
    namespaces: ['oembed/1.0', 'buddypress/v1', 'wp/v2'],
    authentication: {},
    routes: Object.fromEntries(routes.map(route => [`/buddypress/v1/${route}`, { namespace: 'buddypress/v1' }])),
  })
}

function fieldsOnly(query: URLSearchParams, object: RestObject): RestObject {
  const names = query
    .get('_fields')
    ?.split(',')
    .map(name => name.trim().split('.')[0])
  return names ? Object.fromEntries(Object.entries(object).filter(([name]) => names.includes(name))) : object
}

/** No total is named where it is 0, nor where single ids were asked for. */
function listed<Row>(query: URLSearchParams, rows: readonly Row[], object: (row: Row) => RestObject): Answer {
  const perPage = Number(query.get('per_page') ?? 10)
  if (!(perPage >= 1 && perPage <= MAX_PER_PAGE)) return outOfBounds()
  const from = (pageNumber(query.get('page')) - 1) * perPage
  const totals = { 'X-WP-Total': String(rows.length), 'X-WP-TotalPages': String(Math.ceil(rows.length / perPage)) }
  const counted = rows.length > 0 && !query.has('include')
  const objects = rows.slice(from, from + perPage).map(row => fieldsOnly(query, object(row)))
  return json(objects, 200, counted ? totals : {})
}

function outOfBounds(): Answer {
  const params = { per_page: `per_page must be between 1 (inclusive) and ${MAX_PER_PAGE} (inclusive)` }
  return failure(400, 'rest_invalid_param', 'Invalid parameter(s): per_page', { params })
}

function activities(site: Site, request: PageRequest): Answer {
  const { query } = request
  const threaded = query.get('display_comments') === 'threaded'
  const rows = activityRows(site, query)
  const ordered = query.get('order') === 'asc' ? rows.toReversed() : rows
  return listed(query, ordered, post => activityObject(site, post, threaded ? 'threaded' : 'none'))
}

/** With `stream`, replies are rows of their own; but a `group_id` never finds them, for they belong to no group. */
function activityRows(site: Site, query: URLSearchParams): DemoPost[] {
  const stream = query.get('display_comments') === 'stream'
  const group = query.get('group_id')
  const include = query
    .getAll('include')
    .concat(query.getAll('include[]'))
    .flatMap(ids => ids.split(','))
  const wanted: ((post: DemoPost) => boolean)[] = [
    post => site.view.isPublic(post) && site.view.root(post) !== undefined,
    post => post.parentId === null || (stream && group === null) || include.length > 0,
    post => group === null || site.view.group(post.groupSlug)?.id === Number(group),
    post => include.length === 0 || include.includes(String(post.id)),
    post => !query.has('user_id') || post.memberId === Number(query.get('user_id')),
    post => !query.has('type') || post.type === query.get('type'),
    post => !query.has('primary_id') || primaryId(site, post) === Number(query.get('primary_id')),
  ]
  return allNewestFirst(site).filter(post => wanted.every(holds => holds(post)))
}

const allNewestFirst = (site: Site): DemoPost[] =>
  site.community.posts.toSorted((a, b) => b.date.localeCompare(a.date) || b.id - a.id)

const primaryId = (site: Site, post: DemoPost): number | undefined =>
  post.parentId === null ? site.view.group(post.groupSlug)?.id : site.view.root(post)?.id

function activity(site: Site, request: PageRequest, id: number): Answer {
  const post = site.view.post(id)
  if (!post || !site.view.root(post)) return failure(404, 'bp_rest_invalid_id', 'Invalid activity ID.')
  if (!site.view.isPublic(post)) return closed('Sorry, you cannot view the activities.')
  const comments = request.query.get('display_comments') === 'threaded' ? 'threaded' : 'counted'
  return json([fieldsOnly(request.query, activityObject(site, post, comments))])
}

const wantsExtras = (query: URLSearchParams): boolean => /^(1|true)$/.test(query.get('populate_extras') ?? '')

function groups(site: Site, { query }: PageRequest): Answer {
  const shown = site.community.groups.filter(one => one.status !== 'hidden')
  return listed(query, shown, one => groupObject(site, one, wantsExtras(query)))
}

function group(site: Site, { query }: PageRequest, id: number): Answer {
  const found = site.community.groups.find(one => one.id === id)
  if (!found) return failure(404, 'bp_rest_group_invalid_id', 'Invalid group ID.')
  if (found.status === 'hidden') return closed('Sorry, you cannot view the group.')
  return json([groupObject(site, found, wantsExtras(query))])
}

function members(site: Site, { query }: PageRequest): Answer {
  const ids = query.get('include')?.split(',').map(Number)
  const shown = site.community.members.filter(one => !ids || ids.includes(one.id))
  return listed(query, shown, one => memberObject(site, one))
}

function member(site: Site, id: number): Answer {
  const found = site.view.member(id)
  if (!found) return failure(404, 'bp_rest_member_invalid_id', 'Invalid member ID.')
  return json(memberObject(site, found))
}
