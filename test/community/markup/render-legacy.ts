import type { DemoPost } from '../community.js'
import { age, permalink, type Site } from '../site.js'
import type { StreamKind, StreamPage } from '../streams.js'
import { fakeLivestamp } from './fake-livestamp.js'
import { groupHeader, groupsContents, message } from './groups-legacy.js'
import { authorName, authorUrl, avatar, header, itemClasses, text } from './markup.js'
import { NOTHING, type Pack, PRIVATE_NOTICE } from './pack.js'

/** The Legacy pack of BuddyPress 14: everything is in the page. */

function item(site: Site, post: DemoPost, kind: StreamKind): string {
  const label = { of: 'activity', label: '[Read more]' } as const
  const inner = post.html === '' ? '' : `<div class="activity-inner">\n\n${text(site, post, kind, label)}\n\t\t\t</div>`
  return `
<li class="${itemClasses(site, post, kind)}" id="activity-${post.id}">
	<div class="activity-avatar">
		<a href="${authorUrl(site, post.memberId)}">
			${avatar(site, post.memberId, kind === 'single' ? 150 : 50)}
		</a>
	</div>
	<div class="activity-content">
		<div class="activity-header">
			${header(site, post, kind)}
		</div>
			${inner}
		<div class="activity-meta">${conversation(site, post)}</div>
	</div>
		<div class="activity-comments">
			${comments(site, post, kind)}
		</div>
</li>
`
}

function conversation(site: Site, post: DemoPost): string {
  if (post.parentId === null) return ''
  return `<a href="${permalink(site, post)}" class="button view bp-secondary-action">View Conversation</a>`
}

function comments(site: Site, post: DemoPost, kind: StreamKind): string {
  const replies = site.view.replies(post)
  return replies.length === 0 ? '' : `<ul>${replies.map(reply => comment(site, reply, kind)).join('')}</ul>`
}

function comment(site: Site, post: DemoPost, kind: StreamKind): string {
  const url = authorUrl(site, post.memberId)
  return `
<li id="acomment-${post.id}">
	<div class="acomment-avatar">
		<a href="${url}">
			${avatar(site, post.memberId, 50)}		</a>
	</div>
	<div class="acomment-meta">
		<a href="${url}">${authorName(site, post.memberId)}</a> replied ${commentDate(site, post)}	</div>
	<div class="acomment-content">${text(site, post, kind, { of: 'acomment', label: '[Read more]' })}</div>
	<div class="acomment-options"></div>
	${comments(site, post, kind)}
	</li>
`
}

function commentDate(site: Site, post: DemoPost): string {
  const words = age(site, post)
  const date = `<span class="time-since" data-livestamp="${fakeLivestamp(words, site.now)}">${words}</span>`
  return `<a href="${permalink(site, post)}" class="activity-time-since">${date}</a>`
}

function contents(site: Site, page: StreamPage): string {
  if (page.posts.length === 0) return `\n\n\t${message(NOTHING)}\n\n`
  const items = page.posts.map(post => item(site, post, page.stream.kind))
  if (page.next === null) return items.join('')
  const href = `${site.url}${page.stream.path}${page.next}`
  return `${items.join('')}\n\t\t<li class="load-more">\n\t\t\t<a href="${href}">Load More</a>\n\t\t</li>\n`
}

function streamBox(site: Site, page: StreamPage): string {
  const list = `<ul id="activity-stream" class="activity-list item-list">${contents(site, page)}</ul>`
  if (page.stream.kind === 'single') return `<div class="activity no-ajax">\n\t${list}\n</div>`
  const classes = page.stream.kind === 'group' ? 'activity single-group' : 'activity'
  const inside = page.posts.length === 0 ? contents(site, page) : list
  return `<div class="${classes}" aria-live="polite" aria-atomic="true" aria-relevant="all">\n\t${inside}\n</div>`
}

export const legacy: Pack = {
  wrapper: 'id="buddypress"',
  item,
  contents,
  streamBox,
  groupHeader,
  groupsContents,
  groupsBox: (site, page) => `<div id="groups-dir-list" class="groups dir-list">${groupsContents(site, page)}</div>`,
  privateNotice: () => message(PRIVATE_NOTICE),
  scripts: site => `<script type="text/javascript">var ajaxurl = '${site.url}wp-admin/admin-ajax.php';</script>`,
}
