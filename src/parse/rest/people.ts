import type { Element } from 'domhandler'
import { isGroupUrl } from '../../model/directories.js'
import type { Group, Member } from '../../model/discussion.js'
import { remembered } from '../../model/remembered.js'
import { elementsBelow, linkText, parseMarkup, rawTextOf } from '../document/dom.js'
import { plainUrl, resolveUrl, slugOf } from '../document/links.js'
import { nameOf } from '../items/header.js'
import type { Activity } from './activity.js'

/** The text of a field that holds HTML: `Maeve O&#039;Neill`. */
export const plainText = (html: string): string => rawTextOf(parseMarkup(html).root).replace(/\s+/g, ' ').trim()

/**
 * Names and URLs in `title`, the sentence that BuddyPress generates for each response: "<a>Anna</a> posted an update in the group
 * <a>Gardeners</a>".
 */
export const titleLinks = (title: string, base: string): readonly TitleLink[] => titleReaderOf(base)(title)

/** All replies of a member have the same sentence, and all posts of a member the same avatar. */
const MOST_PEOPLE = 2000

const titleReaderOf = remembered(
  (base: string) =>
    remembered(
      (title: string): readonly TitleLink[] =>
        elementsBelow(parseMarkup(title).root).flatMap(element => linkOf(element, base)),
      MOST_PEOPLE,
    ),
  4,
)

interface TitleLink {
  url: string
  text: string
  memberId: string | null
  isGroup: boolean
}

function linkOf(element: Element, base: string): TitleLink[] {
  const url = element.name === 'a' ? resolveUrl(element.attribs['href'], base) : null
  if (!url) return []
  const memberId = element.attribs['data-bb-hp-profile'] ?? null
  return [{ url: plainUrl(url), text: linkText(element), memberId, isGroup: 'data-bb-hp-group' in element.attribs }]
}

/**
 * The author. If the sentence does not begin with a link, it is a translation or the author is deleted: then only the id is known,
 * and the name needs another request.
 */
export function authorOf(activity: Activity, links: readonly TitleLink[], base: string): Member | null {
  const { user_id: id, user_avatar: avatar } = activity
  if (id === '0') return null
  const own = links.find(link => link.memberId === id) ?? (beginsWithLink(activity.title) ? links[0] : undefined)
  const found = own && !own.isGroup && own.text && slugOf(own.url) ? own : undefined
  return {
    id,
    slug: found ? slugOf(found.url) : null,
    name: nameOf(found?.text ?? ''),
    url: found?.url ?? null,
    avatarUrl: resolveUrl(avatarText(avatar), base),
  }
}

const avatarText = remembered(plainText, MOST_PEOPLE)

const beginsWithLink = (title: string): boolean => /^\s*<a\b/i.test(title)

/** The group of an item of the groups component; null if the sentence does not name it. Translations may name it before the author. */
export function groupOf(activity: Activity, links: readonly TitleLink[]): Group | null {
  const others = links.filter(one => one.memberId === null && one.url !== '')
  const link = others.findLast(one => isGroupUrl(one.url)) ?? others.at(-1)
  const slug = link && slugOf(link.url)
  if (!link || !slug || (links.length < 2 && beginsWithLink(activity.title))) return null
  return { id: activity.primary_item_id, slug, name: link.text || null, url: link.url, status: null, description: null }
}
