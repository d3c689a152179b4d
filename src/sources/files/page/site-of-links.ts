import { ancestors, isPermalink, segments } from '../../../model/addresses.js'
import { resolveUrl, withAmpersands, withSlash } from '../../../model/urls.js'

/** Most links that are looked at. Each post has several. */
const MOST_LINKS = 2000

/**
 * Base URL of the community that most links of some markup lead to: a permalink is three or four segments below it, whatever they are
 * called, and WordPress itself has names that no site changes. Null: there are no such links.
 */
export function siteOfLinks(markup: string): string | null {
  const sites: string[] = []
  let links = 0
  for (const [, href = ''] of markup.matchAll(/\b(?:href|action)\s*=\s*["']?(https?:\/\/[^\s"'<>#]+)/gi)) {
    const url = resolveUrl(withAmpersands(href), href)
    const site = url && (isPermalink(url) ? siteAbove(url) : WORDPRESS.exec(url)?.[1])
    if (site) sites.push(site)
    if (++links === MOST_LINKS) break
  }
  return mostOften(sites)
}

/** Addresses that WordPress has below its base; scripts and pictures may be elsewhere. */
const WORDPRESS = /^(https?:\/\/[^?]*?\/)(?:wp-json|wp-login\.php|wp-admin|xmlrpc\.php)\b/

function mostOften(sites: readonly string[]): string | null {
  const counts = new Map<string, number>()
  for (const site of sites) counts.set(site, (counts.get(site) ?? 0) + 1)
  const [most] = [...counts].sort(([, a], [, b]) => b - a)
  return most?.[0] ?? null
}

/** `/activity/p/43/` and `/members/ann/activity/43/` are below the site. */
export function siteAbove(permalink: string): string {
  const url = new URL(permalink)
  const folders = url.searchParams.size > 0 ? 0 : segments(permalink).at(-2)?.toLowerCase() === 'p' ? 3 : 4
  return ancestors(url.origin + url.pathname).at(-1 - folders) ?? withSlash(url.origin)
}
