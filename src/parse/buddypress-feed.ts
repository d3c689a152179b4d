import { activityIdOf, ancestors, bareUrl, isWithin } from '../model/addresses.js'
import type { Capture } from '../model/capture.js'
import { isFeed } from '../model/directories.js'
import { withoutNul } from '../model/markup/storable-text.js'
import type { FeedSample, Page, ReplyCount, Wall } from '../model/page.js'
import { resolveUrl } from '../model/urls.js'
import { textOfCapture } from './document/charset.js'
import { matches, parseMarkup, rawTextOf } from './document/dom.js'
import { siteUrlBy } from './document/site.js'
import { wallByStatus } from './document/walls.js'
import { type FeedItem, readFeedText } from './feed-items.js'
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
  const feed = readFeedText(withoutNul(textOfCapture(capture)))
  if ('seen' in feed) return { ...page, wall: feed }
  const { items } = feed
  const isEmpty = items.length === 0
  const samples = samplesIn(items, page.url)
  if (!isEmpty && samples.length === 0 && isOfOther(feed.page, page.url)) return { ...page, wall: OTHER_FEED }
  return {
    ...page,
    about: { kind: 'stream' },
    counts: countsIn(items, page.url),
    samples,
    template: isEmpty ? null : 'feed',
    posts: feedPosts(items, { feed: page.url, site: page.site.url }),
    provenEmpty: isEmpty,
    more: !isEmpty,
  }
}

/** Without feeds of BuddyPress, WordPress sends that of its blog in place of each. */
const OTHER_FEED: Wall = { kind: 'elsewhere', seen: 'the feed of something else' }

/** The page of a feed is above it, or on a tab beside it. */
function isOfOther(named: string, feed: string): boolean {
  const home = ancestors(feed).at(-2)
  const page = resolveUrl(named, feed)
  return home !== undefined && page !== null && named !== '' && !isWithin(page, home)
}

function countsIn(items: readonly FeedItem[], base: string): ReplyCount[] {
  return items.flatMap(item => {
    const post = postIn(item, base)
    return post && /^\d+$/.test(item.replies) ? [{ id: post.id, replies: Number(item.replies) }] : []
  })
}

function samplesIn(items: readonly FeedItem[], base: string): FeedSample[] {
  return items.flatMap(item => {
    const post = postIn(item, base)
    if (!post) return []
    const { title, body, date } = item
    return [{ ...post, when: whenIn(date), title, author: authorIn(title)?.name ?? null, text: plainText(body) }]
  })
}

/** The post of an item. Null: items of forums and blogs link to other pages. */
function postIn({ link }: FeedItem, base: string): { id: string; url: string } | null {
  const url = resolveUrl(link, base)
  const id = url && activityIdOf(url)
  return url && id !== null ? { id, url } : null
}

const plainText = (html: string): string =>
  rawTextOf(parseMarkup(html).root, element => !matches(element, BESIDE)).trim()

/** What BuddyBoss prints behind the words of a member: cards of links, pictures. */
const BESIDE = `.activity-read-more, ${buddyboss.item.media}`
