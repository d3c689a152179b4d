import { sqlDate, unixOf } from '../clock.js'
import type { DemoPost } from '../community.js'
import { age, NONCES, permalink, type Site } from '../site.js'
import type { Stream, StreamKind, StreamPage } from '../streams.js'
import { phpJson } from './escape.js'
import { feedback, groupHeader, groupsContents, groupsLoader } from './groups-nouveau.js'
import { authorName, authorUrl, avatar, header, itemClasses, text } from './markup.js'
import { NOTHING, type Pack, PRIVATE_NOTICE } from './pack.js'

/** The Nouveau pack of BuddyPress 14: pages hold a loader, the items come by admin-ajax. */

function item(site: Site, post: DemoPost, kind: StreamKind): string {
  const data = `data-bp-activity-id="${post.id}" data-bp-timestamp="${unixOf(post.date)}"`
  const label = { of: 'activity', label: 'Read more' } as const
  const inner = post.html === '' ? '' : `<div class="activity-inner">\n\n${text(site, post, kind, label)}\n\t\t\t</div>`
  return `
<li class="${itemClasses(site, post, kind)}" id="activity-${post.id}" ${data}>
	<div class="activity-avatar item-avatar">
		<a href="${authorUrl(site, post.memberId)}">
			${avatar(site, post.memberId, 150)}
		</a>
	</div>
	<div class="activity-content">
		<div class="activity-header">
			${header(site, post, kind)}
		</div>
			${inner}
		${conversation(site, post)}
	</div>
	${comments(site, post, kind)}
</li>
`
}

function conversation(site: Site, post: DemoPost): string {
  if (post.parentId === null) return ''
  const classes = 'class="button view bp-secondary-action bp-tooltip" data-bp-tooltip="View Conversation"'
  const link = `<a ${classes} href="${permalink(site, post)}" role="button">`
  const words = '<span class="bp-screen-reader-text">View Conversation</span>'
  return `<div class=" activity-meta action"><div class="generic-button">${link}${words}</a></div> </div>`
}

function comments(site: Site, post: DemoPost, kind: StreamKind): string {
  const list = commentList(site, post, kind)
  return list === '' ? '' : `<div class="activity-comments">\n\n\t\t\t${list}\n\t\t</div>`
}

function commentList(site: Site, post: DemoPost, kind: StreamKind): string {
  const replies = site.view.replies(post)
  return replies.length === 0 ? '' : `<ul>${replies.map(reply => comment(site, reply, kind)).join('')}</ul>`
}

function comment(site: Site, post: DemoPost, kind: StreamKind): string {
  const url = authorUrl(site, post.memberId)
  return `
<li id="acomment-${post.id}" class="comment-item" data-bp-activity-comment-id="${post.id}">
	<div class="acomment-avatar item-avatar">
		<a href="${url}">
			${avatar(site, post.memberId, 50)}		</a>
	</div>
	<div class="acomment-meta">
		<a href="${url}">${authorName(site, post.memberId)}</a> replied ${commentDate(site, post)}
	</div>
	<div class="acomment-content">${text(site, post, kind, { of: 'acomment', label: 'Read more' })}</div>
	${commentList(site, post, kind)}
	</li>
`
}

function commentDate(site: Site, post: DemoPost): string {
  const unix = unixOf(post.date)
  const dates = `datetime="${sqlDate(unix)}" data-bp-timestamp="${unix}"`
  const date = `<time class="time-since" ${dates}>${age(site, post)}</time>`
  return `<a href="${permalink(site, post)}" class="activity-time-since">${date}</a>`
}

/** Later pages are appended to the list of the first one, so they come without it. */
function contents(site: Site, page: StreamPage): string {
  if (page.posts.length === 0) return `\n\n\t\t${feedback('info', NOTHING)}\n\n`
  const items = page.posts.map(post => item(site, post, page.stream.kind)).join('')
  const href = `${site.url}${page.stream.path}${page.next}`
  const more = `\n\t\t<li class="load-more">\n\t\t\t<a href="${href}">Load More</a>\n\t\t</li>\n`
  const all = page.next === null ? items : items + more
  return page.number > 1 ? all : `\n\n\t\t\t<ul class="activity-list item-list bp-list">${all}</ul>\n`
}

const LOADING = {
  group: 'Loading the group updates. Please wait.',
  member: 'Loading the member&#8217;s updates. Please wait.',
  site: 'Loading the community updates. Please wait.',
  single: 'Loading the update. Please wait.',
} as const

function streamBox(_site: Site, page: StreamPage): string {
  const { kind, posts } = page.stream
  const loading = feedback('loading', LOADING[kind])
  if (kind === 'single') {
    const list = 'id="activity-stream" class="activity-list item-list bp-list" data-bp-list="activity"'
    const loader = `<li id="bp-ajax-loader">${loading}</li>`
    return `<div class="activity" data-bp-single="${posts[0]?.id}">\n<ul ${list}>${loader}</ul>\n</div>`
  }
  const classes = { group: 'activity single-group', member: 'activity single-user', site: 'activity' }[kind]
  const loader = `<div id="${kind === 'group' ? 'bp-activity-ajax-loader' : 'bp-ajax-loader'}">${loading}</div>`
  return `<div id="activity-stream" class="${classes}" data-bp-list="activity">\n\t${loader}\n</div>`
}

function scripts(site: Site, stream: Stream | null): string {
  const settings = {
    ajaxurl: `${site.url}wp-admin/admin-ajax.php`,
    confirm: 'Are you sure?',
    show_x_comments: 'Show all %d comments',
    object_nav_parent: '#buddypress',
    objects: ['activity', 'members', 'groups', 'xprofile', 'friends', 'settings'],
    nonces: NONCES,
    ...(stream ? { activity: { params: { user_id: 0, object: stream.kind === 'group' ? 'group' : 'user' } } } : {}),
  }
  return `<script id="bp-nouveau-js-extra">\nvar BP_Nouveau = ${phpJson(settings)};\n</script>`
}

export const nouveau: Pack = {
  wrapper: 'id="buddypress" class="buddypress-wrap bp-dir-hori-nav alignwide"',
  item,
  contents,
  streamBox,
  groupHeader,
  groupsContents,
  groupsBox: () => groupsLoader,
  privateNotice: () => `<div id="message" class="info">\n\t<p>${PRIVATE_NOTICE}</p>\n</div>`,
  scripts,
}
