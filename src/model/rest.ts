import { type Address, addressOf } from './urls.js'
/* URLs of the WordPress REST API: with pretty permalinks `…/wp-json/PATH`, without them `…/?rest_route=/PATH`. */

/** Path and parameters of a REST request. */
export interface RestCall {
  /** `buddypress/v1/activity/12`; empty for the index. */
  path: string
  query: Address['searchParams']
}

export const NAMESPACES = ['buddypress/v2', 'buddypress/v1', 'buddyboss/v1'] as const

export function restUrl(root: string, path: string, query: Readonly<Record<string, string>> = {}): string {
  const url = new URL(root)
  if (url.searchParams.has('rest_route')) url.searchParams.set('rest_route', `/${path}`)
  else url.pathname += path
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url.href
}

/** URL of the REST index. It requests the name, the namespaces and the time zone only: the whole index of a large site has about 250 kB. */
export const indexUrl = (root: string): string =>
  restUrl(root, '', { _fields: 'name,namespaces,gmt_offset,timezone_string' })

/** The time zone of the site alone, for a run that does not ask for its REST. */
export const zoneUrl = (root: string): string => restUrl(root, '', { _fields: 'namespaces,gmt_offset,timezone_string' })

/** The REST request with this URL; null: not one of ours. The folder need not be called `wp-json`, but the namespace must be known. */
export function restCallOf(url: string): RestCall | null {
  const { pathname, searchParams: query } = addressOf(url)
  const path =
    query.get('rest_route')?.replace(/^\//, '') ?? /\/((?:buddypress|buddyboss)\/v\d+\/.*)$/.exec(pathname)?.[1]
  if (path !== undefined) return { path: path.replace(/\/$/, ''), query }
  return query.get('_fields')?.includes('namespaces') ? { path: '', query } : null
}
