import type { Element } from 'domhandler'
import { addressKey, ancestors, bareUrl, isSameSlug, segments } from '../../model/addresses.js'
import type { Group } from '../../model/discussion.js'
import { remembered } from '../../model/remembered.js'
import { resolveUrl } from '../../model/urls.js'
import { classes, elementsBelow, every, first, lineOf, matches } from './dom.js'
import { find, type Survey } from './survey.js'

/** The group of a group's page, read outside of the items; null on other pages. */
export function readPageGroup(page: Survey, url: string): Group | null {
  const body = classes(find(page, 'body'))
  const header = find(page, '#item-header')
  if (!body.includes('single-item') || !body.includes('groups')) return null
  const address = addressOf(page, body, url)
  if (!address) return null
  return {
    ...address,
    id: header?.attribs['data-bp-item-id'] ?? avatarId(page),
    name: nameOf(page, address.url),
    status: statusOf(page),
    description: lineOf(find(page, '.group-description') ?? find(page, '#item-meta p')) || null,
  }
}

/**
 * Slug and URL. The body class contains the slug; a link on the page contains the folder, which a site may rename. The address of
 * the group is above most of the links of its page, so that a group may have the slug of a tab or of the directory.
 */
function addressOf(page: Survey, body: readonly string[], url: string): { slug: string; url: string } | null {
  const links = every(page.outside, 'link[rel="canonical"], #object-nav a, li.feed a, #header-cover-image')
    .map(element => resolveUrl(element.attribs['href'], url))
    .filter(link => link !== null)
    .slice(0, MOST_LINKS)
  const homes = homesAbove([...links, url])
  for (const slug of slugsIn(body)) {
    const home = homeWith(slug, homes)
    if (home) return { slug: segments(home).at(-1) ?? slug, url: home }
  }
  return addressByNav(page, url)
}

/** More links than the tabs of a group, and than are needed to find its address. */
const MOST_LINKS = 200

/** The class `group-SLUG` comes before the class of the tab, which has the same form: `group-home`. */
const slugsIn = (body: readonly string[]): string[] =>
  body.flatMap(name => /^group-(.+)$/.exec(name)?.[1] ?? []).slice(0, MOST_SLUGS)

/** WordPress prints two or three of them. */
const MOST_SLUGS = 10

/** An address above some of the links. */
interface Home {
  url: string
  slug: string
  /** True if more than half of the links are below it. */
  isAboveMost: boolean
  links: number
}

/** The addresses above the links, by their keys. Two spellings of an address count as one. */
function homesAbove(links: readonly string[]): Home[] {
  const counts = new Map<string, number>()
  const spellings = new Map<string, string>()
  for (const link of links) {
    for (const [key, url] of keysAbove(link)) {
      counts.set(key, (counts.get(key) ?? 0) + 1)
      spellings.set(url, key)
    }
  }
  return [...spellings].map(([url, key]) => {
    const count = counts.get(key) ?? 0
    return { url, slug: segments(url).at(-1) ?? '', links: count, isAboveMost: count > links.length / 2 }
  })
}

/** The pages of a group have the same tabs. */
const keysAbove = remembered(
  (link: string): ReadonlyMap<string, string> => new Map(ancestors(link).map(url => [addressKey(url), url])),
  500,
)

/** The address with this slug that most of the links are below; of several, the longest. Null: there is none. */
function homeWith(slug: string, homes: readonly Home[]): string | null {
  const [best] = homes
    .filter(home => home.isAboveMost && isSameSlug(home.slug, slug))
    .sort((a, b) => b.links - a.links || b.url.length - a.url.length)
  return best?.url ?? null
}

/** For BuddyPress 1.x, which has no such class: the first tab links to the home of the group, or to a page below it. */
function addressByNav(page: Survey, url: string): { slug: string; url: string } | null {
  const item = find(page, '#object-nav li[id$="-groups-li"]')
  const link = resolveUrl(find(page, '#object-nav li[id$="-groups-li"] a')?.attribs['href'], url)
  if (!item || !link) return null
  const tab = item.attribs['id']?.replace(/-groups-li$/, '') ?? ''
  const isTab = isSameSlug(tab, segments(link).at(-1) ?? '')
  const home = ancestors(link).at(isTab ? -2 : -1) ?? bareUrl(link)
  return { slug: segments(home).at(-1) ?? '', url: home }
}

const avatarId = (page: Survey): string | null =>
  every(page.outside, '#item-header img.avatar')
    .flatMap(classes)
    .map(name => /^group-(\d+)-avatar$/.exec(name)?.[1])
    .find(Boolean) ?? null

/** What BuddyPress prints around a group. A page without it is empty, and its heading is the one of the directory. */
const FRAME = '#buddypress, #item-header, #object-nav'
const HEADING = '#item-header h1 a, #item-header h2 a, h1.entry-title, h2.bb-bp-group-title'

/** The name in the header, else in the title of the document. The items give the name too, more reliably. */
function nameOf(page: Survey, url: string): string | null {
  const heading = lineOf(find(page, FRAME) && find(page, HEADING))
  if (heading) return heading
  const parts = lineOf(find(page, 'title')).split(/(?:^|\s+)[–—|-]\s+/)
  return parts.length > 2 ? (parts[1] ?? null) : (segments(url).at(-1) ?? null)
}

/** The status is recognised in English only; for other languages the notice and the directory give it. */
function statusOf(page: Survey): Group['status'] {
  const text = lineOf(
    find(page, '.group-status .group-visibility') ??
      find(page, '.group-visibility') ??
      find(page, '.group-status') ??
      find(page, '#item-meta .highlight') ??
      find(page, '.highlight'),
  )
  const match = /^(public|private|hidden)( group|$)/i.exec(text)
  return (match?.[1]?.toLowerCase() as Group['status']) ?? null
}

/** The rows of a groups directory: server-rendered (Legacy) or in an AJAX response (Nouveau). */
export function readDirectory(page: Survey, url: string): Group[] {
  // The groups widget of a side bar has the same id. AJAX responses have no element around the list.
  const rows = find(page, 'body') ? ':is(#groups-dir-list, .mygroups) #groups-list > li' : '#groups-list > li'
  return every(page.outside, rows).flatMap(row => groupInRow(row, url))
}

function groupInRow(row: Element, base: string): Group[] {
  const own = elementsBelow(row, element => !matches(element, '.group-desc, .item-desc'))
  const link = first(own, '.groups-title a, .list-title a, .item-title a')
  const url = resolveUrl(link?.attribs['href'], base)
  const slug = url && segments(url).at(-1)
  if (!url || !slug) return []
  const status = classes(row)
    .map(name => /^(?:bp-group-status-)?(public|private|hidden)$/.exec(name)?.[1])
    .find(Boolean)
  return [
    {
      id: row.attribs['data-bp-item-id'] ?? null,
      slug,
      name: lineOf(link) || null,
      url: bareUrl(url),
      status: (status as Group['status']) ?? null,
      description: lineOf(first(own, '.group-desc, .item-desc')) || null,
    },
  ]
}
