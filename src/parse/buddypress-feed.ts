import { type CheerioAPI, load } from 'cheerio/slim'
import type { Element } from 'domhandler'
import { activityIdOf, bareUrl, isPermalink } from '../model/addresses.js'
import type { Capture } from '../model/capture.js'
import type { FeedSample, Page, ReplyCount } from '../model/page.js'
import { resolveUrl } from '../model/urls.js'
import { textOfCapture } from './document/charset.js'
import { siteUrlBy } from './document/site.js'
import { wallByStatus } from './document/walls.js'
import { blankPage } from './page.js'
import type { Parser } from './parser.js'

/**
 * The RSS feed of a group or site (bp-activity/classes/class-bp-activity-feed.php). Its texts are shortened and its dates are off by
 * the site's time zone, so only the number of replies of each thread, at all depths (`slash:comments`), is stored. The posts are read to compare those of pages with.
 */
export const buddypressFeed: Parser = {
  name: 'buddypress-feed',
  accepts: ({ request }) => !request.form && /\/feed\/?$/.test(new URL(request.url).pathname),
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
  if (!/<\/rss>\s*$/i.test(text)) return { ...page, wall: { kind: 'error', seen: 'a feed that is cut off' } }
  const $ = load(text, { xml: true })
  const items = $('channel > item').toArray()
  const isEmpty = items.length === 0
  return {
    ...page,
    about: { kind: 'stream' },
    counts: countsIn($, items, page.url),
    samples: samplesIn($, items, page.url),
    provenEmpty: isEmpty,
    more: !isEmpty,
  }
}

function countsIn($: CheerioAPI, items: readonly Element[], base: string): ReplyCount[] {
  return items.flatMap(item => {
    const id = idOf($, item, base)
    const replies = $(item).children('slash\\:comments').first().text().trim()
    return id !== null && /^\d+$/.test(replies) ? [{ id, replies: Number(replies) }] : []
  })
}

function samplesIn($: CheerioAPI, items: readonly Element[], base: string): FeedSample[] {
  return items.flatMap(item => {
    const id = idOf($, item, base)
    const html = $(item).children('content\\:encoded').first().text()
    return id === null ? [] : [{ id, title: $(item).children('title').first().text().trim(), text: plainText(html) }]
  })
}

/** The id of the post. Items of forums and blogs link to other pages. */
function idOf($: CheerioAPI, item: Element, base: string): string | null {
  const url = resolveUrl($(item).children('link').first().text(), base)
  return url && isPermalink(url) ? activityIdOf(url) : null
}

function plainText(html: string): string {
  const $ = load(html, null, false)
  $('.activity-read-more').remove()
  return $.root().text().trim()
}
