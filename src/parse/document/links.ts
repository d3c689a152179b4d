import { bareUrl, segments } from '../../model/addresses.js'
import { remembered } from '../../model/remembered.js'
import { normalUrl, resolveUrl as resolve } from '../../model/urls.js'

/** Resolving the same URLs of a page again took a fifth of the time. */
const MOST_URLS = 5000
const MOST_PAGES = 4

const resolverOf = remembered(
  (base: string) => remembered((href: string) => resolve(href, base), MOST_URLS),
  MOST_PAGES,
)

/** The absolute URL, or null if `href` is empty, not a URL, or not http(s). */
export function resolveUrl(href: string | undefined | null, base: string): string | null {
  if (!href) return null
  const normal = normalUrl(href, base)
  if (normal !== null) return normal
  if (base !== last.base) last = { base, resolved: resolverOf(base) }
  return last.resolved(href)
}

/** Nearly all links are resolved against the same base as the one before. */
let last = { base: '', resolved: resolverOf('') }

/** The last segment of the path, which is the slug of a profile or group. */
export const slugOf = remembered((url: string): string | null => segments(url).at(-1) ?? null, MOST_URLS)

/** The path before the last segment: `groups` for all groups of a site. */
export const folderOf = remembered((url: string): string => segments(url).slice(0, -1).join('/'), MOST_URLS)

const hostOf = remembered((url: string): string => new URL(url).host.replace(/^www\./, ''), MOST_URLS)

/** True if two URLs have the same host, except for `www.`. */
export const sameHost = (a: string, b: string): boolean => hostOf(a) === hostOf(b)

/** The URL without query and fragment. */
export const plainUrl = remembered(bareUrl, MOST_URLS)
