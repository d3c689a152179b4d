import { unixOf } from './clock.js'
import type { Community, DemoGroup, DemoPost } from './community.js'
import { timeSince } from './time-since.js'
import type { View } from './view.js'

export type PackName = 'legacy' | 'nouveau'

/** One site at the moment of one request: everything that rendering needs to know. */
export interface Site {
  community: Community
  view: View
  pack: PackName
  /** With closing slash. */
  url: string
  /** Unix seconds. */
  now: number
  /** Its REST interface is open. */
  rest: boolean
}

export const groupUrl = (site: Site, group: DemoGroup): string => `${site.url}groups/${group.slug}/`
export const memberUrl = (site: Site, slug: string): string => `${site.url}members/${slug}/`

/** Replies have no page of their own: theirs is a place on the page of the thread. */
export function permalink(site: Site, post: DemoPost): string {
  const root = site.view.root(post) ?? post
  const thread = `${site.url}activity/p/${root.id}/`
  return root.id === post.id ? thread : `${thread}#acomment-${post.id}`
}

export const age = (site: Site, post: DemoPost): string => timeSince(site.now - unixOf(post.date))

export function lastActive(site: Site, group: DemoGroup): string {
  const dates = site.community.posts.filter(post => post.groupSlug === group.slug).map(post => post.date)
  return dates.sort().at(-1) ?? group.createdAt
}

/** Members are known by their notices of joining, as on a site that never lost any. */
export function memberCount(site: Site, group: DemoGroup): number {
  const notices = site.community.posts.filter(
    post => post.groupSlug === group.slug && /^(joined|created)_group$/.test(post.type),
  )
  return new Set([group.creatorId, ...notices.map(post => post.memberId)]).size
}

/** The nonces that Nouveau prints for a visitor; any other is refused. */
export const NONCES = { activity: '4be1f09c27', members: '98c0aa51d3', groups: 'd20e7735ab' } as const
