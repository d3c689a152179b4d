import { createHash } from 'node:crypto'
import type { Answer } from './answer.js'
import { feedDate, unixOf } from './clock.js'
import type { DemoGroup, DemoPost } from './community.js'
import { escapeHtml } from './markup/escape.js'
import { sentence, text } from './markup/markup.js'
import { groupUrl, permalink, type Site } from './site.js'
import { pageNumber } from './streams.js'

const ITEMS = 50

export function groupFeed(site: Site, group: DemoGroup, request: FeedRequest): Answer {
  const title = `${escapeHtml(site.community.name)} | ${escapeHtml(group.name)} | Activity`
  return unlessKnown(site, request, () => {
    const posts = pageOf(site.view.threads(group.slug), request.query)
    return feed(site, title, groupUrl(site, group), posts)
  })
}

export function siteFeed(site: Site, request: FeedRequest): Answer {
  const title = `${escapeHtml(site.community.name)} | Site-Wide Activity`
  return unlessKnown(site, request, () => {
    return feed(site, title, `${site.url}activity/`, pageOf(site.view.siteStream(), request.query))
  })
}

export interface FeedRequest {
  query: URLSearchParams
  /** The validator that the caller has shown. */
  known: string | null
}

/** `acpage` and `num`, as the loop of every stream reads them. */
function pageOf(posts: readonly DemoPost[], query: URLSearchParams): readonly DemoPost[] {
  const size = pageNumber(query.get('num') ?? String(ITEMS))
  const page = pageNumber(query.get('acpage'))
  return posts.slice((page - 1) * size, page * size)
}

/** The date of the youngest item of the whole site stands for all feeds (bp_activity_get_last_updated). */
function unlessKnown(site: Site, { known }: FeedRequest, made: () => Answer): Answer {
  const youngest =
    site.community.posts
      .map(({ date }) => date)
      .toSorted()
      .at(-1) ?? ''
  const etag = `"${createHash('md5').update(youngest).digest('hex')}"`
  const headers = { ETag: etag, 'Last-Modified': feedDate(unixOf(youngest)) }
  if (known === etag) return { status: 304, headers, body: '' }
  const answer = made()
  return { ...answer, headers: { ...answer.headers, ...headers } }
}

function feed(site: Site, title: string, link: string, posts: readonly DemoPost[]): Answer {
  const items = posts.map(post => item(site, post))
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
