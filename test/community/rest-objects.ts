import { restDate, unixOf } from './clock.js'
import { type DemoGroup, type DemoMember, type DemoPost, postHtml } from './community.js'
import { escapeHtml } from './markup/escape.js'
import { avatarUrl, sentence } from './markup/markup.js'
import { groupUrl, lastActive, memberCount, memberUrl, permalink, type Site } from './site.js'

/** The objects of `buddypress/v1`, as BuddyPress 14 writes them for a visitor. */

export type RestObject = Record<string, unknown>

const dates = (name: string, iso: string): RestObject => {
  const date = restDate(unixOf(iso))
  return { [name]: date, [`${name}_gmt`]: date }
}

const restUrl = (site: Site, path: string): string => `${site.url}wp-json/buddypress/v1/${path}`

const avatars = (seed: string): RestObject => ({ full: avatarUrl(seed, 150), thumb: avatarUrl(seed, 50) })

/** `comment_count` counts direct replies only, and is there only where replies were looked up. */
export function activityObject(site: Site, post: DemoPost, comments: 'none' | 'counted' | 'threaded'): RestObject {
  const root = site.view.root(post) ?? post
  const isReply = post.parentId !== null
  return {
    user_id: post.memberId,
    component: isReply || post.groupSlug === null ? 'activity' : 'groups',
    content: { rendered: postHtml(post, site.url) },
    ...dates('date', post.date),
    id: post.id,
    link: permalink(site, post),
    primary_item_id: isReply ? root.id : (site.view.group(post.groupSlug)?.id ?? 0),
    secondary_item_id: post.parentId ?? 0,
    status: 'published',
    title: sentence(site, post),
    type: post.type,
    favorited: false,
    ...replyFields(site, post, comments),
    user_avatar: avatars(site.view.member(post.memberId)?.slug ?? ''),
    _links: activityLinks(site, post),
  }
}

function replyFields(site: Site, post: DemoPost, comments: 'none' | 'counted' | 'threaded'): RestObject {
  const replies = site.view.replies(post)
  if (comments === 'none' || replies.length === 0) return {}
  const count = { comment_count: replies.length }
  if (comments === 'counted') return count
  return { ...count, comments: replies.map(reply => activityObject(site, reply, comments)) }
}

function activityLinks(site: Site, post: DemoPost): RestObject {
  const group = post.parentId === null ? site.view.group(post.groupSlug) : undefined
  return {
    self: [{ href: restUrl(site, `activity/${post.id}`) }],
    collection: [{ href: restUrl(site, 'activity/') }],
    user: [{ embeddable: true, href: restUrl(site, `members/${post.memberId}`) }],
    ...(group ? { group: [{ embeddable: true, href: restUrl(site, `groups/${group.id}`) }] } : {}),
  }
}

export function groupObject(site: Site, group: DemoGroup, extras: boolean): RestObject {
  const last = restDate(unixOf(lastActive(site, group)))
  return {
    id: group.id,
    creator_id: group.creatorId,
    parent_id: 0,
    ...dates('date_created', group.createdAt),
    description: { raw: group.description, rendered: `<p>${escapeHtml(group.description)}</p>\n` },
    enable_forum: false,
    link: groupUrl(site, group),
    name: escapeHtml(group.name),
    slug: group.slug,
    status: group.status,
    types: [],
    total_member_count: extras ? memberCount(site, group) : 0,
    last_activity: extras ? last : null,
    ...(extras ? { last_activity_gmt: last } : {}),
    _links: { self: [{ href: restUrl(site, `groups/${group.id}`) }] },
  }
}

export const memberObject = (site: Site, member: DemoMember): RestObject => ({
  id: member.id,
  name: member.name,
  user_login: member.slug,
  link: memberUrl(site, member.slug),
  member_types: [],
  mention_name: member.slug,
  avatar_urls: avatars(member.slug),
  _links: { self: [{ href: restUrl(site, `members/${member.id}`) }] },
})
