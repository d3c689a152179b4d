import type { Post } from '../../model/discussion.js'
import type { Page } from '../../model/page.js'
import type { RepliesTask } from '../../model/task.js'
import type { Outcome } from './outcome.js'

type ReplyPosition = Pick<RepliesTask, 'id' | 'parent' | 'offset' | 'ajaxUrl'>

/** Requests ten replies to one post of BuddyBoss (bp-nouveau/includes/activity/ajax.php). `last`: the last reply of the previous ten. */
export function repliesTask(place: ReplyPosition, referer: string, last?: Post): RepliesTask {
  const { id, parent, offset, ajaxUrl } = place
  const after: Record<string, string> = last
    ? { last_comment_id: last.id, last_comment_timestamp: String(Date.parse(last.when.from ?? '') / 1000) }
    : {}
  const position = { activity_id: id, parent_comment_id: parent, offset: String(offset), ...after }
  const form = { action: 'activity_loadmore_comments', ...position }
  const request = { url: ajaxUrl, referer, nonce: 'activity', form } as const
  const task = { kind: 'replies', reason: 'more-replies', id, parent, offset, ajaxUrl, request } as const
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
  return { tasks: isOver ? below : [...below, next], end: 'done', route: 'ajax' }
}
