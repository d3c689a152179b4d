import { resolveUrl as resolve, segments } from '../../model/urls.js'

/**
 * Addresses that posts repeat: a page names its members some hundred times, and to read the same addresses again took a
 * fifth of the time. Forgotten as a whole when there are many, and long ones never kept, so that memory stays flat.
 */
const MAX_ENTRIES = 5000
const MAX_LENGTH = 500

const resolved = new Map<string, string | null>()
const folders = new Map<string, string | null>()
const slugs = new Map<string, string | null>()

/** Absolute URL, or null where `href` is empty, no URL, or not http(s). */
export const resolveUrl = (href: string | undefined | null, base: string): string | null =>
  href && href.length < MAX_LENGTH
    ? cached(resolved, `${base} ${href}`, () => resolve(href, base))
    : resolve(href, base)

/** The last segment of a path: how a profile or a group is called in addresses. */
export const slugOf = (url: string): string | null => cached(slugs, url, () => segments(url).at(-1) ?? null)

/** What stands before it: `groups` for all groups of a site. */
export const folderOf = (url: string): string => cached(folders, url, () => segments(url).slice(0, -1).join('/')) ?? ''

function cached(known: Map<string, string | null>, key: string, find: () => string | null): string | null {
  const value = known.get(key)
  if (value !== undefined) return value
  if (known.size >= MAX_ENTRIES) known.clear()
  const found = find()
  known.set(key, found)
  return found
}
