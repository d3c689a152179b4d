import { createHash } from 'node:crypto'
import { livestamp, unixOf } from '../clock.js'
import { type DemoPost, postHtml } from '../community.js'
import { age, groupUrl, memberUrl, permalink, type Site } from '../site.js'
import type { StreamKind } from '../streams.js'
import { escapeHtml } from './escape.js'
import { excerpt } from './excerpt.js'

/** Pieces that the Legacy and the Nouveau pack have in common. */

const NOTICES = new Set(['joined_group', 'created_group', 'new_member', 'friendship_created', 'friendship_accepted'])

const VERBS: Record<string, string> = {
  activity_update: 'posted an update',
  activity_comment: 'posted a new activity comment',
  joined_group: 'joined the group',
  created_group: 'created the group',
  group_details_updated: 'updated details for the group',
  new_member: 'became a registered member',
}

export const avatarUrl = (seed: string, size: number): string =>
  `//www.gravatar.com/avatar/${createHash('md5').update(seed).digest('hex')}?s=${size}&#038;r=g&#038;d=mm`

/** A deleted member leaves the number in the class, and nothing else. */
export function avatar(site: Site, memberId: number, size: number): string {
  const member = site.view.member(memberId)
  const alt = member ? `Profile picture of ${escapeHtml(member.name)}` : 'Profile picture'
  const classes = `avatar user-${memberId}-avatar avatar-${size} photo`
  const source = avatarUrl(member?.slug ?? '', size)
  return `<img loading="lazy" src="${source}" class="${classes}" width="${size}" height="${size}" alt="${alt}" />`
}

export function authorUrl(site: Site, memberId: number): string {
  const member = site.view.member(memberId)
  return member ? memberUrl(site, member.slug) : ''
}

export const authorName = (site: Site, memberId: number): string => escapeHtml(site.view.member(memberId)?.name ?? '')

/** "NAME posted an update in the group GROUP", with links; it starts with the verb when the member was deleted. */
export function sentence(site: Site, post: DemoPost): string {
  const url = authorUrl(site, post.memberId)
  const author = url === '' ? '' : `<a href="${url}">${authorName(site, post.memberId)}</a>`
  const verb = VERBS[post.type] ?? 'did something'
  const group = post.type === 'activity_comment' ? undefined : site.view.group(post.groupSlug)
  if (!group) return `${author} ${verb}`
  const link = `<a href="${groupUrl(site, group)}">${escapeHtml(group.name)}</a>`
  return `${author} ${verb}${post.type === 'activity_update' ? ' in the group' : ''} ${link}`
}

/** The sentence with its date, which is a link everywhere but on the thread's own page. */
export function header(site: Site, post: DemoPost, kind: StreamKind): string {
  const stamp = livestamp(unixOf(post.date))
  const date = `<span class="time-since" data-livestamp="${stamp}">${age(site, post)}</span>`
  if (kind === 'single') return `<p>${sentence(site, post)} ${date} </p>`
  const classes = 'class="view activity-time-since bp-tooltip" data-bp-tooltip="View Discussion"'
  return `<p>${sentence(site, post)} <a href="${permalink(site, post)}" ${classes}>${date}</a></p>`
}

export function itemClasses(site: Site, post: DemoPost, kind: StreamKind): string {
  const isReply = post.parentId !== null
  const component = isReply || post.groupSlug === null ? 'activity' : 'groups'
  const classes = [component, post.type, 'activity-item']
  if (NOTICES.has(post.type) || post.html === '') classes.push('mini')
  if (!isReply && site.view.replies(post).length > 0) classes.push('has-comments')
  if (!isReply && (kind === 'site' || kind === 'group')) classes.push(`date-recorded-${unixOf(post.date)}`)
  return classes.join(' ')
}

export interface ReadMore {
  /** `activity` for posts, `acomment` for replies. */
  of: 'activity' | 'acomment'
  label: string
}

/** Full on the thread's own page, shortened anywhere else. */
export function text(site: Site, post: DemoPost, kind: StreamKind, more: ReadMore): string {
  const full = postHtml(post, site.url)
  if (kind === 'single') return full
  const id = `${more.of}-read-more-${post.id}`
  const link = `<a href="${permalink(site, post)}" rel="nofollow ugc">${more.label}</a>`
  return excerpt(full, `<span class="activity-read-more" id="${id}">${link}</span>`)
}
