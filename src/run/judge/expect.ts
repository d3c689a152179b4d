import type { Page, Wall } from '../../model/page.js'
import type { StreamTask, Task } from '../../model/task.js'
import { isPermalink, withoutQuery, withSlash } from '../../model/urls.js'
import type { StreamMemory } from './stream-memory.js'

/**
 * Is this what was asked for? Sites answer with something else of the same shape: the site-wide stream where the Referer was
 * lost, the front page for the thread of a deleted member. Then nothing of it is kept as posts, and the wall says so.
 */
export function expected(task: Task, page: Page, memory: StreamMemory): Page {
  const wall = page.wall ?? mismatch(task, page, memory)
  return wall === page.wall ? page : { ...page, wall, posts: [], threads: [], groups: [] }
}

function mismatch(task: Task, page: Page, memory: StreamMemory): Wall | null {
  if (task.kind === 'target') return targetMismatch(task.request.url, page)
  if (task.kind === 'stream' && task.route === 'rest') return restListMismatch(task, page)
  if (task.kind === 'stream' || task.kind === 'directory') {
    const items = task.kind === 'stream' ? page.posts : page.groups
    if (items.length === 0 && !page.provenEmpty) return unprovenEmpty(page)
  }
  if (task.kind === 'stream') return streamMismatch(task.groupSlug, page, memory.mayBeMixed(task))
  if (task.kind === 'replies' || (task.kind === 'thread' && task.check)) return repliesMismatch(task.id, page)
  if (task.kind === 'thread') return showsThread(task.id, page) ? null : { kind: 'elsewhere', seen: 'another page' }
  if (task.kind === 'group' && page.about.kind !== 'group' && page.about.kind !== 'member') {
    return { kind: 'elsewhere', seen: 'a page that is not of this group' }
  }
  if (task.kind === 'text' && !page.text?.html) return { kind: 'refused', seen: 'an answer without a text' }
  return null
}

/** Zero items must be proven empty: else half a stream would pass for the whole. */
const unprovenEmpty = (page: Page): Wall =>
  page.loader
    ? { kind: 'loader', seen: 'a "loading" placeholder instead of items' }
    : { kind: 'unknown', seen: 'a page without items that threadkeep knows' }

/** REST answers an empty list for a group without posts, and for one whose posts are not for this reader (reference 11.1, 4). */
function restListMismatch({ groupSlug }: StreamTask, page: Page): Wall | null {
  if (page.posts.length === 0 && !page.provenEmpty) return { kind: 'elsewhere', seen: 'an empty list' }
  // The parser leaves out the group that was asked for.
  const foreign = groupSlug !== null && page.posts.some(post => post.parentId === null && post.group !== undefined)
  return foreign ? { kind: 'elsewhere', seen: 'posts of other groups' } : null
}

const repliesMismatch = (id: string, page: Page): Wall | null =>
  page.posts.every(post => post.threadId === id) ? null : { kind: 'elsewhere', seen: 'replies of other threads' }

/** Who asked for a page and was sent to the front page did not ask for the whole site. */
function targetMismatch(url: string, page: Page): Wall | null {
  const isFront =
    page.url === page.site.url && withoutQuery(url) !== page.url && withSlash(withoutQuery(url)) !== page.url
  if (isPermalink(url) && page.about.kind !== 'thread')
    return { kind: 'elsewhere', seen: isFront ? 'the front page' : 'another page' }
  return isFront ? { kind: 'elsewhere', seen: 'the front page' } : null
}

const showsThread = (id: string, page: Page): boolean =>
  (page.about.kind === 'thread' && page.loader !== null) || (page.threads.length === 1 && page.threads[0]?.id === id)

/** A group's stream holds items of the group, perhaps with some of its subgroups; never items outside all groups. */
function streamMismatch(slug: string | null, page: Page, mayBeMixed: boolean): Wall | null {
  const roots = page.posts.filter(post => post.parentId === null)
  if (slug === null || roots.length === 0) return null
  const own = roots.some(post => post.group?.slug === slug)
  const foreign = roots.some(post => post.group && post.group.slug !== slug)
  const outside = roots.some(post => post.group === null)
  // Some items have no sentence, and name no group.
  const enough = mayBeMixed ? own : !foreign
  return enough && !outside ? null : { kind: 'elsewhere', seen: 'the stream of the whole site' }
}
