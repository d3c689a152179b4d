import { ancestors, isPlain } from '../../model/addresses.js'
import { directorySlugs, isDirectoryUrl } from '../../model/directories.js'
import type { Page } from '../../model/page.js'
import { addressOf } from '../../model/urls.js'
import { every } from './dom.js'
import { plainUrl, resolveUrl, sameHost } from './links.js'
import { find, type Survey } from './survey.js'

type Framed = Pick<Page, 'url' | 'site' | 'group'>

/**
 * The directory of groups, by what only its links have: its tab, a default name in any language, or the folder of a group. A site
 * may rename its slug, so the tab comes first. Null: the page does not link to it.
 */
export function readDirectoryUrl(page: Survey, { url, site, group }: Framed): string | null {
  const tab = resolveUrl(find(page, '#groups-all a')?.attribs['href'], url)
  if (tab) return plainUrl(tab)
  const named = linksOf(page, 'a[href]', url).find(link => isDirectoryUrl(link, site.url))
  const inside = group?.url ?? linksOf(page, 'a.bp-group-home-link, #groups-list .item-title a', url)[0]
  return named ?? (inside ? (ancestors(inside).at(-2) ?? null) : null)
}

/** The logged-in reader's own list of groups: the tab of the directory leads to `/members/ME/groups/my-groups/`. */
export function readOwnList(page: Survey, url: string): string | null {
  const tab = resolveUrl(find(page, '#groups-personal a')?.attribs['href'], url)
  return tab && sameHost(tab, url) ? (ancestors(tab).at(-2) ?? null) : null
}

/** Most links of menus that may be tried: each costs a request. */
const MOST = 12

const MENU =
  ':is(nav, header, #header, [role="navigation"], [class*="menu"], [id*="menu"], [class*="nav"], [id*="nav"]) a[href]'

/** Addresses where the directory may be, most likely first: its link, links of the menus, and the default addresses. */
export function readDirectories(
  page: Survey,
  { url, site, apiUrl, directoryUrl: linked }: Pick<Page, 'url' | 'site' | 'apiUrl' | 'directoryUrl'>,
): string[] {
  const menu = linksOf(page, MENU, url).filter(link => isPlaceOf(site.url, link))
  const language = find(page, 'html')?.attribs['lang'] ?? null
  const defaults = directorySlugs(language).map(
    slug => new URL(`${encodeURIComponent(slug).toLowerCase()}/`, site.url).href,
  )
  // With plain permalinks no path leads anywhere. Since BuddyPress 12, every site answers this address, whatever it calls its pages.
  const plain = new URL('?bp_groups=1', site.url).href
  const isFirst = apiUrl && addressOf(apiUrl).searchParams.has('rest_route')
  const likely = [...(linked ? [linked] : []), ...(isFirst ? [plain] : [])]
  return [...new Set([...likely, ...menu.slice(0, MOST), ...defaults, plain])]
}

function linksOf(page: Survey, selector: string, base: string): string[] {
  const links = every(page.outside, selector).map(anchor => resolveUrl(anchor.attribs['href'], base))
  return [...new Set(links.flatMap(link => (link && sameHost(link, base) ? [plainUrl(link)] : [])))]
}

/** True for a page one or two levels below the site that may be a directory: no file, no part of WordPress, no date. */
function isPlaceOf(site: string, link: string): boolean {
  if (isPlain(link)) return true
  const { pathname } = addressOf(link)
  const base = addressOf(site).pathname
  const rest = pathname.startsWith(base) ? pathname.slice(base.length) : ''
  return (
    /^[^/]+(\/[^/]+)?\/?$/.test(rest) &&
    !/^wp-|\.[a-z0-9]{2,5}$|^\d|(^|\/)(feed|category|tag|author|page)(\/|$)/i.test(rest)
  )
}
