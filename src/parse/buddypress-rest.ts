import { bareUrl, below } from '../model/addresses.js'
import type { Capture } from '../model/capture.js'
import type { Group, Member } from '../model/discussion.js'
import { takeJson } from '../model/markup/checked-json.js'
import { siteJson } from '../model/markup/storable-text.js'
import type { Page, Wall } from '../model/page.js'
import { type RestCall, restCallOf } from '../model/rest.js'
import { withAmpersands } from '../model/urls.js'
import { faultOfOverlong, isOverlong, remarkOnDepth } from './document/bounds.js'
import { textOfCapture } from './document/charset.js'
import { resolveUrl, slugOf } from './document/links.js'
import { siteUrlBy } from './document/site.js'
import { wallByStatus } from './document/walls.js'
import { blankPage } from './page.js'
import type { Parser } from './parser.js'
import { type Activity, activityOf, commentsOf } from './rest/activity.js'
import { boundedHtml } from './rest/body.js'
import { checked, ERROR, GROUP, INDEX, MEMBER, readable, ShapeError } from './rest/objects.js'
import { plainText } from './rest/people.js'
import { type RestContext, readReply, readTree } from './rest/posts.js'
import { activityTree, sortedParentsFirst } from './rest/tree.js'

/** Responses of `buddypress/v1`, `buddypress/v2` and `buddyboss/v1`, and of the REST index, which lists the APIs of the site. */
export const buddypressRest: Parser = {
  name: 'buddypress-rest',
  accepts: capture => !capture.request.form && restCallOf(capture.request.url) !== null,
  parse: readResponse,
}

function readResponse(capture: Capture): Page {
  const { request } = capture
  const page = blankPage(bareUrl(capture.url))
  page.site.url = request.site ?? siteUrlBy(capture.url, null, capture.url)
  const call = restCallOf(request.url) as RestCall
  const json = jsonOf(capture)
  page.wall = wallOf(capture, json)
  if (page.wall) return page
  try {
    return { ...page, ...readResource(call, json, capture, page) }
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error
    return { ...page, wall: { kind: 'unknown', seen: `JSON in which ${error.message}` } }
  }
}

/** An error object is a refusal and states its reason. A page instead of JSON is a login form, a challenge or a front page. */
function wallOf(capture: Capture, json: unknown): Wall | null {
  const refusal = ERROR.safeParse(json)
  if (capture.status >= 400 && capture.status < 500 && capture.status !== 429 && refusal.success) {
    const { code, message } = refusal.data
    // Without the plugin the route does not exist, which does not prove that a post is gone.
    const kind = capture.status === 404 && code !== 'rest_no_route' ? 'not-found' : 'refused'
    return { kind, seen: `HTTP ${capture.status}, ${code}${message ? ` ("${plainText(message)}")` : ''}` }
  }
  const wall = wallByStatus(capture)
  if (wall) return wall
  return json === undefined ? { kind: 'unknown', seen: 'something that is not JSON' } : null
}

function jsonOf(capture: Capture): unknown {
  try {
    // Some plugins print a byte order mark before the JSON.
    return takeJson(capture.body) ?? siteJson(textOfCapture(capture).trim())
  } catch {
    return undefined
  }
}

function readResource(call: RestCall, json: unknown, capture: Capture, page: Page): Partial<Page> {
  const [, , resource, id] = call.path.split('/')
  if (call.path === '') return readIndex(json, page)
  if (resource === 'groups') return { about: { kind: 'directory' }, ...readGroups(listOf(json), call, capture, page) }
  if (resource === 'members') return { members: listOf(json).flatMap(one => memberOf(one, page)) }
  const context: RestContext = {
    siteUrl: page.site.url,
    groupId: call.query.get('group_id'),
    isBuddyBoss: call.path.startsWith('buddyboss/'),
    isThreaded: call.query.get('display_comments') === 'threaded',
    deep: [],
  }
  const thread = id ?? call.query.get('primary_id')
  const list = listOf(json)
  const read = { ...readActivities(list, context, thread), ...paging(list, call, capture) }
  const listed = context.listed && { listed: context.listed }
  return { template: 'rest', about: thread ? { kind: 'thread', id: thread } : { kind: 'stream' }, ...read, ...listed }
}

/**
 * The objects of a response. A request for one object returns a list of one in v1, and the object itself in v2.
 * @throws ShapeError if there is neither a list nor an object.
 */
function listOf(json: unknown): unknown[] {
  if (Array.isArray(json)) return json
  if (json && typeof json === 'object') return 'id' in json ? [json] : Object.values(json)
  throw new ShapeError('there is neither a list nor an object')
}

function readIndex(json: unknown, page: Page): Partial<Page> {
  const { name, namespaces, gmt_offset: hours, timezone_string: zone } = checked(INDEX, json, '')
  const offset = hours === undefined ? null : Math.round(hours * 3600)
  return {
    site: { ...page.site, name: name ? plainText(name) : null },
    namespaces,
    ...((zone || offset !== null) && { zone: { name: zone || null, offset } }),
  }
}

type Activities = Pick<Page, 'posts' | 'threads' | 'warnings' | 'remarks'>
type Reading = Activities & { remarks: string[] }

function readActivities(rows: readonly unknown[], context: RestContext, thread: string | null): Activities {
  const read: Reading = { posts: [], threads: [], warnings: [], remarks: [] }
  if (rows.length > 0 && !rows.some(activityOf)) throw new ShapeError('no object is an activity with a valid id')
  for (const [at, row] of rows.entries()) readRow(row, `${at + 1} of ${rows.length}`, context, thread, read)
  for (const { id, url, when } of read.posts)
    if (when.from === null && when.to === null) read.remarks.push(`Post ${id} (${url}): the site gives no valid date.`)
  read.remarks.push(...context.deep.map(remarkOnDepth))
  // `primary_id` also selects by the id of a group, so posts of other threads are removed.
  const own = thread === null ? read.posts : sortedParentsFirst(read.posts.filter(post => post.threadId === thread))
  return { ...read, posts: own, threads: read.threads.filter(view => thread === null || view.id === thread) }
}

/** Adds what one object of a list holds: a thread, or a reply. An invalid one is left out; its replies are kept. */
function readRow(row: unknown, place: string, context: RestContext, thread: string | null, read: Reading): void {
  const activity = activityOf(row)
  if (!activity) {
    read.warnings.push(`Object ${place} has no valid id, and was left out.`)
    // The threads that they name are then requested by themselves.
    for (const reply of commentsOf(row).map(activityOf)) if (reply) addReply(reply, context, thread, read)
    return
  }
  const isReply = activity.type === 'activity_comment' && activity.component === 'activity'
  if (isReply) {
    addReply(activity, context, thread, read)
    return
  }
  const tree = activityTree(activity)
  warnOfLength(activity, read)
  for (const reply of tree.replies) warnOfLength(reply.activity, read)
  const { posts, threads } = readTree(tree, context)
  // A loop, because a spread has a length limit.
  for (const post of posts) read.posts.push(post)
  read.threads.push(...threads)
  for (let at = 0; at < tree.unread; at++)
    read.warnings.push(`A reply in thread ${activity.id} has no valid id, and was left out.`)
}

function warnOfLength(activity: Activity, { warnings, remarks }: Reading): void {
  const html = boundedHtml(activity)
  const { id, content } = activity
  if (isOverlong(html.length)) warnings.push(`Post ${id} is not read whole: ${faultOfOverlong(html.length)}.`)
  else if (isOverlong(content?.rendered.length ?? 0))
    remarks.push(
      `Post ${id} keeps its words without its markup, which is too much for a post; its capture holds all of it.`,
    )
}

function addReply(activity: Activity, context: RestContext, thread: string | null, read: Reading): void {
  warnOfLength(activity, read)
  const reply = readReply(activity, context)
  if (reply.threadId === '0') {
    read.warnings.push(`Reply ${reply.id} names no thread, and was left out.`)
    return
  }
  read.posts.push(reply)
  // In the list of a member, a reply is the only sign of its thread; in a list of replies, the thread is already known.
  if (thread === null) read.threads.push({ id: reply.threadId, shown: 1, whole: false, claimed: null })
}

/**
 * Whether the list continues. The headers with the totals are absent if the total is 0 and behind some caches: then only an empty
 * page ends the list. It also ends a list whose last page is full: caches and plugins send a total that is a page too small. An empty
 * first page proves nothing.
 */
function paging(
  rows: readonly unknown[],
  call: RestCall,
  capture: Capture,
): Pick<Page, 'more' | 'provenEmpty' | 'total'> {
  const counted = Number(capture.headers['x-wp-total'] || Number.NaN)
  const page = Number(call.query.get('page') ?? 1)
  const isFull = rows.length >= Number(call.query.get('per_page') ?? Number.POSITIVE_INFINITY)
  // A total that one page exceeds is of another request, as a cache sends it.
  const isOfThis = !(rows.length > counted)
  const total = isOfThis ? counted : Number.NaN
  const pages = isOfThis ? Number(capture.headers['x-wp-totalpages'] || Number.NaN) : Number.NaN
  return {
    more: rows.length > 0 && (page < pages || (call.query.has('page') && (Number.isNaN(pages) || isFull))),
    // An empty page before the end that the site itself counts proves nothing.
    provenEmpty: rows.length === 0 && page > 1 && !(pages >= page),
    ...(Number.isNaN(total) ? {} : { total }),
  }
}

function readGroups(rows: readonly unknown[], call: RestCall, capture: Capture, page: Page): Partial<Page> {
  const groups = rows.flatMap(row => groupOf(row, page))
  const left = rows.length - groups.length
  const warnings = Array.from({ length: left }, () => 'A group has no valid id or name in URLs, and was left out.')
  const forums = rows.flatMap(row => forumOf(row, page))
  return { groups, warnings, ...(forums.length > 0 && { forums }), ...paging(rows, call, capture) }
}

/** The forum of a group has the same slug in every language (bbPress, includes/extend/buddypress/groups.php). */
function forumOf(row: unknown, page: Page): string[] {
  const group = readable(GROUP, row)
  const url = group?.enable_forum ? resolveUrl(withAmpersands(group.link), page.url) : null
  return url ? [below(url, 'forum')] : []
}

function groupOf(row: unknown, page: Page): Group[] {
  const group = readable(GROUP, row)
  if (!group) return []
  const { id, slug, name, link, status, description } = group
  const url = resolveUrl(withAmpersands(link), page.url) ?? new URL(`groups/${slug}/`, page.site.url).href
  const text = plainText(description?.rendered ?? '')
  // A slug with non-Latin letters is percent-encoded in this field but in no other place, so the slug is taken from the URL.
  return [
    {
      id,
      slug: slugOf(url) ?? slug,
      name: plainText(name) || null,
      url: bareUrl(url),
      status,
      description: text || null,
    },
  ]
}

/** A member whose object is invalid stays without a name. */
function memberOf(row: unknown, page: Page): Member[] {
  const member = readable(MEMBER, row)
  if (!member) return []
  const url = resolveUrl(withAmpersands(member.link), page.url)
  const avatarUrl = resolveUrl(plainText(member.avatar_urls?.thumb ?? ''), page.url)
  const { id, name } = member
  return [{ id, slug: url && slugOf(url), name: plainText(name) || null, url: url && bareUrl(url), avatarUrl }]
}
