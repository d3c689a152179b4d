import type { Authority } from '../../archive/index.js'
import { addressKey, isPermalink, isSameSlug, isShortAddress, isWithin } from '../../model/addresses.js'
import type { Post } from '../../model/discussion.js'
import type { Page, Wall } from '../../model/page.js'
import type { StreamTask, Task } from '../../model/task.js'
import { ajaxTraitsOf, withoutId } from '../../parse/index.js'
import { ForumZones } from './forum-zones.js'
import { emptyTooSoon, refusedPastEnd, restListOf } from './rest-lists.js'

/**
 * The page, or a wall without items if the response is not what the task requested. Sites may send something else that has the
 * same markup: the site-wide stream if the Referer was lost, or the front page for the thread of a deleted member.
 */
export function expected(task: Task, answer: Page, memory: StreamMemory): Page {
  const page = asNamed(task, memory.zoned(memory.withoutSharedIds(answer)))
  const list = restListOf(task)
  const end = list && refusedPastEnd(list, page)
  if (end) return end
  const wall = page.wall ?? mismatch(task, page, memory)
  if (task.kind === 'feed' && !task.posts && !wall) return { ...page, posts: [], template: null }
  return wall === page.wall ? page : { ...page, wall, posts: [], threads: [], groups: [] }
}

/** BuddyPress leads `/activity/p/ID/` below the author, where a deleted thread brings a login form, which proves nothing. */
function asNamed(task: Task, page: Page): Page {
  const { named, id } = task.kind === 'thread' ? task : {}
  if (named === undefined) return page
  return { ...page, posts: page.posts.map(post => (post.id === id ? { ...post, url: named } : post)) }
}

function mismatch(task: Task, page: Page, memory: StreamMemory): Wall | null {
  if (task.kind === 'target') return targetMismatch(task.request.url, page)
  const list = restListOf(task)
  if (list) return emptyTooSoon(list, page) ?? foreignItems(task, page)
  if (task.kind === 'stream' || task.kind === 'directory') {
    const items = task.kind === 'stream' ? page.posts : page.groups
    if (items.length === 0 && !page.provenEmpty) return unprovenEmpty(page)
  }
  if (task.kind === 'stream') return streamMismatch(task.groupSlug, page, memory.mayBeMixed(task))
  if (task.kind === 'replies' || (task.kind === 'thread' && task.check)) return repliesMismatch(task.id, page)
  if (task.kind === 'forum') return page.about.kind === 'forum' ? null : NO_FORUM
  if (task.kind === 'topic') return showsTopic(task.id, page) ? null : { kind: 'elsewhere', seen: 'another page' }
  if (task.kind === 'thread') return showsThread(task.id, page) ? null : { kind: 'elsewhere', seen: 'another page' }
  if (task.kind === 'group' && !['group', 'member', 'forum'].includes(page.about.kind)) {
    return { kind: 'elsewhere', seen: 'a page of something other than this group' }
  }
  if (task.kind === 'text' && !page.text?.html) return { kind: 'refused', seen: 'a response without a text' }
  return null
}

/** A page without items that does not prove that there are none: it could otherwise pass for the end of the stream. */
const unprovenEmpty = (page: Page): Wall =>
  page.loader
    ? { kind: 'loader', seen: 'a "loading" placeholder' }
    : { kind: 'unknown', seen: 'a page without items that threadkeep can read' }

/** The parser sets the `group` of a post only if it is not the group that was requested. */
function foreignItems(task: Task, page: Page): Wall | null {
  const ofGroup = task.kind === 'stream' && task.groupSlug !== null
  const foreign = ofGroup && page.posts.some(post => post.parentId === null && post.group !== undefined)
  return foreign ? { kind: 'elsewhere', seen: 'posts of other groups' } : null
}

const repliesMismatch = (id: string, page: Page): Wall | null =>
  page.posts.every(post => post.threadId === id) ? null : { kind: 'elsewhere', seen: 'replies of other threads' }

/** A target that leads to the front page, or that the site does not know, must not lead to archiving the whole site. */
function targetMismatch(url: string, page: Page): Wall | null {
  const isFront = page.url === page.site.url && (addressKey(url) !== addressKey(page.url) || isShortAddress(url))
  if (isPermalink(url) && page.about.kind !== 'thread')
    return { kind: 'elsewhere', seen: isFront ? 'the front page' : 'another page' }
  const isAbove = page.about.kind === 'directory' && addressKey(url) !== addressKey(page.url) && isWithin(url, page.url)
  if (isAbove) return { kind: 'elsewhere', seen: 'the directory above it' }
  return isFront ? { kind: 'elsewhere', seen: 'the front page' } : null
}

/** True for a wall that means that there is nothing at the address of a target. A short address that WordPress does not know leads to the front page. */
export const isNothingThere = (url: string, wall: Wall | null): boolean =>
  wall?.kind === 'not-found' || wall?.kind === 'unknown' || (wall?.kind === 'elsewhere' && isShortAddress(url))

const NO_FORUM: Wall = { kind: 'elsewhere', seen: 'a page of something other than a forum' }

const showsTopic = (id: string, { about }: Page): boolean => about.kind === 'thread' && about.id === id

const showsThread = (id: string, page: Page): boolean =>
  (page.about.kind === 'thread' && page.loader !== null) || (page.threads.length === 1 && page.threads[0]?.id === id)

/** A group's stream has items of the group, in some sites also of its subgroups, but never items without a group. */
function streamMismatch(slug: string | null, page: Page, mayBeMixed: boolean): Wall | null {
  const openings = page.posts.filter(post => post.parentId === null)
  if (slug === null || openings.length === 0) return null
  const own = openings.some(post => post.group && isSameSlug(post.group.slug, slug))
  const foreign = openings.some(post => post.group && !isSameSlug(post.group.slug, slug))
  const outside = openings.some(post => post.group === null)
  // Items without an action sentence do not name their group.
  const enough = mayBeMixed && !(page.template && ajaxTraitsOf(page.template).unnamedWithin) ? own : !foreign
  return enough && !outside ? null : { kind: 'elsewhere', seen: 'the stream of the whole site' }
}

/** State of each stream between two of its pages, and what pages have shown of their theme, within one run. */
export class StreamMemory {
  private readonly sharedIds = new Set<string>()
  private readonly zones = new ForumZones()
  private readonly streams = new Map<string, { shown: string; times: number; mixed: boolean }>()

  /** The page without the numbers of members that this or an earlier page has given to different members. */
  withoutSharedIds(page: Page): Page {
    for (const id of page.sharedIds ?? []) this.sharedIds.add(id)
    if (this.sharedIds.size === 0 || page.template === 'rest') return page
    const isShared = ({ author }: Post) => author?.id != null && this.sharedIds.has(author.id)
    const posts = page.posts.map(post =>
      isShared(post) && post.author ? { ...post, author: withoutId(post.author) } : post,
    )
    return { ...page, posts }
  }

  /** The page with the dates of its forum in UTC, as far as the pages so far have shown the zone of the site. */
  zoned(page: Page): Page {
    return this.zones.zoned(page)
  }

  /** True if pages of this stream had items of other groups (subgroups) before, or if this is its first page. */
  mayBeMixed(task: StreamTask): boolean {
    return this.streams.get(task.home)?.mixed ?? true
  }

  /** Adds a page. Returns the number of consecutive earlier pages with exactly the same items. */
  note(task: StreamTask, page: Page): number {
    const items = page.posts.filter(post => post.parentId == null)
    const shown = items.map(post => post.id).join(' ')
    const last = this.streams.get(task.home)
    const times = shown !== '' && last?.shown === shown ? last.times + 1 : 0
    const mixed = items.some(post => post.group && !isSameSlug(post.group.slug, task.groupSlug ?? ''))
    this.streams.set(task.home, { shown, times, mixed: mixed || (last?.mixed ?? false) })
    return times
  }
}

/**
 * Authority of a view. The page of a thread may print spam. REST leaves it out (reference 11.1, 6), and so does "View more comments" of
 * BuddyBoss: their views of a thread have no less authority than a stream.
 */
export function authorityOf({ kind }: Task, { template, about }: Page): Authority {
  if (template === 'rest' || template === 'bbpress' || kind === 'replies') return 'stream'
  return kind === 'thread' || about.kind === 'thread' ? 'permalink' : 'stream'
}

/** Name of the parser, as it is stored with each post: template and version. */
export const parserOf = (page: Page, version: string): string => `${page.template ?? 'none'} ${version}`
