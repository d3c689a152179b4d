import { type AnyNode, type Element, isTag, isText } from 'domhandler'
import { segments } from '../../model/addresses.js'
import type { Group, Member } from '../../model/discussion.js'
import { classes, elementsBelow, first, linkText, matches, pushChildren } from '../document/dom.js'
import { folderOf, plainUrl, resolveUrl, slugOf } from '../document/links.js'
import type { PostSelectors } from '../templates/template.js'

/** The data of an avatar: BuddyPress puts the id of the member into its class (bp_core_fetch_avatar). */
export interface Avatar {
  memberId: string | null
  url: string | null
  /** The profile that the avatar links to; empty for a deleted member, null if there is no avatar. */
  profile: string | null
}

export function avatarOf(own: readonly Element[], selectors: PostSelectors): Avatar {
  const image = first(own, selectors.avatar)
  const id = classes(image)
    .map(name => /^user-(\d+)-avatar$/.exec(name)?.[1])
    .find(Boolean)
  const link = image?.parent && isTag(image.parent) && image.parent.name === 'a' ? image.parent : undefined
  return {
    memberId: id ?? null,
    url: image?.attribs['src'] ?? null,
    profile: link ? (link.attribs['href'] ?? '') : null,
  }
}

/**
 * The author, from the links of the header. The link of the avatar identifies the author's link, because the sentence may begin
 * with other words in a translation. A deleted member has an empty link and no name: only the id is known.
 */
export function readAuthor(header: Element | undefined, avatar: Avatar, base: string): Member | null {
  const profile = resolveUrl(avatar.profile, base)
  const links = header ? elementsBelow(header).filter(element => element.name === 'a') : []
  const link = profile
    ? links.find(anchor => resolveUrl(anchor.attribs['href'], base) === profile && linkText(anchor) !== '')
    : avatar.profile === null
      ? leadingLink(header, links)
      : undefined
  const url = profile ?? resolveUrl(link?.attribs['href'], base)
  const name = nameOf(linkText(link))
  if (!url && !avatar.memberId) return null
  return {
    id: avatar.memberId,
    slug: url ? slugOf(url) : null,
    name,
    url,
    avatarUrl: url ? resolveUrl(avatar.url, base) : null,
  }
}

/** The name of a member. BuddyBoss' label for suspended and deleted members is not a name (bb_moderation_is_suspended_label). */
export const nameOf = (text: string): string | null => (text === '' || text === 'Unknown Member' ? null : text)

/** The author's link on sites without avatars: the sentence begins with it, unless the author is deleted. */
function leadingLink(header: Element | undefined, links: readonly Element[]): Element | undefined {
  const link = links[0]
  if (!header || !link || linkText(link) === '') return undefined
  return textBefore(header, link).trim() === '' ? link : undefined
}

function textBefore(root: Element, end: Element): string {
  let text = ''
  const stack: AnyNode[] = []
  pushChildren(root, stack)
  for (let node = stack.pop(); node && node !== end; node = stack.pop()) {
    if (isText(node)) text += node.data
    else pushChildren(node, stack)
  }
  return text
}

/**
 * The group that the sentence names: its last link to neither the date nor the author; undefined if there is none (some items have
 * no sentence). On the page of a group only links to groups count, and items without such a link belong to that group.
 */
export function groupInHeader(
  header: Element | undefined,
  profile: string | null,
  page: { url: string; siteUrl: string; group: Group | null },
): Group | undefined {
  const links = header
    ? elementsBelow(header)
        .filter(isGroupOrMemberLink)
        .map(anchor => groupLink(anchor, page))
    : []
  // A profile URL has the same folder as the author's, so links to other members are no groups.
  const isGroup = (url: string) => folder(url) === folder(page.group?.url ?? null)
  const link = links.findLast(({ url }) => url && (page.group ? isGroup(url) : folder(url) !== folder(profile)))
  const slug = link?.url && slugOf(link.url)
  if (!link?.url || !slug) return page.group ?? undefined
  if (slug === page.group?.slug) return { ...page.group, name: link.name ?? page.group.name }
  return { id: link.id, slug, name: link.name, url: link.url, status: null, description: null }
}

const isGroupOrMemberLink = (element: Element): boolean =>
  element.name === 'a' &&
  !matches(element, '.activity-time-since, .view, .button, .bb-topic-url') &&
  !first(elementsBelow(element, isNoLink), '.time-since')

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
  const id = anchor.attribs['data-bb-hp-group'] ?? null
  return isForum
    ? { url: plainUrl(home), name: null, id }
    : { url: url && plainUrl(url), name: linkText(anchor) || null, id }
}

/** The path before the last segment: `groups` for all groups of a site. */
const folder = (url: string | null): string => (url ? folderOf(url) : '')
