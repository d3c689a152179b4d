import type { Element } from 'domhandler'
import { addressKey, ancestors, bareUrl, segments } from '../model/addresses.js'
import { type Capture, isSavedPage } from '../model/capture.js'
import type { Member } from '../model/discussion.js'
import type { About, Page, Wall } from '../model/page.js'
import { addressOf, resolveUrl } from '../model/urls.js'
import { classes, every, lineOf, parseMarkup } from './document/dom.js'
import { packOf } from './document/engine.js'
import { readDirectory, readPageGroup } from './document/groups.js'
import { countedRows, hasNextPage } from './document/pager.js'
import { readDirectories, readDirectoryUrl, readOwnList } from './document/places.js'
import { siteUrlBy } from './document/site.js'
import { readStream, type Stream } from './document/stream.js'
import { find, type Survey, survey } from './document/survey.js'
import { isCommunity, NOT_BUDDYPRESS, wallByContent, wallByStatus } from './document/walls.js'
import { readForums } from './forum/forum-links.js'
import { isForumPage, readForumPage } from './forum/forum-page.js'
import { readItems } from './items/items.js'
import { addProfiles } from './items/profiles-around.js'
import { blankPage, NO_ITEMS, renderTimeOf } from './page.js'
import type { Parser } from './parser.js'
import { withDoubts } from './saved/doubts.js'
import { sourceOf } from './saved/source.js'

/** Whole pages as a browser gets them: any template pack, and any theme whose items have ids that end in `activity-N`. */
export const buddypressPage: Parser = {
  name: 'buddypress-page',
  accepts: capture => !capture.request.form,
  parse: readPage,
}

function readPage(capture: Capture): Page {
  const page = blankPage(bareUrl(capture.url))
  page.wall = wallByStatus(capture)
  if (page.wall) return withSite(page, capture)
  const { source, isTranslated, remark } = sourceOf(capture)
  const surveyed = survey(parseMarkup(source))
  readFrame(page, surveyed)
  const pack = packOf(surveyed)
  if (pack) page.pack = pack
  page.apiUrl ??= apiInHeader(capture)
  page.directoryUrl = readDirectoryUrl(surveyed, page)
  page.directories = readDirectories(surveyed, page)
  const mine = readOwnList(surveyed, page.url)
  if (mine) page.mine = mine
  Object.assign(page, readForums(surveyed, page))
  if (isForumPage(surveyed)) return readForumPage(page, surveyed, capture)
  const stream = readStream(surveyed, Number(addressOf(capture.url).searchParams.get('acpage') ?? 1))
  const items = readItems(stream.loader ? [] : surveyed.items, {
    source: surveyed.markup.source,
    url: page.url,
    siteUrl: page.site.url,
    renderTime: renderTimeOf(capture),
    isSaved: isSavedPage(capture),
    selves: isSavedPage(capture) && !page.member ? [page.url, bareUrl(capture.request.url)] : [],
    group: page.group,
    isThread: page.about.kind === 'thread' && surveyed.items.length === 1,
  })
  if (items.unreadDates) items.unreadDates.language = find(surveyed, 'html')?.attribs['lang']
  addProfiles(items.posts, surveyed.outside, page.url)
  Object.assign(page, items, { loader: stream.loader, provenEmpty: stream.provenEmpty })
  page.groups = readDirectory(surveyed, page.url)
  page.more = page.about.kind === 'directory' ? hasNextPage(surveyed) : stream.more
  const counted = page.about.kind === 'directory' ? countedRows(surveyed) : null
  if (counted) page.total = counted.total
  const isCutOff = stream.cutOff && isSavedPage(capture)
  page.wall = wallOf(page, surveyed, isCutOff && page.posts.length > 0 ? { ...stream, cutOff: false } : stream)
  if (!page.wall && isStreamWithoutSign(page, surveyed)) page.loader = 'activity'
  return page.wall ? { ...page, ...NO_ITEMS } : withDoubts(page, { isCutOff, isTranslated, remark })
}

/** WordPress names its REST API in the headers before the page itself breaks. */
function withSite(page: Page, capture: Capture): Page {
  const apiUrl = apiInHeader(capture)
  return { ...page, apiUrl, site: { url: siteUrlBy(apiUrl, null, page.url), name: null } }
}

function readFrame(page: Page, surveyed: Survey): void {
  page.signedIn = find(surveyed, 'body.logged-in, a[href*="action=logout"]') !== undefined
  page.apiUrl = readApiUrl(surveyed, page.url)
  page.ajaxUrl = readAjaxUrl(surveyed, page.url)
  page.site = readSite(surveyed, page)
  page.group = readPageGroup(surveyed, page.url)
  page.about = readAbout(surveyed, page)
  page.member = page.about.kind === 'member' ? readPageMember(surveyed, page.url) : null
  page.streamUrl = readStreamUrl(surveyed, page)
}

/** WordPress prints the URL of its REST API on every page; the part before `wp-json/` (or `?rest_route=`) is the URL of the site. */
function readSite(page: Survey, { url, apiUrl, ajaxUrl }: Page): Page['site'] {
  const title = lineOf(find(page, 'title')).split(/\s+[–—|\u2013-]\s+/)
  return {
    url: siteUrlBy(apiUrl, ajaxUrl, url),
    name: lineOf(find(page, '.site-title, #logo')) || title.at(-1) || null,
  }
}

const readApiUrl = (page: Survey, url: string): string | null =>
  resolveUrl(find(page, 'link[rel="https://api.w.org/"]')?.attribs['href'], url)

/** `Link: <https://example.org/wp-json/>; rel="https://api.w.org/"`: themes and plugins may remove the link from the page. */
const apiInHeader = ({ headers, url }: Capture): string | null =>
  resolveUrl(/<([^>]+)>\s*;\s*rel="https:\/\/api\.w\.org\/"/.exec(headers['link'] ?? '')?.[1], url)

/** `ajaxurl` as BuddyPress prints it: `BP_Nouveau.ajaxurl` (Nouveau) or `var ajaxurl` (Legacy). */
function readAjaxUrl(page: Survey, url: string): string | null {
  for (const text of every(page.outside, 'script').map(inlineScript)) {
    const match = /\bajaxurl["']?\s*[:=]\s*["']([^"']+)["']/.exec(text)
    if (match) return resolveUrl(match[1]?.replaceAll('\\/', '/'), url)
  }
  return null
}

/** The text of an inline script, which optimisers may have put into its address. */
function inlineScript({ children: [first], attribs }: Element): string {
  const code = /^data:\w+\/javascript[^,]*;base64,(.*)/i.exec(attribs['src'] ?? '')?.[1]
  return code ? Buffer.from(code, 'base64').toString('utf8') : first && 'data' in first ? first.data : ''
}

function readAbout(surveyed: Survey, page: Page): About {
  const body = classes(find(surveyed, 'body'))
  const single = find(surveyed, '[data-bp-single]')?.attribs['data-bp-single']?.trim()
  if (single) return { kind: 'thread', id: single }
  if (body.includes('activity-permalink'))
    return { kind: 'thread', id: segments(page.url).findLast(part => /^\d+$/.test(part)) ?? soleItem(surveyed) }
  if (page.group) return { kind: 'group' }
  if (body.includes('bp-user')) return { kind: 'member' }
  if (body.includes('directory') && body.includes('groups')) return { kind: 'directory' }
  return body.includes('directory') && body.includes('activity') ? { kind: 'stream' } : { kind: 'other' }
}

/** A saved page may not say its address; its only item is the thread. */
const soleItem = ({ items: [item] }: Survey): string => /(?<!\d)\d+$/.exec(item?.attribs['id'] ?? '')?.[0] ?? ''

function readPageMember(page: Survey, url: string): Member | null {
  const home = resolveUrl(find(page, '#user-activity, [id$=activity-personal-li] a')?.attribs['href'], url)
  if (!home) return null
  const profile = ancestors(home).at(-2) ?? home
  const id = every(page.outside, '#item-header img.avatar')
    .flatMap(classes)
    .map(name => /^user-(\d+)-avatar$/.exec(name)?.[1])
    .find(Boolean)
  return { id: id ?? null, slug: segments(profile).at(-1) ?? null, name: null, url: profile, avatarUrl: null }
}

/** The page that holds the stream: the activity tab of a group or member, or the home of a group without this tab. */
function readStreamUrl(surveyed: Survey, page: Page): string | null {
  const tab = page.group ? '[id$=activity-groups-li] a' : '#user-activity, [id$=activity-personal-li] a'
  const link = resolveUrl(find(surveyed, tab)?.attribs['href'], page.url)
  return link ?? (page.group && groupHome(surveyed, page.url, page.group.url))
}

/** The home of a group is its address, unless another tab was made the first one there (BP_GROUPS_DEFAULT_EXTENSION). */
function groupHome(surveyed: Survey, url: string, address: string): string {
  const other = find(surveyed, '#object-nav li.current')
  const isMoved = other && other.attribs['id'] !== 'home-groups-li' && addressKey(url) === addressKey(address)
  return (isMoved && resolveUrl(find(surveyed, '#home-groups-li a')?.attribs['href'], url)) || address
}

/**
 * True if a theme prints neither a list nor a loader on the page of a group or member, whose script loads the stream all the same:
 * BuddyPress adds this script to pages with a stream only (bp-templates/bp-nouveau/includes/activity/functions.php).
 */
const isStreamWithoutSign = ({ group, member, posts, provenEmpty, loader }: Page, surveyed: Survey): boolean =>
  (group ?? member) !== null &&
  posts.length === 0 &&
  !provenEmpty &&
  loader === null &&
  find(surveyed, 'script[src*="/bp-nouveau/js/buddypress-activity"]') !== undefined

/** The wall of a page without content. A page without items is either proven empty, or a wall that says what the page shows. */
function wallOf(page: Page, surveyed: Survey, stream: Stream): Page['wall'] {
  if (stream.cutOff) return { kind: 'error', seen: 'a page that is cut off' }
  const hasContent = page.posts.length + page.groups.length > 0
  if (hasContent || stream.loader || stream.provenEmpty) return null
  const wall = wallByContent(surveyed)
  return leadsToStream(page, surveyed, wall) ? null : wall
}

/**
 * True if the page leads to a stream, so that it is a valid target: any tab of a group or member, and the front page of a
 * community, which often shows nothing of the community but a login form in the side bar.
 */
function leadsToStream(page: Page, surveyed: Survey, wall: Wall): boolean {
  if (wall.kind === 'unknown' && (page.group || page.member)) return true
  if (page.about.kind !== 'other' || page.url !== page.site.url) return false
  // Sites take the scripts of BuddyPress out of other pages, so that a front page of WordPress may show no sign of it.
  const mayBe = page.apiUrl !== null && wall.seen.startsWith(NOT_BUDDYPRESS)
  if (wall.kind === 'unknown') return page.directoryUrl !== null || isCommunity(surveyed) || mayBe
  return (wall.kind === 'login' || wall.kind === 'members-only') && page.directoryUrl !== null
}
