import { activityIdOf, isPermalink, segments } from '../../model/addresses.js'
import type { Group, Member } from '../../model/discussion.js'
import { UNKNOWN_SITE } from '../../model/unknown-site.js'
import { isAddress } from '../../model/urls.js'
import { memberIdOf } from './ids.js'

/** What the addresses of a header say; null: it has no such address. */
export interface Linked {
  member: string | null
  group: string | null
  /** Ids of the post and of its thread. */
  id: string | null
  thread: string | null
  url: string | null
  site: string | null
}

/** The meaning of the links in a header: the author's profile first, then the group, then the date, which links to the post. */
export function linkedBy(urls: readonly string[]): Linked {
  const pages = urls.filter(url => isAddress(url) && URL.canParse(url))
  const own = pages.find(url => /#acomment-\d+$/.test(url)) ?? pages.find(url => isPermalink(url)) ?? null
  const [member = null, ...others] = pages.filter(url => url !== own && !isPermalink(url))
  const group = others.find(url => url !== member && segments(url).length === segments(member ?? url).length) ?? null
  const thread = own === null ? null : activityIdOf(own)
  const id = own === null ? null : (/#acomment-(\d+)$/.exec(own)?.[1] ?? thread)
  return { member, group, id, thread, url: own, site: siteOf(own, group ?? member) }
}

/** The base URL of a site: what is above the activity, or above the directory of a group or member. */
function siteOf(own: string | null, page: string | null): string | null {
  const found = own === null ? null : /^(https?:\/\/[^/?#]+\/(?:[^?#]*?\/)?)(?:activity|members)\//.exec(own)?.[1]
  if (found) return found
  return page === null ? null : (/^(https?:\/\/[^/?#]+\/(?:[^?#]*\/)?)[^/?#]+\/[^/?#]+\/?$/.exec(page)?.[1] ?? null)
}

/** A member whose name the text gives, and perhaps a link to the profile. */
export function memberNamed(name: string | null, url: string | null): Member | null {
  if (name === null || name === '') return null
  const slug = url === null ? null : (segments(url).at(-1) ?? null)
  return { id: slug === null ? memberIdOf(name) : null, slug, name, url: slug === null ? null : url, avatarUrl: null }
}

/** A group of which the text gives the name. Without a link it has the slug that WordPress makes of the name. */
export function groupNamed(name: string, url: string | null): Group {
  const slug = (url === null ? null : segments(url).at(-1)) ?? slugOfName(name)
  const address = url ?? `${UNKNOWN_SITE}groups/${encodeURIComponent(slug)}/`
  return { id: null, slug, name, url: address, status: null, description: null }
}

/** As `sanitize_title` of WordPress: accents are removed, what is no letter becomes one dash. */
function slugOfName(name: string): string {
  const plain = name
    .normalize('NFD')
    .replace(/(?<=[a-z])\p{M}+/giu, '')
    .normalize('NFC')
    .toLowerCase()
  return (
    plain
      .replace(/['’‘"“”]/g, '')
      .replace(/[^\p{L}\p{N}\p{M}]+/gu, '-')
      .replace(/^-+|(?<!-)-+$/g, '') || 'group'
  )
}
