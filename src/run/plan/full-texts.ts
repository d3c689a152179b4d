import { below } from '../../model/addresses.js'
import type { FetchRequest } from '../../model/capture.js'
import type { Post } from '../../model/discussion.js'
import type { Page } from '../../model/page.js'
import type { RepliesTask, StreamTask, Task, ThreadTask } from '../../model/task.js'
import { rebase } from '../../model/urls.js'
import { ajaxTraitsOf } from '../../parse/index.js'
import type { Outcome } from './outcome.js'
import { ajaxUrlOf, isLegacy, textRequest, threadRequest } from './requests.js'
import type { ThreadAddresses } from './thread-addresses.js'

/** Requests for the full texts of posts, one request each. */
export const textTasksFor = (ids: readonly string[], ajaxUrl: string, referer: string, legacy: boolean): Task[] =>
  ids.map(id => ({ kind: 'text', reason: 'shortened', id, request: textRequest(ajaxUrl, referer, id, legacy) }))

/** Requests for the full texts of all shortened posts of a page. */
export function textTasks(page: Page, referer: string): Task[] {
  const ids = page.posts.filter(post => post.truncated).map(post => post.id)
  return textTasksFor(ids, ajaxUrlOf(page), referer, isLegacy(page))
}

/** The thread by AJAX, if its page has only a loader. */
export function threadByAjax(id: string, page: Page, requested: ThreadTask | undefined): Outcome {
  const ajaxUrl = ajaxUrlOf(page)
  const { reason = 'first-page', texts = [], second, noReadMore, site, named, others } = requested ?? {}
  const how = {
    reason,
    ...(second && { second }),
    ...(noReadMore && { noReadMore }),
    ...(site && { site }),
    ...(named && { named }),
    ...(others && { others }),
  }
  const request = threadRequest(ajaxUrl, page.url)
  return { tasks: [{ kind: 'thread', id, texts, ajaxUrl, ...how, request }], end: 'done' }
}

/**
 * Tasks that complete the threads of a stream page. Nouveau: a read-more request for each shortened text. Legacy: the thread's
 * page, because a read-more response of Legacy does not show whether the text is complete. Threads that the stream does not show
 * whole (a member's reply, BuddyPress 1.9 and 2.0 for visitors) are always read on their own page.
 */
export const completionTasks = (page: Page, stream: ShownBy, addresses: ThreadAddresses): Task[] =>
  page.threads.flatMap(view => threadCompletion(view, page, stream, addresses))

/** The stream that a page is part of. */
type ShownBy = Pick<StreamTask, 'home' | 'ajaxUrl' | 'route' | 'legacy'>

/** A theme may have any markup: marks of the page, or the AJAX request that brought it, show which pack answers requests. */
function traitsOf({ template, pack }: Page, { route, legacy }: ShownBy): ReturnType<typeof ajaxTraitsOf> {
  const traits = ajaxTraitsOf(template)
  const answering = route === 'ajax' ? (legacy ? 'legacy' : 'nouveau') : (pack ?? traits.pack)
  return { ...traits, pack: answering }
}

function threadCompletion(
  view: Page['threads'][number],
  page: Page,
  stream: ShownBy,
  addresses: ThreadAddresses,
): Task[] {
  const { home, ajaxUrl } = stream
  const { id } = view
  const posts = page.posts.filter(post => post.threadId === id)
  const texts = posts.filter(post => post.truncated).map(post => post.id)
  const whole = view.whole && (view.claimed ?? 0) <= view.shown
  if (whole && texts.length === 0) return []
  const { pack, readMoreLeaks } = traitsOf(page, stream)
  if (whole && pack === 'nouveau' && !readMoreLeaks) return textTasksFor(texts, ajaxUrl, home, false)
  const single = pack === 'nouveau' ? singleThreadRequest(id, posts, ajaxUrl, home) : undefined
  const claimed = view.claimed === null ? {} : { claimed: view.claimed }
  if (readMoreLeaks && !single) return [repliesTask({ id, parent: id, offset: 0, ajaxUrl, ...claimed }, home)]
  const reason = whole ? 'shortened' : 'partial'
  const noReadMore = readMoreLeaks ? { noReadMore: true as const } : {}
  const byNouveau = pack === 'nouveau' ? { byNouveau: true as const } : {}
  const thread = { kind: 'thread', reason, id, texts, ajaxUrl, ...noReadMore, ...byNouveau } as const
  const permalink = rebase((posts[0]?.url ?? home).replace(/#.*$/, ''), home)
  if (single) return [{ ...thread, permalink, request: single }]
  const direct = addresses.of(id, posts, home)
  if (direct && direct !== permalink) return [{ ...thread, permalink, direct: true, request: { url: direct } }]
  return [{ ...thread, request: { url: permalink } }]
}

/**
 * The AJAX view of one thread, without its page: the Referer is the URL that the permalink redirects to, in the author's own
 * folder (bp-activity/screens/permalink.php). Undefined if the author has no URL.
 */
function singleThreadRequest(
  id: string,
  posts: Page['posts'],
  ajaxUrl: string,
  home: string,
): FetchRequest | undefined {
  const author = posts.find(post => post.id === id)?.author
  return author?.url ? threadRequest(ajaxUrl, rebase(below(author.url, 'activity', id), home)) : undefined
}

type ReplyPosition = Pick<RepliesTask, 'id' | 'parent' | 'offset' | 'ajaxUrl' | 'claimed'>

/** Requests ten replies to one post of BuddyBoss (bp-nouveau/includes/activity/ajax.php). `last`: the last reply of the previous ten. */
function repliesTask(place: ReplyPosition, referer: string, last?: Post): RepliesTask {
  const { id, parent, offset, ajaxUrl, claimed } = place
  const after: Record<string, string> = last
    ? { last_comment_id: last.id, last_comment_timestamp: String(Date.parse(last.when.from ?? '') / 1000) }
    : {}
  const position = { activity_id: id, parent_comment_id: parent, offset: String(offset), ...after }
  const form = { action: 'activity_loadmore_comments', ...position }
  const request = { url: ajaxUrl, referer, nonce: 'activity', form } as const
  const count = claimed === undefined ? {} : { claimed }
  const task = { kind: 'replies', reason: 'more-replies', id, parent, offset, ajaxUrl, ...count, request } as const
  return last ? { ...task, after: last.id } : task
}

/** Replies to the replies of this response, and the next ten, until a response has none. */
export function followReplies(task: RepliesTask, page: Page): Outcome {
  const { request, parent, offset, after } = task
  const referer = request.referer ?? page.url
  const below = (page.hiding ?? []).map(id => repliesTask({ ...task, parent: id, offset: 0 }, referer))
  const direct = page.posts.filter(post => post.parentId === parent)
  const next = repliesTask({ ...task, offset: offset + direct.length }, referer, direct.at(-1))
  // Some sites repeat the last replies after the end.
  const isOver = direct.length === 0 || direct.some(post => post.id === after)
  return isOver ? endOfReplies(task, page, below) : { tasks: [...below, next], end: 'done', route: 'ajax' }
}

/** The replies to this post were read to their end. Once those to all posts of the thread were, the thread has been seen whole. */
export const endOfReplies = ({ id, claimed = 0 }: RepliesTask, page: Page, tasks: readonly Task[] = []): Outcome => ({
  ...{ tasks, end: 'done', route: 'ajax' },
  repliesEnded: { site: page.site.url, thread: id, claimed },
})
