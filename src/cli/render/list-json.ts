import type { GroupSummary, StoredAuthor, StoredGroup, ThreadSummary } from '../../model/archive.js'
import { knownDate } from '../../model/time.js'
import { terminalJson } from '../text/terminal-text.js'

/** `threadkeep.list/1`, piece by piece: an archive may hold a million threads. */
export function* listJson(groups: Iterable<GroupSummary>, threads: Iterable<ThreadSummary>): Generator<string> {
  yield '{"schema":"threadkeep.list/1","groups":['
  yield* items(groups, groupItem)
  yield '],"threads":['
  yield* items(threads, threadItem)
  yield ']}\n'
}

export function* items<T>(list: Iterable<T>, shape: (item: T) => unknown): Generator<string> {
  let comma = ''
  for (const item of list) {
    yield `${comma}\n${terminalJson(shape(item))}`
    comma = ','
  }
}

/** Keys as in the other shapes of design.md, section 7. */
const groupItem = (group: GroupSummary) => ({
  site: group.site,
  ...groupKeys(group),
  status: group.status,
  access: group.access,
  threads: group.threads,
  posts: group.posts,
  gone_posts: group.gonePosts,
  completeness: group.completeness,
  last_post_at: group.lastPostAt,
})

const threadItem = (thread: ThreadSummary) => ({
  site: thread.site,
  group: thread.group && groupKeys(thread.group),
  id: thread.id,
  url: thread.url,
  title: thread.title,
  type: thread.type,
  author: thread.author && authorKeys(thread.author),
  posted_at: knownDate(thread.when),
  posted_between: [thread.when.from, thread.when.to],
  last_post_at: thread.lastPostAt,
  replies: thread.replies,
  status: thread.status,
  gone_posts: thread.gonePosts,
  completeness: thread.completeness,
})

export const groupKeys = ({ id, slug, name, url }: StoredGroup) => ({ id, slug, name, url })
export const authorKeys = ({ id, slug, name, url }: StoredAuthor) => ({ id, slug, name, url })
