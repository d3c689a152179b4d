import { resolveUrl as resolve, segments } from '../../model/urls.js'

/**
 * Caches of URLs: a page links to its members some hundred times, and resolving the same URLs again took a fifth of the time.
 * A full cache is cleared and long URLs are not cached, so that memory use stays bounded.
 */
const MAX_ENTRIES = 5000
const MAX_LENGTH = 500

const resolved = new Map<string, string | null>()
const folders = new Map<string, string | null>()
const slugs = new Map<string, string | null>()

/** The absolute URL, or null if `href` is empty, not a URL, or not http(s). */
export const resolveUrl = (href: string | undefined | null, base: string): string | null =>
  href && href.length < MAX_LENGTH
    ? cached(resolved, `${base} ${href}`, () => resolve(href, base))
    : resolve(href, base)

/** The last segment of the path, which is the slug of a profile or group. */
export const slugOf = (url: string): string | null => cached(slugs, url, () => segments(url).at(-1) ?? null)

/** The path before the last segment: `groups` for all groups of a site. */
export const folderOf = (url: string): string => cached(folders, url, () => segments(url).slice(0, -1).join('/')) ?? ''

function cached(known: Map<string, string | null>, key: string, find: () => string | null): string | null {
  const value = known.get(key)
  if (value !== undefined) return value
  if (known.size >= MAX_ENTRIES) known.clear()
  const found = find()
  known.set(key, found)
  return found
}
