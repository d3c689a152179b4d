import { addressKey, isWithin, segments } from '../../model/addresses.js'
import { isForumUrl } from '../../model/forum/posts.js'
import type { Page } from '../../model/page.js'
import { addressOf, resolveUrl, sameHost } from '../../model/urls.js'
import { every } from '../document/dom.js'
import { plainUrl } from '../document/links.js'
import type { Survey } from '../document/survey.js'

type Framed = Pick<Page, 'url' | 'site' | 'group' | 'about'>

/** The forum of the group, by the link in the menu of the group. */
function forumOfGroup(page: Survey, { url, group }: Framed): string[] {
  if (!group) return []
  const tabs = every(page.outside, '#object-nav a[href], #item-nav a[href], #nav-forum-groups-li a[href]')
  const links = tabs.flatMap(({ attribs }) => resolveUrl(attribs['href'], url) ?? []).map(plainUrl)
  const depth = segments(group.url).length + 1
  return links.filter(link => isWithin(link, group.url) && segments(link).length === depth && isForumUrl(link))
}

/** The forums of the site, by a link on the page. */
function forumsOfSite(page: Survey, { url, site }: Framed): string[] {
  const links = every(page.outside, 'a[href]').flatMap(({ attribs }) => resolveUrl(attribs['href'], url) ?? [])
  const depth = segments(site.url).length + 1
  return links
    .filter(link => sameHost(link, url) && isWithin(link, site.url) && addressOf(link).search === '')
    .filter(link => segments(link).length === depth && isForumUrl(link))
    .map(plainUrl)
}

/** Scripts and styles of bbPress, or of the forums of BuddyBoss. */
const BBPRESS = /\/plugins\/bbpress\/|\/bp-forums\/templates\//

/**
 * The forums that a page leads to: that of the group, on its pages; those of the site, on its front page and its directories. A site that
 * uses bbPress and does not link to them has them at their default address (`guessed`).
 */
export function readForums(page: Survey, framed: Framed): Pick<Page, 'forums' | 'guessedForums'> {
  const found = framed.group ? forumOfGroup(page, framed) : isOfSite(framed) ? forumsOfSite(page, framed) : []
  const forums = [...new Map(found.map(link => [addressKey(link), link])).values()]
  if (forums.length > 0) return { forums }
  const isGuessed = !framed.group && isOfSite(framed) && BBPRESS.test(page.markup.source)
  return isGuessed ? { guessedForums: new URL('forums/', framed.site.url).href } : {}
}

const isOfSite = ({ about }: Framed): boolean => about.kind === 'other' || about.kind === 'directory'
