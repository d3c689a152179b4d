import { type CheerioAPI, load } from 'cheerio/slim'
import type { Element } from 'domhandler'
import type { Capture } from '../model/capture.js'
import type { Page, ReplyCount } from '../model/page.js'
import { activityIdOf, isPermalink, resolveUrl, withoutQuery } from '../model/urls.js'
import { textOfCapture } from './document/charset.js'
import { siteUrlBy } from './document/site.js'
import { wallByStatus } from './document/walls.js'
import { blankPage } from './page.js'
import type { Parser } from './parser.js'

/**
 * RSS of a group or site (bp-activity/classes/class-bp-activity-feed.php). Its texts are shortened and its dates off by the site's
 * zone; what it alone tells cheaply is how many replies each thread has, at all depths (`slash:comments`).
 */
export const buddypressFeed: Parser = {
  name: 'buddypress-feed',
  accepts: ({ request }) => !request.form && /\/feed\/?$/.test(new URL(request.url).pathname),
  parse: readFeed,
}

function readFeed(capture: Capture): Page {
  const page = blankPage(withoutQuery(capture.url))
  page.site.url = capture.request.site ?? siteUrlBy(null, null, capture.url)
  if (capture.status === 304) return { ...page, unchanged: true }
  const wall = wallByStatus(capture)
  if (wall) return { ...page, wall }
  const text = textOfCapture(capture)
  if (!/<rss[\s>]/i.test(text.slice(0, 4096)))
    return { ...page, wall: { kind: 'elsewhere', seen: 'a page instead of a feed' } }
  if (!/<\/rss>\s*$/i.test(text)) return { ...page, wall: { kind: 'error', seen: 'half a feed' } }
  const $ = load(text, { xml: true })
  const items = $('channel > item').toArray()
  const isOver = items.length === 0
  return {
    ...page,
    about: { kind: 'stream' },
    counts: countsIn($, items, page.url),
    provenEmpty: isOver,
    more: !isOver,
  }
}

function countsIn($: CheerioAPI, items: readonly Element[], base: string): ReplyCount[] {
  return items.flatMap(item => {
    const url = resolveUrl($(item).children('link').first().text(), base)
    const replies = $(item).children('slash\\:comments').first().text().trim()
    // Items of forums and blogs link to elsewhere, and have no count of their own.
    const id = url && isPermalink(url) ? activityIdOf(url) : null
    return id !== null && /^\d+$/.test(replies) ? [{ id, replies: Number(replies) }] : []
  })
}
