import type { Element } from 'domhandler'
import type { Group, Member, Post } from '../../model/discussion.js'
import { forumId } from '../../model/forum/posts.js'
import type { LocalRange } from '../../model/forum/site-zone.js'
import { isOverlong } from '../document/bounds.js'
import { classes, elementsBelow, every, first, lineOf, matches } from '../document/dom.js'
import { plainUrl, resolveUrl, slugOf } from '../document/links.js'
import { type Body, EMPTY_BODY, lengthOf, readBody } from '../items/body.js'
import type { RenderTime } from '../items/dates.js'
import { memberNamed } from '../text/people.js'
import { type DateForm, orderShown } from './dates/local-date.js'
import { type ForumDate, forumDate } from './dates/when.js'
import type { ForumEntry } from './entries.js'

/** The context in which the posts of a topic are read. */
export interface TopicContext {
  source: string
  /** Address of the page. */
  url: string
  siteUrl: string
  group: Group | null
  renderTime: RenderTime
  form: DateForm
  /** Number of the topic. */
  topic: string
  title: string | null
  /** Address of the topic. */
  topicUrl: string
}

interface TopicPosts {
  posts: Post[]
  /** Dates on the clock of the site, by the id of the post. */
  localTimes: Record<string, LocalRange>
  /** Ids of the posts without a date that can be read, and the words in place of the first one. */
  undated: { posts: string[]; words: string }
  warnings: string[]
}

/** What only moderators see: deleted, marked as spam, or not yet approved. */
const UNSEEN = ['status-trash', 'status-spam', 'status-pending']

/** The topic and its replies. What only moderators see is left out; replies to it belong to the next post above. */
export function topicPosts(entries: readonly ForumEntry[], context: TopicContext): TopicPosts {
  const parents = new Map(entries.map(({ id, parent }) => [id, parent]))
  const shown = entries.filter(entry => !UNSEEN.some(status => entry.classes.includes(status)))
  const known = new Set(shown.map(({ id }) => id))
  const words = shown.map(dateWords)
  const form = { ...context.form, order: context.form.order ?? orderShown(words) }
  const read: TopicPosts = { posts: [], localTimes: {}, undated: { posts: [], words: '' }, warnings: [] }
  for (const [at, entry] of shown.entries()) {
    const date = forumDate(words[at] ?? '', form, context.renderTime)
    addPost(entry, shownAbove(entry, parents, known), date, words[at] ?? '', context, read)
  }
  return read
}

function addPost(
  entry: ForumEntry,
  parent: string,
  date: ForumDate,
  words: string,
  context: TopicContext,
  read: TopicPosts,
): void {
  const id = forumId(entry.id)
  const text = first(entry.own, CONTENT)
  const isTopic = entry.id === context.topic
  const body = text ? bodyOf(text, context) : { ...EMPTY_BODY, truncated: true }
  if (!text) read.warnings.push(`Post ${id} of ${context.url} is not read whole: its text was not found.`)
  if (date.local) read.localTimes[id] = date.local
  if (date.when.from === null) read.undated.posts.push(id)
  if (date.when.from === null) read.undated.words ||= words.slice(0, 60)
  const permalink = resolveUrl(first(entry.own, PERMALINK)?.attribs['href'], context.url)
  read.posts.push({
    id,
    threadId: forumId(context.topic),
    parentId: isTopic ? null : forumId(parent === '' ? context.topic : parent),
    type: isTopic ? 'topic' : 'reply',
    group: context.group,
    author: authorOf(entry, context),
    when: date.when,
    ...body,
    edited: text !== undefined && elementsBelow(text).some(part => matches(part, LOG)),
    ...(isTopic && context.title !== null && { heading: context.title }),
    url: isTopic ? context.topicUrl : (permalink ?? `${context.topicUrl}#post-${entry.id}`),
  })
}

/** The nearest post above that is shown; empty: the topic itself. */
function shownAbove(
  { id, parent }: ForumEntry,
  parents: ReadonlyMap<string, string | null>,
  known: ReadonlySet<string>,
): string {
  // Broken markup may hold an element with the same number inside of itself.
  const passed = new Set([id])
  for (let at = parent; at !== null && !passed.has(at); at = parents.get(at) ?? null) {
    if (known.has(at)) return at
    passed.add(at)
  }
  return ''
}

const CONTENT = '.bbp-reply-content, .bbp-topic-content'
const PERMALINK = 'a.bbp-reply-permalink, a.bbp-topic-permalink'
const DATE = '.bbp-reply-post-date, .bbp-topic-post-date'
/** "This reply was modified 3 years ago by Ann": bbPress prints it inside the text. */
const LOG = '.bbp-reply-revision-log, .bbp-topic-revision-log'
const MEDIA = '.bbp-attachments, .bbp-attachments-wrapper, .forums-media-wrap, .bb-forums-media-wrap'

function bodyOf(element: Element, { source, siteUrl }: TopicContext): Body {
  if (isOverlong(lengthOf(element))) return { ...EMPTY_BODY, truncated: true }
  const logs = every(elementsBelow(element), LOG)
  return readBody(element, source, siteUrl, { readMore: NEVER, media: MEDIA }, logs)
}

/** bbPress never shortens a text. */
const NEVER = '.threadkeep-never'

/** The words of the date; before 2.1 the header holds nothing else but links. */
function dateWords({ own }: ForumEntry): string {
  const element = first(own, DATE)
  if (element) return lineOf(element)
  const header = own.find(one => one.name === 'tr' && matches(one, '.bbp-reply-header, .bbp-topic-header'))
  return lineOf(header, part => part === header || (part.name !== 'a' && !matches(part, '.bbp-admin-links')))
}

/**
 * The author, by the link to the profile and the class `user-id-N`. A guest (`user-id-0`) has a name, and perhaps a link to a page of his own;
 * a deleted member has at most a number.
 */
function authorOf({ own, classes: names }: ForumEntry, { url: base }: TopicContext): Member | null {
  const links = own.filter(one => one.name === 'a' && isAuthorLink(one))
  const profile = resolveUrl(links.find(({ attribs }) => attribs['href'])?.attribs['href'], base)
  const number = names.map(name => /^user-id-([1-9]\d*)$/.exec(name)?.[1]).find(Boolean) ?? null
  const name = lineOf(first(own, '.bbp-author-name')) || links.map(link => lineOf(link)).find(Boolean) || null
  const isGuest = number === null && (!profile || names.includes('user-id-0'))
  if (isGuest) return name === null ? null : memberNamed(name, null)
  if (!profile) return { id: number, slug: null, name: null, url: null, avatarUrl: null }
  const url = plainUrl(profile)
  return { id: number, slug: slugOf(url), name, url, avatarUrl: avatarOf(own, base) }
}

/** The link of the last editor is in the log, which is inside the text. */
const isAuthorLink = (link: Element): boolean =>
  matches(link, '.bbp-author-link, .bbp-author-name, .bbp-author-avatar') ||
  matches(link, '.bbp-reply-author a, .bbp-topic-author a')

const avatarOf = (own: readonly Element[], base: string): string | null =>
  resolveUrl(own.find(one => one.name === 'img' && classes(one).includes('avatar'))?.attribs['src'], base)
