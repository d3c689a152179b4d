import { type Element, isTag } from 'domhandler'
import { withoutSecrets } from '../../model/urls.js'
import { elementsBelow } from '../document/dom.js'
import { resolveUrl, slugOf } from '../document/links.js'
import { type Test, testOf } from '../document/selector.js'
import type { PostSelectors } from '../templates/template.js'
import type { Anatomy } from './anatomy.js'
import { isOwnAddress } from './own-address.js'

interface PageOfItems {
  url: string
  siteUrl: string
}

/** The address of a post by its own links; null if it has none, as on its own page. */
export function linkedPermalink({ own, id }: Anatomy, { permalink }: PostSelectors, base: string): string | null {
  const isNamed = permalink ? testOf(permalink) : () => false
  const url =
    firstAddress(own, isNamed, base) ??
    firstAddress(own, one => one.name === 'a' && isOwnAddress(resolveUrl(one.attribs['href'], base), id), base)
  return url && withoutSecrets(url)
}

/** The address of the first link that passes the test and leads somewhere. */
function firstAddress(own: readonly Element[], isMeant: Test, base: string): string | null {
  for (const one of own) {
    const url = one.attribs['href'] !== undefined && isMeant(one) ? resolveUrl(one.attribs['href'], base) : null
    if (url !== null) return url
  }
  return null
}

/**
 * The address of an item: by its own links, the mark of a shortened text, the dates of its replies, or by the rule that BuddyPress
 * redirects from `/activity/p/ID/`. Null on its own page, and for replies, whose thread only a link names.
 */
export function permalinkOf(
  anatomy: Anatomy,
  selectors: PostSelectors,
  page: PageOfItems,
  isReply: boolean,
): string | null {
  const own = linkedPermalink(anatomy, selectors, page.url)
  if (own || slugOf(page.url) === anatomy.id) return own
  return (
    linkOfReadMore(anatomy, page.url) ??
    (isReply ? null : (linkOfReplies(anatomy, page.url) ?? new URL(`activity/p/${anatomy.id}/`, page.siteUrl).href))
  )
}

function linkOfReadMore({ body, id }: Anatomy, base: string): string | null {
  const links = body ? elementsBelow(body.element).filter(isReadMore) : []
  return links.map(link => resolveUrl(link.attribs['href'], base)).find(url => isOwnAddress(url, id)) ?? null
}

const isReadMore = ({ name, parent }: Element): boolean =>
  name === 'a' && parent !== null && isTag(parent) && /-read-more-\d+$/.test(parent.attribs['id'] ?? '')

/** The date of a reply links to `THREAD/#acomment-ID`. */
function linkOfReplies({ replies, id }: Anatomy, base: string): string | null {
  const [reply] = replies
  const links = reply ? elementsBelow(reply).filter(({ name }) => name === 'a') : []
  const url = links
    .map(link => resolveUrl(link.attribs['href'], base))
    .find(link => link !== null && /#acomment-\d+$/.test(link) && isOwnAddress(link.replace(/#.*$/, ''), id))
  return url?.replace(/#.*$/, '') ?? null
}
