import { type Element, isText } from 'domhandler'
import { segments } from '../../model/addresses.js'
import type { Group, Member } from '../../model/discussion.js'
import { elementsBelow, lineOf, linkText } from '../document/dom.js'
import { folderOf, plainUrl, resolveUrl, slugOf } from '../document/links.js'
import { testOf } from '../document/selector.js'
import { isDateOnly } from '../relative/index.js'
import type { Anatomy } from './anatomy.js'
import { isOwnAddress } from './own-address.js'
import { isLeading, loneAuthor } from './sentence.js'

/**
 * The author, by the links of a post. The link of the avatar identifies the author's link, because the sentence may begin
 * with other words in a translation. A deleted member has an empty link and no name: only the id is known.
 */
export function readAuthor(
  { id, links, own, avatar }: Anatomy,
  { url: base, selves = [], isReply = false }: { url: string; selves?: readonly string[]; isReply?: boolean },
): Member | null {
  const linked = resolveUrl(avatar.profile, base)
  // Browsers and wget write the address of the page itself in place of an empty link.
  const profile = linked && selves.includes(plainUrl(linked)) ? null : linked
  const unlinked = () => leadingLink(links) ?? (isReply ? loneAuthor(own.filter(isLink), id) : undefined)
  const link = profile ? linkTo(profile, [links, own], base) : avatar.profile === null ? unlinked() : undefined
  const url = profile ?? resolveUrl(link?.attribs['href'], base)
  const name = nameOf(withoutBadge(link, avatar.alt))
  if (!url && !avatar.memberId) return null
  return {
    id: avatar.memberId,
    slug: url ? slugOf(url) : null,
    name,
    url,
    avatarUrl: url ? resolveUrl(avatar.url, base) : null,
  }
}

/** The link to a profile. Some themes put the login beside the picture, so that a link without a picture is the better one. */
function linkTo(profile: string, places: readonly (readonly Element[])[], base: string): Element | undefined {
  let withPicture: Element | undefined
  for (const elements of places)
    for (const link of elements) {
      if (!isLinkTo(profile, link, base) || linkText(link) === '' || isButton(link)) continue
      if (!hasPicture(link)) return link
      withPicture ??= link
    }
  return withPicture
}

export const isLinkTo = (profile: string, { name, attribs }: Element, base: string): boolean =>
  name === 'a' && resolveUrl(attribs['href'], base) === profile

export const hasPicture = (link: Element): boolean => elementsBelow(link, isNoLink).some(({ name }) => name === 'img')

/** The name in a link. A theme may print a badge into it ("Ann Admin"), which the alternative text of the avatar does not have. */
function withoutBadge(link: Element | undefined, alt: string): string {
  const whole = linkText(link)
  if (!link || whole === '' || alt.includes(whole) || link.children.every(isText)) return whole
  const words = lineOf(link, one => one === link)
  return words !== '' && alt.includes(words) ? words : whole
}

const isLink = ({ name }: Element): boolean => name === 'a'

/** The name of a member. BuddyBoss' label for suspended and deleted members is not a name (bb_moderation_is_suspended_label). */
export const nameOf = (text: string): string | null => (text === '' || text === 'Unknown Member' ? null : text)

/** The author's link on sites without avatars: the sentence begins with it, unless the author is deleted. */
const leadingLink = (links: readonly Element[]): Element | undefined => {
  const link = links.find(one => !isDateOrButton(one))
  return link && linkText(link) !== '' && isLeading(link) ? link : undefined
}

/**
 * The group that the sentence names: its last link to neither the date nor the author; undefined if there is none (some items have
 * no sentence). On the page of a group only links to groups count, and items without such a link belong to that group.
 */
export function groupAmong(
  anchors: readonly Element[],
  { id, profile }: { id: string; profile: string | null },
  page: { url: string; siteUrl: string; group: Group | null },
): Group | undefined {
  const links = anchors
    .filter(anchor => isGroupOrMemberLink(anchor, resolveUrl(anchor.attribs['href'], page.url), id))
    // A group may have the name "2 years ago"; on its own page its address tells it from a date.
    .filter(anchor => page.group !== null || !isDateOnly(linkText(anchor)))
    .map(anchor => groupLink(anchor, page))
  // A profile URL has the same folder as the author's, so links to other members are no groups.
  const isGroup = (url: string) => folder(url) === folder(page.group?.url ?? null)
  const link = links.findLast(({ url }) => url && (page.group ? isGroup(url) : folder(url) !== folder(profile)))
  const slug = link?.url && slugOf(link.url)
  if (!link?.url || !slug) return page.group ?? undefined
  if (slug === page.group?.slug) return { ...page.group, name: link.name ?? page.group.name }
  return { id: link.id, slug, name: link.name, url: link.url, status: null, description: null }
}

const isDateOrButton = testOf('.activity-time-since, .view, .button, .bb-topic-url')
const isButton = testOf('.button')
const isTime = testOf('.time-since')

/** The date of a post is a link to it. Themes put it anywhere, so that only its address and its text tell it from a group. */
const isGroupOrMemberLink = (element: Element, url: string | null, id: string): boolean =>
  !isDateOrButton(element) && !isOwnAddress(url, id) && !elementsBelow(element, isNoLink).some(isTime)

/** A link ends where another link begins, as in browsers; the markup parser nests them. */
const isNoLink = (element: Element): boolean => element.name !== 'a'

/** The group of a link. Items of a group's forum link to the forum (`/groups/SLUG/forum/…`, a fixed slug of bbPress) by its name. */
function groupLink(
  anchor: Element,
  page: { url: string; siteUrl: string },
): { url: string | null; name: string | null; id: string | null } {
  const url = resolveUrl(anchor.attribs['href'], page.url)
  const home = url?.replace(/\/forum(\/.*)?$/, '/')
  const isForum = home !== undefined && home !== url && segments(home).length > segments(page.siteUrl).length + 1
  const id = anchor.attribs['data-bb-hp-group'] ?? anchor.attribs['data-bp-hp-group'] ?? null
  return isForum
    ? { url: plainUrl(home), name: null, id }
    : { url: url && plainUrl(url), name: linkText(anchor) || null, id }
}

/** The path before the last segment: `groups` for all groups of a site. */
const folder = (url: string | null): string => (url ? folderOf(url) : '')
