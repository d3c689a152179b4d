import type { Element } from 'domhandler'
import { activityIdOf, segments } from '../../model/addresses.js'
import { remembered } from '../../model/remembered.js'
import { resolveUrl } from '../document/links.js'

/**
 * True if an address is that of the post: `/activity/p/ID/`, `/members/X/activity/ID/`, or for a reply the address of its thread with
 * `#acomment-ID`. A number may also be the slug of a group or member (`/groups/2024/`), so a folder alone before it is not enough.
 */
export function isOwnAddress(url: string | null, id: string): boolean {
  if (url === null) return false
  const { reply, activity } = postAt(url)
  return reply === id || activity === id
}

/** The posts whose address this is: of a reply, by the fragment, and of an activity, by the path; null: it is the address of none. */
const postAt = remembered((url: string) => {
  const isPermalink = PERMALINK.test(segments(url).slice(-3, -1).join('/'))
  const reply = /^#acomment-(.*)$/.exec(new URL(url).hash)?.[1] ?? null
  return { reply, activity: isPermalink ? activityIdOf(url) : null }
}, 5000)

/** Before the number: `p`, or the profile of a member and the slug of the activity page, which a site may have renamed. */
const PERMALINK = /(?:^|\/)p$|.\/./

/** Any base serves, because addresses of one post are only compared with each other, or only their path is read. */
const BASE = 'http://site/'

export const addressIn = (href: string | undefined): string | null => resolveUrl(href, BASE)
export const addressOf = (link: Element): string | null => addressIn(link.attribs['href'])
