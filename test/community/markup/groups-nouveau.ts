import { livestamp, unixOf } from '../clock.js'
import type { DemoGroup } from '../community.js'
import { groupUrl, lastActive, memberCount, type Site } from '../site.js'
import { timeSince } from '../time-since.js'
import { escapeHtml } from './escape.js'
import { GROUP_PAGE_SIZE, type GroupsPage, viewing } from './pack.js'

/** Group header and groups directory of the Nouveau pack. */

export function groupHeader(site: Site, group: DemoGroup): string {
  const data = `data-bp-item-id="${group.id}" data-bp-item-component="groups"`
  const type = `${group.status === 'public' ? 'Public' : 'Private'} Group`
  const home = `<a href="${groupUrl(site, group)}home/" id="home">Home</a>`
  return `<div id="item-header" role="complementary" ${data} class="groups-header single-headers">
	<div id="item-header-content">
		<p class="highlight group-status"><strong>${type}</strong></p>
		<p class="activity">${activeWords(site, group)}</p>
	</div>
	<div class="desc-wrap"><div class="group-description"><p>${escapeHtml(group.description)}</p></div></div>
</div>
<nav class="main-navs no-ajax bp-navs single-screen-navs horizontal groups-nav" id="object-nav" role="navigation">
	<ul id="group-primary-nav"><li id="home-groups-li" class="bp-groups-tab current selected">${home}</li></ul>
</nav>`
}

function activeWords(site: Site, group: DemoGroup): string {
  const time = unixOf(lastActive(site, group))
  return `Active <span data-livestamp="${livestamp(time)}">${timeSince(site.now - time)}</span>`
}

function groupEntry(site: Site, group: DemoGroup, index: number): string {
  const stripe = index % 2 === 0 ? 'odd' : 'even'
  const classes = `item-entry ${stripe} bp-group-status-${group.status} ${group.status} group-no-avatar`
  const type = `${group.status === 'public' ? 'Public' : 'Private'} Group`
  const link = `<a href="${groupUrl(site, group)}" class="bp-group-home-link ${group.slug}-home-link">`
  return `
			<li class="${classes}" data-bp-item-id="${group.id}" data-bp-item-component="groups">
				<div class="list-wrap"><div class="item"><div class="item-block">
					<h2 class="list-title groups-title">${link}${escapeHtml(group.name)}</a></h2>
					<p class="item-meta group-details">${type} / ${memberCount(site, group)} members</p>
					<p class="last-activity item-meta">${activeWords(site, group)}</p>
				</div>
				<div class="group-desc"><p>${escapeHtml(group.description)}</p></div>
				</div></div>
			</li>`
}

export function groupsContents(site: Site, page: GroupsPage): string {
  if (page.groups.length === 0) return `\n\n\n\t${feedback('info', 'Sorry, there were no groups found.')}\n\n`
  const entries = page.groups.map((group, index) => groupEntry(site, group, index))
  return `
	<div class="bp-pagination top" data-bp-pagination="grpage">
		<div class="pag-count top"><p class="pag-data">${viewing(page)}</p></div>${pageLinks(site, page)}
	</div>
	<ul id="groups-list" class="item-list groups-list bp-list">${entries.join('')}
	</ul>`
}

function pageLinks(site: Site, page: GroupsPage): string {
  if (page.number * GROUP_PAGE_SIZE >= page.total) return ''
  const link = `<a class="next page-numbers" href="${site.url}groups/?grpage=${page.number + 1}">&rarr;</a>`
  return `<div class="bp-pagination-links top"><p class="pag-data">${link}</p></div>`
}

export const groupsLoader = `<div id="groups-dir-list" class="groups dir-list" data-bp-list="groups">
	<div id="bp-ajax-loader">${feedback('loading', 'Loading the groups of the community. Please wait.')}</div>
</div>`

export function feedback(type: 'info' | 'loading', words: string): string {
  const icon = '<span class="bp-icon" aria-hidden="true"></span>'
  return `<aside class="bp-feedback bp-messages ${type}">\n\t${icon}\n\t<p>${words}</p>\n\n\t</aside>\n`
}
