import { type AnyNode, type Element, isTag, isText } from 'domhandler'
import type { Group, Member } from '../../model/discussion.js'
import { segments, withoutQuery } from '../../model/urls.js'
import { classes, elementsBelow, first, linkText, matches, pushChildren } from '../document/dom.js'
import { folderOf, resolveUrl, slugOf } from '../document/links.js'
import type { PostSelectors } from '../templates/template.js'

/** What an avatar tells: BuddyPress puts the member's number into its class (bp_core_fetch_avatar). */
export interface Avatar {
  memberId: string | null
  url: string | null
  /** The profile that it links to; empty for a deleted member, null where there is no avatar at all. */
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
 * The author out of the header's links. The avatar's link says which one it is, because a translation may begin the
 * sentence otherwise. A deleted member has an empty link and no name: only the number is left.
 */
export function readAuthor(header: Element | undefined, avatar: Avatar, base: string): Member | null {
  const profile = resolveUrl(avatar.profile, base)
  const links = header ? elementsBelow(header).filter(element => element.name === 'a') : []
  const link = profile
    ? links.find(anchor => linkText(anchor) !== '' && resolveUrl(anchor.attribs['href'], base) === profile)
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

/** BuddyBoss' stand-in for suspended and deleted members is nobody's name, even as a link (bb_moderation_is_suspended_label). */
export const nameOf = (text: string): string | null => (text === '' || text === 'Unknown Member' ? null : text)

/** Sites without avatars: the sentence begins with the author, unless the author is deleted and it begins with the verb. */
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
 * The group that the sentence names: its last link that is neither the date nor the author; undefined where it names none
 * (some items have no sentence at all). On a group's own page only links to groups count, and items without one lie in it.
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
  // Another member, who lives beside the author, is no group either.
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

/** Items of a group's forum link to the forum (`/groups/SLUG/forum/…`, a fixed slug of bbPress), and name the forum. */
function groupLink(
  anchor: Element,
  page: { url: string; siteUrl: string },
): { url: string | null; name: string | null; id: string | null } {
  const url = resolveUrl(anchor.attribs['href'], page.url)
  const home = url?.replace(/\/forum(\/.*)?$/, '/')
  const isForum = home !== undefined && home !== url && segments(home).length > segments(page.siteUrl).length + 1
  const id = anchor.attribs['data-bb-hp-group'] ?? null
  return isForum
    ? { url: withoutQuery(home), name: null, id }
    : { url: url && withoutQuery(url), name: linkText(anchor) || null, id }
}

/** What stands before the last segment: `/groups/` for all groups of a site. */
const folder = (url: string | null): string => (url ? folderOf(url) : '')
