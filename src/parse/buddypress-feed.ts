import { type Element, isTag, isText } from 'domhandler'
import { activityIdOf, bareUrl, isFeed } from '../model/addresses.js'
import type { Capture } from '../model/capture.js'
import type { FeedSample, Page, ReplyCount } from '../model/page.js'
import { resolveUrl } from '../model/urls.js'
import { textOfCapture } from './document/charset.js'
import { elementsBelow, matches, parseMarkup, rawTextOf } from './document/dom.js'
import { siteUrlBy } from './document/site.js'
import { buildXmlTree } from './document/tree-builder.js'
import { wallByStatus } from './document/walls.js'
import { authorIn, feedPosts, whenIn } from './feed-posts.js'
import { blankPage } from './page.js'
import type { Parser } from './parser.js'
import { buddyboss } from './templates/buddyboss.js'

/**
 * The RSS feed of a group or site (bp-activity/classes/class-bp-activity-feed.php): the number of replies of each thread, at all depths
 * (`slash:comments`), and the opening posts. Its texts are shortened and its dates are off by the site's time zone, so that its posts are
 * stored only where nothing else can be read; elsewhere they are compared with those of pages.
 */
export const buddypressFeed: Parser = {
  name: 'buddypress-feed',
  accepts: ({ request }) => !request.form && isFeed(request.url),
  parse: readFeed,
}

function readFeed(capture: Capture): Page {
  const page = blankPage(bareUrl(capture.url))
  page.site.url = capture.request.site ?? siteUrlBy(null, null, capture.url)
  if (capture.status === 304) return { ...page, unchanged: true }
  const wall = wallByStatus(capture)
  if (wall) return { ...page, wall }
  const text = textOfCapture(capture)
  if (!/<rss[\s>]/i.test(text.slice(0, 4096)))
    return { ...page, wall: { kind: 'elsewhere', seen: 'a page instead of a feed' } }
  // Caches write a comment behind the end.
  if (!/<\/rss>\s*(?:<!--[\s\S]*)?$/i.test(text))
    return { ...page, wall: { kind: 'error', seen: 'a feed that is cut off' } }
  const items = elementsBelow(buildXmlTree(text)).filter(isItem)
  const isEmpty = items.length === 0
  return {
    ...page,
    about: { kind: 'stream' },
    counts: countsIn(items, page.url),
    samples: samplesIn(items, page.url),
    template: isEmpty ? null : 'feed',
    posts: feedPosts(items, { feed: page.url, site: page.site.url }, fieldOf),
    provenEmpty: isEmpty,
    more: !isEmpty,
  }
}

const isItem = ({ name, parent }: Element): boolean =>
  name === 'item' && parent !== null && isTag(parent) && parent.name === 'channel'

function countsIn(items: readonly Element[], base: string): ReplyCount[] {
  return items.flatMap(item => {
    const post = postIn(item, base)
    const replies = fieldOf(item, 'slash:comments').trim()
    return post && /^\d+$/.test(replies) ? [{ id: post.id, replies: Number(replies) }] : []
  })
}

function samplesIn(items: readonly Element[], base: string): FeedSample[] {
  return items.flatMap(item => {
    const post = postIn(item, base)
    if (!post) return []
    const title = fieldOf(item, 'title').trim()
    const text = plainText(fieldOf(item, 'content:encoded'))
    return [{ ...post, when: whenIn(fieldOf(item, 'pubDate')), title, author: authorIn(title)?.name ?? null, text }]
  })
}

/** The words directly in a field of an item: fields hold no elements, and a search below each would take quadratic time in nested ones. */
function fieldOf({ children }: Element, name: string): string {
  const field = children.find(child => isTag(child) && child.name === name)
  const words = field && isTag(field) ? field.children.filter(isText) : []
  return words.map(({ data }) => data).join('')
}

/** The post of an item. Null: items of forums and blogs link to other pages. */
function postIn(item: Element, base: string): { id: string; url: string } | null {
  const url = resolveUrl(fieldOf(item, 'link'), base)
  const id = url && activityIdOf(url)
  return url && id !== null ? { id, url } : null
}

const plainText = (html: string): string =>
  rawTextOf(parseMarkup(html).root, element => !matches(element, BESIDE)).trim()

/** What BuddyBoss prints behind the words of a member: cards of links, pictures. */
const BESIDE = `.activity-read-more, ${buddyboss.item.media}`
