import type { Element } from 'domhandler'
import { segments } from '../../model/addresses.js'
import type { Capture } from '../../model/capture.js'
import type { Post } from '../../model/discussion.js'
import { forumId } from '../../model/forum/posts.js'
import type { Page, ThreadView, Wall } from '../../model/page.js'
import { classes, elementsBelow, every, first, lineOf, matches } from '../document/dom.js'
import { plainUrl, resolveUrl } from '../document/links.js'
import { find, type Survey } from '../document/survey.js'
import { NO_ITEMS, renderTimeOf } from '../page.js'
import { type DateForm, orderOfFormat } from './dates/local-date.js'
import { type ForumEntry, forumEntries, isThreaded } from './entries.js'
import { type Counted, countedBy, forumLinks, hasLaterPage, nextPageUrl, numberIn, topicRows } from './lists.js'
import { type TopicContext, topicPosts } from './topic-posts.js'

const FRAME = '#bbpress-forums'

/** True if bbPress has made the content of the page. */
export const isForumPage = (page: Survey): boolean => find(page, FRAME) !== undefined

/** A page of bbPress, in a group or on a site: a topic, or a list of topics or forums. `page`: what its frame shows. */
export function readForumPage(page: Page, surveyed: Survey, capture: Capture): Page {
  const { outside } = surveyed
  const entries = forumEntries(outside)
  if (entries.length > 0) return topicPage(page, surveyed, entries, capture)
  const topics = topicRows(outside, page.url)
  const forums = forumLinks(outside, page.url)
  const counted = countedBy(outside)
  const topic = topicNumber(surveyed, [])
  if (topics.length + forums.length === 0) {
    const wall = wallOf(page, surveyed, topic)
    if (wall) return { ...page, ...NO_ITEMS, wall }
  }
  // A page behind the last one of a topic has its frame, and no replies.
  if (topic !== null && topics.length === 0)
    return { ...page, about: { kind: 'thread', id: forumId(topic) }, template: 'bbpress', provenEmpty: true }
  return {
    ...page,
    about: { kind: 'forum' },
    template: 'bbpress',
    provenEmpty: topics.length + forums.length === 0,
    more: isMore(outside, counted),
    forum: { topics, forums, next: nextPageUrl(outside, page.url) },
    ...(counted && { total: counted.total - (counted.first === 1 ? topics.filter(row => row.isSticky).length : 0) }),
  }
}

/** The pager counts rows; without its numbers its links say whether there is a later page. */
const isMore = (elements: readonly Element[], counted: Counted | null): boolean =>
  hasLaterPage(elements) || (counted?.last != null && counted.last < counted.total)

function topicPage(page: Page, surveyed: Survey, entries: readonly ForumEntry[], capture: Capture): Page {
  const { outside, markup } = surveyed
  const number = topicNumber(surveyed, entries)
  if (number === null) return { ...page, ...NO_ITEMS, wall: { kind: 'unknown', seen: NO_NUMBER } }
  const context: TopicContext = {
    source: markup.source,
    url: page.url,
    siteUrl: page.site.url,
    group: page.group,
    renderTime: renderTimeOf(capture),
    form: dateFormOf(surveyed),
    topic: number,
    title: titleOf(page, surveyed),
    topicUrl: topicUrlOf(page, surveyed, entries),
  }
  const { posts, localTimes, undated, warnings } = topicPosts(entries, context)
  const counted = countedBy(outside)
  const view = viewOf(posts, forumId(number), surveyed, counted)
  return {
    ...page,
    about: { kind: 'thread', id: view.id },
    template: 'bbpress',
    posts,
    threads: [view],
    more: !isThreaded(outside) && isMore(outside, counted),
    forum: { topics: [], forums: [], next: nextPageUrl(outside, page.url) },
    localTimes,
    ...(counted?.first ? { firstPosition: counted.first - 1 } : {}),
    ...(undated.posts.length > 0 && {
      unreadDates: { ...undated, language: find(surveyed, 'html')?.attribs['lang'] },
    }),
    warnings,
    remarks: remarksOn(view, outside, context.topicUrl),
  }
}

const NO_NUMBER = 'a topic of a forum that does not show its own number'

/** The number of the topic: its list has it, and so have its replies. The topic itself shows that of its forum in their place. */
function topicNumber(surveyed: Survey, entries: readonly ForumEntry[]): string | null {
  const ids = surveyed.outside.flatMap(
    ({ attribs }) => /^(?:bbp-)?topic-(\d+)-(?:replies|lead)$/.exec(attribs['id'] ?? '')?.[1] ?? [],
  )
  const [reply] = entries.filter(entry => entry.classes.includes('type-reply'))
  const topic = entries.find(entry => entry.classes.includes('type-topic'))
  const ofReply = reply?.classes.map(name => /^bbp-parent-topic-(\d+)$/.exec(name)?.[1]).find(Boolean)
  const form = /^no-reply-(\d+)$/.exec(find(surveyed, '.bbp-no-reply')?.attribs['id'] ?? '')?.[1]
  const field = find(surveyed, 'input[name="bbp_topic_id"]')?.attribs['value']
  return ids[0] ?? topic?.id ?? ofReply ?? form ?? (/^[1-9]\d*$/.test(field ?? '') ? (field ?? null) : null)
}

/** In a group the heading is above the topic; on a page of its own it is that of the page. */
function titleOf(page: Page, surveyed: Survey): string | null {
  const headings = every(surveyed.outside, `${FRAME} > h1, ${FRAME} > h2, ${FRAME} > h3`)
  const own = first(surveyed.outside, '.bbp-topic-title-text, .bb-reply-topic-title')
  const current = find(surveyed, '.bbp-breadcrumb-current')
  const heading = page.group ? headings[0] : find(surveyed, '.entry-title, h1')
  return lineOf(own ?? heading ?? current ?? find(surveyed, '.entry-title')) || null
}

/** The address of the topic, by the permalinks of its posts or that of this page: without the number of the page. */
function topicUrlOf(page: Page, surveyed: Survey, entries: readonly ForumEntry[]): string {
  const links = entries.flatMap(({ own }) => resolveUrl(first(own, PERMALINK)?.attribs['href'], page.url) ?? [])
  const canonical = resolveUrl(find(surveyed, 'link[rel="canonical"]')?.attribs['href'], page.url)
  const url = plainUrl(links[0] ?? canonical ?? page.url)
  return url.replace(/\/page\/\d+\/?$/, '/')
}

const PERMALINK = 'a.bbp-reply-permalink, a.bbp-topic-permalink'

/**
 * The view of a topic. The pager counts what the page was made from: the posts of a flat topic, and the replies to the topic itself where
 * replies are nested, which are all on one page. What the description counts is a number of its own that may be out of date.
 */
function viewOf(posts: readonly Post[], id: string, { outside }: Survey, counted: Counted | null): ThreadView {
  const shown = posts.length
  const described = describedReplies(outside)
  const claimed = described === null ? null : described + 1
  if (isThreaded(outside)) {
    const direct = posts.filter(post => post.parentId === id).length
    return { id, shown, whole: true, claimed: counted?.total === direct ? shown : claimed }
  }
  const hasLead = first(outside, '.bbp-lead-topic') !== undefined
  const total = counted && counted.last !== null ? counted.total + Number(hasLead) : null
  return { id, shown, whole: total !== null && shown >= total, claimed: total ?? claimed }
}

/** "This topic has 2 replies, 2 voices": null, there is no such description. */
const describedReplies = (elements: readonly Element[]): number | null =>
  numberIn(lineOf(first(elements, '.bbp-topic-description')).normalize('NFKC'))

/** A sentence about a counter of the site that says more than its pages show. */
function remarksOn({ id, claimed }: ThreadView, elements: readonly Element[], url: string): string[] {
  const replies = describedReplies(elements)
  if (replies === null || claimed === null || replies < claimed) return []
  return [`Topic ${id} (${url}): the site counts ${replies} replies and shows ${claimed - 1}.`]
}

/** Notices about writing, and the one that describes a forum or a topic, are on pages with content, too. */
const BESIDE = '.bbp-no-topic *, .bbp-no-reply *, .bbp-topic-form *, .bbp-reply-form *, form *'

/** The wall of a page without topics, forums and posts; null: the list is empty. */
function wallOf({ group, url }: Page, surveyed: Survey, topic: string | null): Wall | null {
  const notices = every(surveyed.outside, '.bbp-template-notice').filter(
    notice => !matches(notice, BESIDE) && !elementsBelow(notice).some(part => matches(part, DESCRIPTION)),
  )
  const isPrivate = find(surveyed, '#forum-private, [id^="forum-private"], .bbp-forum-private') !== undefined
  if (isPrivate) return { kind: group ? 'private-group' : 'members-only', seen: PRIVATE }
  const names = classes(find(surveyed, 'body'))
  const isTopic = segments(url).includes('topic') || names.includes('single-topic')
  if (topic !== null) return null
  if (notices.length === 0)
    return { kind: 'unknown', seen: 'a page of a forum without topics that threadkeep can read' }
  return isTopic ? { kind: 'not-found', seen: 'a notice that there is no such topic' } : null
}

const PRIVATE = 'a notice that only its members may see the forum'

const DESCRIPTION = '.bbp-forum-description, .bbp-topic-description'

/** The language of a page, and its format of dates, which WordPress prints for the script of BuddyPress that writes dates. */
function dateFormOf(page: Survey): DateForm {
  const language = find(page, 'html')?.attribs['lang'] ?? ''
  return { language, order: orderOfFormat(formatIn(page) ?? '') }
}

/** `moment.updateLocale( 'en_US', {…"longDateFormat":{"LT":"g:i a",…,"LL":"F j, Y",…}} )`: LL is the format of dates, as PHP has it. */
function formatIn(page: Survey): string | null {
  for (const { children } of every(page.outside, 'script')) {
    const [text] = children
    const found =
      text && 'data' in text ? /"longDateFormat":\{[^{}]*"LL":"((?:[^"\\]|\\.)*)"/.exec(text.data)?.[1] : null
    if (found) return found.replace(/\\(.)/g, '$1')
  }
  return null
}
