import { ancestors, isPermalink, segments } from '../../../model/addresses.js'
import { resolveUrl, withAmpersands, withSlash } from '../../../model/urls.js'

/** Most links that are looked at. Each post has several. */
const MOST_LINKS = 2000

/**
 * Base URL of the community that most permalinks in some markup lead to: a permalink is three or four segments below it, whatever they
 * are called. Null: there are none.
 */
export function siteOfLinks(markup: string): string | null {
  const counts = new Map<string, number>()
  let links = 0
  for (const [, href = ''] of markup.matchAll(/\bhref\s*=\s*["']?(https?:\/\/[^\s"'<>#]+)/gi)) {
    const url = resolveUrl(withAmpersands(href), href)
    const site = url && isPermalink(url) ? siteAbove(url) : null
    if (site) counts.set(site, (counts.get(site) ?? 0) + 1)
    if (++links === MOST_LINKS) break
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a)
  return most?.[0] ?? null
}

/** `/activity/p/43/` and `/members/ann/activity/43/` are below the site. */
export function siteAbove(permalink: string): string {
  const url = new URL(permalink)
  const folders = url.searchParams.size > 0 ? 0 : segments(permalink).at(-2)?.toLowerCase() === 'p' ? 3 : 4
  return ancestors(url.origin + url.pathname).at(-1 - folders) ?? withSlash(url.origin)
}
