import { createHash } from 'node:crypto'
import type { Answer } from './answer.js'
import { feedDate, unixOf } from './clock.js'
import type { DemoGroup, DemoPost } from './community.js'
import { escapeHtml } from './escape.js'
import { sentence, text } from './markup.js'
import { groupUrl, permalink, type Site } from './site.js'

const ITEMS = 50

export function groupFeed(site: Site, group: DemoGroup): Answer {
  const title = `${escapeHtml(site.community.name)} | ${escapeHtml(group.name)} | Activity`
  return feed(site, title, groupUrl(site, group), site.view.threads(group.slug))
}

export const siteFeed = (site: Site): Answer =>
  feed(site, `${escapeHtml(site.community.name)} | Site-Wide Activity`, `${site.url}activity/`, site.view.siteStream())

function feed(site: Site, title: string, link: string, posts: readonly DemoPost[]): Answer {
  const items = posts.slice(0, ITEMS).map(post => item(site, post))
  const namespaces = [
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"',
    'xmlns:atom="http://www.w3.org/2005/Atom"',
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/"',
  ]
  const body = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" ${namespaces.join(' ')}>
<channel>
	<title>${title}</title>
	<link>${link}</link>
	<atom:link href="${link}feed/" rel="self" type="application/rss+xml" />
	<lastBuildDate>${feedDate(site.now)}</lastBuildDate>
	<generator>https://buddypress.org/?v=</generator>
	<language>en-US</language>
	<ttl>30</ttl>
${items.join('')}
</channel>
</rss>
`
  return { status: 200, headers: { 'Content-Type': 'text/xml; charset=UTF-8' }, body }
}

/** Texts are shortened here, too, and replies only counted. */
function item(site: Site, post: DemoPost): string {
  const body = text(site, post, 'site', { of: 'activity', label: '[Read more]' })
  return `	<item>
		<guid isPermaLink="false">${createHash('md5').update(`${site.url}${post.id}`).digest('hex')}</guid>
		<title>${sentence(site, post)
      .replace(/<[^>]*>/g, '')
      .trim()}</title>
		<link>${permalink(site, post)}</link>
		<pubDate>${feedDate(unixOf(post.date))}</pubDate>
		<content:encoded><![CDATA[${body.replaceAll(']]>', ']]&gt;')}]]></content:encoded>
		<slash:comments>${countReplies(site, post)}</slash:comments>
	</item>
`
}

function countReplies(site: Site, post: DemoPost): number {
  return site.view.replies(post).reduce((count, reply) => count + 1 + countReplies(site, reply), 0)
}
