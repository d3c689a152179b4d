import { livestamp, unixOf } from '../clock.js'
import type { DemoGroup } from '../community.js'
import { groupUrl, lastActive, memberCount, type Site } from '../site.js'
import { timeSince } from '../time-since.js'
import { escapeHtml } from './escape.js'
import { GROUP_PAGE_SIZE, type GroupsPage, viewing } from './pack.js'

/** Group header and groups directory of the Legacy pack. */

export function groupHeader(site: Site, group: DemoGroup): string {
  const status = `${group.status === 'public' ? 'Public' : 'Private'} Group`
  return `<div id="item-header" role="complementary">
	<div id="item-header-content">
		<div id="item-meta">
			<span class="highlight">${status}</span>
			${activeSpan(site, group)}
			<p>${escapeHtml(group.description)}</p>
		</div>
	</div>
</div>
<div id="item-nav"><div class="item-list-tabs no-ajax" id="object-nav" role="navigation"><ul>
	<li id="home-groups-li" class="current selected"><a id="home" href="${groupUrl(site, group)}home/">Home</a></li>
</ul></div></div>`
}

function activeSpan(site: Site, group: DemoGroup): string {
  const time = unixOf(lastActive(site, group))
  return `<span class="activity" data-livestamp="${livestamp(time)}">Active ${timeSince(site.now - time)}</span>`
}

function groupEntry(site: Site, group: DemoGroup, index: number): string {
  const stripe = index % 2 === 0 ? 'odd' : 'even'
  const type = `${group.status === 'public' ? 'Public' : 'Private'} Group`
  const link = `<a href="${groupUrl(site, group)}" class="bp-group-home-link ${group.slug}-home-link">`
  return `
		<li class="${stripe} bp-group-status-${group.status} ${group.status} group-no-avatar">
			<div class="item">
				<div class="item-title">${link}${escapeHtml(group.name)}</a></div>
				<div class="item-meta">${activeSpan(site, group)}</div>
				<div class="item-desc"><p>${escapeHtml(group.description)}</p>\n</div>
			</div>
			<div class="action"><div class="meta">${type} / ${memberCount(site, group)} members</div></div>
			<div class="clear"></div>
		</li>`
}

export function groupsContents(site: Site, page: GroupsPage): string {
  if (page.groups.length === 0) return `\n\t${message('There were no groups found.')}\n`
  const entries = page.groups.map((group, index) => groupEntry(site, group, index))
  return `
	<div id="pag-top" class="pagination">
		<div class="pag-count" id="group-dir-count-top">${viewing(page)}</div>
		<div class="pagination-links" id="group-dir-pag-top">${pageLinks(site, page)}</div>
	</div>
	<ul id="groups-list" class="item-list" aria-live="assertive" aria-atomic="true" aria-relevant="all">
${entries.join('')}
	</ul>`
}

function pageLinks(site: Site, page: GroupsPage): string {
  if (page.number * GROUP_PAGE_SIZE >= page.total) return ''
  return `<a class="next page-numbers" href="${site.url}groups/?grpage=${page.number + 1}">&rarr;</a>`
}

export const message = (words: string): string => `<div id="message" class="info">\n\t\t<p>${words}</p>\n\t</div>`
