import { activityIdOf, ancestors, isPermalink, segments } from '../model/addresses.js'
import type { Group, Member, Post, When } from '../model/discussion.js'
import { exactly, instant, UNKNOWN_WHEN } from '../model/time.js'
import { resolveUrl } from '../model/urls.js'
import { parseMarkup } from './document/dom.js'
import { mayBeCut } from './document/excerpts.js'
import type { FeedItem } from './feed-items.js'
import { readBody } from './items/body.js'
import { legacy } from './templates/legacy.js'
import { memberNamed } from './text/people.js'
import { noticeTypeOf, sentenceOf } from './text/phrases.js'

/** Addresses of a feed and of its site, to which those in posts are relative, as on all other routes. */
interface FeedUrls {
  feed: string
  site: string
}

/**
 * The opening posts of a feed. A feed gives no replies, no ids of members, and shortened texts: it is the last resort where nothing else of a
 * group can be read.
 */
export function feedPosts(items: readonly FeedItem[], { feed, site }: FeedUrls): Post[] {
  const group = groupOf(feed)
  return items.flatMap(item => {
    const url = resolveUrl(item.link, feed)
    // In the feed of a member, replies link to their place in the thread.
    const id = url && isPermalink(url) && !/#acomment-/.test(url) ? activityIdOf(url) : null
    return url && id !== null ? [postOf(item, { id, url, group, site })] : []
  })
}

function postOf(
  item: FeedItem,
  { id, url, group, site }: { id: string; url: string; group: Group | undefined; site: string },
): Post {
  const markup = parseMarkup(item.body)
  const body = readBody(markup.root, markup.source, site, legacy.item)
  const { title } = item
  // A notice has no text of its own: who writes like one has posted an update.
  const type = (body.text === '' && noticeTypeOf(title.trim())) || 'activity_update'
  return {
    ...{ id, threadId: id, parentId: null, type, group },
    author: authorIn(title),
    when: whenIn(item.date),
    ...body,
    truncated: body.truncated || mayBeCut(body),
    edited: false,
    url,
  }
}

/** `/groups/SLUG/feed/`; undefined: the feed of a site or a member, whose items name their groups in words only. */
function groupOf(feed: string): Group | undefined {
  const parts = segments(feed)
  const at = parts.lastIndexOf('feed')
  const slug = parts[at - 1]
  if (at < 2 || slug === undefined || parts[at - 2] === undefined || ACTIVITY_FEED.test(parts.join('/')))
    return undefined
  const url = ancestors(feed).at(-2) ?? feed
  return { id: null, slug, name: null, url, status: null, description: null }
}

const ACTIVITY_FEED = /(^|\/)(members\/|[^/]+\/(mentions|favorites|friends|groups)\/feed$|activity\/feed$)/

/** The author in "Ann posted an update in the group Gardeners: …". Null: the sentence is in a language without a table, or of another kind. */
export function authorIn(title: string): Member | null {
  const parts = title.trim().split(/(?<=:) /)
  for (let count = 1; count <= Math.min(parts.length, MOST_COLONS); count++) {
    const sentence = sentenceOf(parts.slice(0, count).join(' ').replace(/:$/, ''))
    if (sentence) return memberNamed(sentence.author, null)
  }
  return null
}

/** Names of members and groups have colons, too. */
const MOST_COLONS = 4

/**
 * BuddyPress prints the UTC clock with the offset of the site (class-bp-activity-feed.php), other software the local clock: with an offset,
 * the date is one of both, or between them.
 */
export function whenIn(pubDate: string): When {
  const said = Date.parse(pubDate)
  if (Number.isNaN(said)) return UNKNOWN_WHEN
  const [, sign, hours = '0', minutes = '0'] = /([+-])(\d\d):?(\d\d)\s*$/.exec(pubDate.trim()) ?? []
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60 : 60)
  const times = [said / 1000, said / 1000 + offset].sort((a, b) => a - b).map(instant)
  const [from = null, to = null] = times
  return from !== null && from === to ? exactly(from) : { from, to }
}
