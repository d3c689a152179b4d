import type { Group, Post } from '../../model/discussion.js'
import { addressOf } from '../../model/urls.js'
import { faultOfOverlong, isOverlong } from '../document/bounds.js'
import { resolveUrl } from '../document/links.js'
import { isDateOnly } from '../relative/index.js'
import type { Anatomy } from './anatomy.js'
import { lengthOf } from './body.js'
import type { ItemContext } from './drafts.js'
import { hasPicture, isLinkTo } from './header.js'
import { isNamelessAlt, nameInAlt } from './names.js'
import { isOwnAddress } from './own-address.js'

/** One post as it was read, with the parts that it was read from. */
interface Reading {
  post: Post
  anatomy: Anatomy
}

type PageOfPost = Pick<ItemContext, 'url' | 'group' | 'alts'>

/** What is wrong with the reading of a post, whatever template read it: clauses for messages. `hasNoBody`: a notice, which has no text. */
export function faultsOf({ post, anatomy }: Reading, hasNoBody: boolean, page: PageOfPost): string[] {
  const faults: string[] = []
  const length = faultOfLength(anatomy)
  if (length !== null) faults.push(length)
  if (!anatomy.body && !hasNoBody) faults.push('its text was not found')
  if (losesText(post)) faults.push('its text is empty, although the page holds one')
  if (holdsAuthor(post, anatomy, page.url)) faults.push('its text begins with its author, whom the theme has printed')
  if (holdsItself(post)) faults.push('its text holds the link to itself, which the theme has printed')
  if (lacksAuthor(post, anatomy, page)) faults.push('its author was not found')
  if (isNoGroup(post, page.group)) faults.push('its group was not found')
  return faults
}

function faultOfLength({ body }: Anatomy): string | null {
  const length = body ? lengthOf(body.element) : 0
  return isOverlong(length) ? faultOfOverlong(length) : null
}

/** Elements whose text is no text of a post, or that pages replace by something else. */
const SILENT =
  /<(script|style|iframe|noscript|template)\b[\s\S]*?(?:<\/\1>|$)|<!--[\s\S]*?(?:-->|$)|<[^<>]*(?:>|$)|&[\w#]+;/gi

/** True if the HTML of a post has letters and its text has none: an element with words was left out. */
export const losesText = ({ html, text }: Pick<Post, 'html' | 'text'>): boolean =>
  !/[\p{L}\p{N}]/u.test(text) && /[\p{L}\p{N}]/u.test(html.slice(0, MOST_HTML).replace(SILENT, ''))

/** Length of the HTML that is looked through: a hostile page of open tags would take minutes. */
const MOST_HTML = 20_000

/** A member does not know the number of a reply while writing it. */
const holdsItself = ({ id, parentId, links }: Post): boolean =>
  parentId !== null && links.some(({ url }) => url.includes('#') && addressOf(url).hash === `#acomment-${id}`)

/** A theme has put the author's link into the element of the text, and none outside of it. */
function holdsAuthor({ author, links, text }: Post, { avatar }: Anatomy, base: string): boolean {
  const profile = resolveUrl(avatar.profile, base)
  const [first] = links
  if (!profile || author?.name || !first?.text) return false
  return first.kind === 'link' && resolveUrl(first.url, base) === profile && text.startsWith(first.text)
}

/** An avatar that links to a profile has an author, whose name is somewhere in the post. */
function lacksAuthor({ author }: Post, { avatar, links, own }: Anatomy, { url: base, alts }: PageOfPost): boolean {
  const profile = resolveUrl(avatar.profile, base)
  if (!profile || author?.name || nameInAlt(avatar.alt) || isNamelessAlt(avatar.alt, alts)) return false
  // BuddyBoss has a link without a name for suspended members, and the name of a member may be empty.
  return ![...links, ...own].some(link => isLinkTo(profile, link, base) && !hasPicture(link))
}

/** The date of a post is often a link, which may be taken for its group. */
const isNoGroup = ({ id, threadId, group }: Post, own: Group | null): boolean =>
  group != null &&
  group.url !== own?.url &&
  (isOwnAddress(group.url, id) || isOwnAddress(group.url, threadId) || isDateOnly(group.name ?? ''))
