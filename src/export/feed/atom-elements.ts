import type { StoredPost, StoredThread } from '../../model/archive.js'
import type { Instant } from '../../model/discussion.js'
import { isUnknownAddress } from '../../model/unknown-site.js'
import { tagUri } from '../identifiers.js'
import { isOpening } from '../record.js'
import { clockOf, type Telling } from '../words/clock.js'
import { authorName, groupName } from '../words/names.js'
import { threadTitle } from '../words/title.js'
import { element, textElement } from '../xml.js'
import { contentOf, linkTarget } from './content.js'
import type { FeedPost, NewestPosts } from './newest-posts.js'

const NAMESPACES = 'xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"'

/** What comes before the entries. The feed of one group or one site has its name and its address. */
export function feedHead(newest: NewestPosts): string {
  const { id, title, url } = feedOf(newest)
  const updated = newest.sorted().map(lastChange)
  const lines = [
    textElement('id', id),
    textElement('title', title),
    textElement('updated', updated.reduce(later, EPOCH)),
    textElement('generator', 'threadkeep'),
    ...alternate(url),
  ]
  return `<?xml version="1.0" encoding="utf-8"?>\n<feed ${NAMESPACES}>\n${lines.map(line => `  ${line}\n`).join('')}`
}

/** Of a feed without entries: Atom wants a date, and the clock of the machine would give another feed each time. */
const EPOCH = '1970-01-01T00:00:00Z'

function feedOf({ sites, groups }: NewestPosts): { id: string; title: string; url: string } {
  const [site = 'http://none.invalid/'] = sites
  const [group = null] = groups.size === 1 ? groups.values() : []
  if (group) return { id: tagUri(site, 'group', group.slug), title: groupName(group), url: group.url }
  if (sites.size === 1 && !isUnknownAddress(site))
    return { id: tagUri(site, 'feed', 'newest'), title: new URL(site).host, url: site }
  return { id: tagUri('http://threadkeep.invalid/', 'feed', 'newest'), title: 'Newest posts', url: '' }
}

export function entryOf(placed: FeedPost, telling: Telling): string {
  const { node, thread, date } = placed
  const { post } = node
  const title = threadTitle(thread, clockOf([thread], telling))
  const isReply = !isOpening(node, thread)
  const lines = [
    textElement('id', tagUri(thread.site, 'post', post.id)),
    textElement('title', isReply ? `Re: ${title}` : title),
    textElement('published', date),
    textElement('updated', lastChange(placed)),
    authorOf(post),
    ...alternate(post.url),
    ...categories(post, thread),
    ...(isReply ? [inReplyTo(placed)] : []),
    textElement('content', contentOf(post), { type: 'html' }),
  ]
  return `  <entry>\n${lines.map(line => `    ${line}\n`).join('')}  </entry>\n`
}

function authorOf(post: StoredPost): string {
  const url = linkTarget(post.author?.url ?? null)
  const name = textElement('name', authorName(post))
  return element('author', {}, name, ...(url === null || post.forgotten ? [] : [textElement('uri', url)]))
}

/** The group, and what a reader must know of the post. */
const categories = (post: StoredPost, { group }: StoredThread): string[] => [
  ...(group ? [element('category', { term: group.slug, label: groupName(group) })] : []),
  ...(post.status === 'gone' ? [element('category', { term: 'gone', label: 'no longer on the site' })] : []),
]

function inReplyTo({ node: { post }, thread, parentUrl }: FeedPost): string {
  const href = linkTarget(parentUrl)
  const ref = tagUri(thread.site, 'post', post.parentId ?? thread.id)
  return element('thr:in-reply-to', { ref, href, type: href === null ? null : 'text/html' })
}

function alternate(url: string): string[] {
  const href = linkTarget(url)
  return href === null ? [] : [element('link', { rel: 'alternate', type: 'text/html', href })]
}

/** The date of the post, or by when it was edited. */
const lastChange = ({ node: { post }, date }: FeedPost): Instant => later(date, post.editedBy ?? date)

const later = (a: Instant, b: Instant): Instant => (b > a ? b : a)
