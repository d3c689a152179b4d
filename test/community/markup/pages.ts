import type { DemoGroup, DemoMember } from '../community.js'
import { groupUrl, memberUrl, type Site } from '../site.js'
import type { StreamPage } from '../streams.js'
import { article, bodyClass, pageDocument } from './document.js'
import { escapeHtml } from './escape.js'
import { avatar } from './markup.js'
import type { GroupsPage, Pack } from './pack.js'
import { legacy } from './render-legacy.js'
import { nouveau } from './render-nouveau.js'

/** The pages of a BuddyPress site, whatever the pack. */

export const packOf = (site: Site): Pack => (site.pack === 'legacy' ? legacy : nouveau)

const wrapped = (site: Site, content: string): string => `<div ${packOf(site).wrapper}>\n${content}\n</div>`

export function groupPage(site: Site, group: DemoGroup, page: StreamPage): string {
  const pack = packOf(site)
  const name = escapeHtml(group.name)
  const stream = group.status === 'public' ? pack.streamBox(site, page) : pack.privateNotice()
  const body = `${pack.groupHeader(site, group)}\n<div id="item-body" class="item-body">\n${stream}\n</div>`
  return pageDocument(site, {
    title: `Home &#8211; ${name}`,
    canonical: groupUrl(site, group),
    bodyClass: bodyClass(site, `single-item groups group-${group.slug} group-home home`, 5),
    feed: { title: `${name} | Group Activity RSS Feed`, url: `${groupUrl(site, group)}feed/` },
    content: article('bp_group', name, wrapped(site, body)),
    scripts: pack.scripts(site, page.stream),
  })
}

export function memberPage(site: Site, member: DemoMember, page: StreamPage): string {
  const pack = packOf(site)
  const name = escapeHtml(member.name)
  const body = `${memberHeader(site, member)}\n<div id="item-body">\n${pack.streamBox(site, page)}\n</div>`
  return pageDocument(site, {
    title: name,
    canonical: memberUrl(site, member.slug),
    bodyClass: bodyClass(site, 'activity bp-user my-activity just-me', 6),
    content: article('bp_members', name, wrapped(site, body)),
    scripts: pack.scripts(site, page.stream),
  })
}

function memberHeader(site: Site, member: DemoMember): string {
  const url = memberUrl(site, member.slug)
  return `<div id="item-header" role="complementary" data-bp-item-id="${member.id}" data-bp-item-component="members">
	<div id="item-header-avatar"><a href="${url}">${avatar(site, member.id, 150)}</a></div>
	<div id="item-header-content"><h2 class="user-nicename">@${member.slug}</h2></div>
</div>`
}

export function permalinkPage(site: Site, member: DemoMember, page: StreamPage): string {
  const pack = packOf(site)
  const id = page.posts[0]?.id ?? 0
  return pageDocument(site, {
    title: `Activity &#8211; ${escapeHtml(member.name)}`,
    canonical: `${site.url}${page.stream.path}`,
    bodyClass: bodyClass(site, `activity bp-user my-activity activity-permalink ${id}`, 6),
    content: article('bp_members', 'Activity', wrapped(site, pack.streamBox(site, page))),
    scripts: pack.scripts(site, page.stream),
  })
}

export function activityPage(site: Site, page: StreamPage): string {
  const pack = packOf(site)
  return pageDocument(site, {
    title: 'Activity',
    canonical: `${site.url}activity/`,
    bodyClass: bodyClass(site, 'directory activity ', 4),
    content: article('bp_activity', 'Activity', wrapped(site, pack.streamBox(site, page))),
    scripts: pack.scripts(site, null),
  })
}

export function groupsPage(site: Site, page: GroupsPage): string {
  const pack = packOf(site)
  return pageDocument(site, {
    title: 'Groups',
    canonical: `${site.url}groups/`,
    bodyClass: bodyClass(site, 'directory groups ', 5),
    content: article('bp_groups', 'Groups', wrapped(site, pack.groupsBox(site, page))),
    scripts: pack.scripts(site, null),
  })
}
