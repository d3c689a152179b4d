import type { FetchRequest } from '../../../model/capture.js'
import { restCallOf } from '../../../model/rest.js'
import { withSlash } from '../../../model/urls.js'
import { siteAbove, siteOfLinks } from './site-of-links.js'

/** The request that something was probably the answer to, and the address after redirects, if it is another; or why it can't be read, as a sentence. */
export type GuessedRequest = { request: FetchRequest; url?: string } | { why: string }

/** True for JSON that a community answers: a loader of pages (AJAX), or the REST API. */
export const isAnswer = (head: string): boolean =>
  /^\s*[{[]/.test(head) &&
  (/"(?:contents|comments)"\s*:\s*"/.test(head) ||
    /^\s*\{\s*"success"\s*:/.test(head) ||
    /"primary_item_id"\s*:/.test(head) ||
    /(?:buddypress|buddyboss)\\?\/v\d/.test(head))

/** The request for the JSON in a file. `site`: what the user says; `named`: the address that the file names. */
export function askedFor(text: string, site: string | null, named: string | null): GuessedRequest {
  const json = parsed(text)
  if (json === undefined)
    return { why: 'It begins like JSON, but is not valid: it may be cut off. Save the response again.' }
  if (named !== null && restCallOf(named)) return { request: { url: named } }
  return isObject(json) && ('contents' in json || 'success' in json)
    ? askedByLoader(json, site)
    : askedOfApi(json, site)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

type Json = Record<string, unknown>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

export const NO_ADDRESS = 'It does not say which site it comes from. Give the address of the community: --site URL.'

/** The loader takes the page from the Referer. An answer of Nouveau names the feed of that page; else the site stands for it. */
function askedByLoader(json: Json, given: string | null): GuessedRequest {
  const data = isObject(json['data']) ? json['data'] : json
  const contents = typeof data['contents'] === 'string' ? data['contents'] : ''
  const isRefusal = json['success'] === false
  const action = /\bactivity-\d/.test(contents)
    ? 'activity_filter'
    : /\bgroups-list\b/.test(contents)
      ? 'groups_filter'
      : null
  if (action === null && !isRefusal)
    return { why: 'It holds a part of a page, without the posts that it belongs to. Save the page itself.' }
  const site = given ?? siteOfLinks(contents)
  if (site === null) return { why: NO_ADDRESS }
  const base = withSlash(site)
  const url = new URL('wp-admin/admin-ajax.php', base).href
  const feed = typeof data['feed_url'] === 'string' ? /^(https?:.*\/)feed\/?$/.exec(data['feed_url'])?.[1] : undefined
  const referer = feed && URL.canParse(feed) ? feed : base
  return { request: { url, form: { action: action ?? 'activity_filter' }, referer, site: base } }
}

function askedOfApi(json: unknown, given: string | null): GuessedRequest {
  const rows = (Array.isArray(json) ? json : [json]).filter(isObject)
  const address = rows.map(row => linkOf(row, Array.isArray(json) ? 'collection' : 'self')).find(Boolean) ?? null
  const url = address ?? withoutLinks(rows, given)
  if (url === null)
    return { why: rows.some(isActivity) ? NO_ADDRESS : 'It is JSON of something else than posts or groups.' }
  const asked = new URL(url)
  // Only a request for whole trees has replies inside of their posts.
  if (rows.some(({ comments }) => Array.isArray(comments) && comments.length > 0))
    asked.searchParams.set('display_comments', 'threaded')
  return { request: { url: asked.href } }
}

/** The address that an object names in `_links`: of itself, or of the list that it is in. */
function linkOf({ _links }: Json, name: string): string | null {
  const links = isObject(_links) ? _links[name] : undefined
  const [first] = Array.isArray(links) ? links : []
  const href = isObject(first) ? first['href'] : undefined
  return typeof href === 'string' && /^https?:/.test(href) && URL.canParse(href) ? href : null
}

const isActivity = (row: Json): boolean => 'primary_item_id' in row && 'component' in row

/** A response that was asked for some fields only has no `_links`. */
function withoutLinks(rows: readonly Json[], given: string | null): string | null {
  const activity = rows.find(isActivity)
  if (!activity) return null
  const { link } = activity
  const site = given ?? (typeof link === 'string' && URL.canParse(link) ? siteAbove(link) : null)
  return site && new URL('wp-json/buddypress/v1/activity', withSlash(site)).href
}
