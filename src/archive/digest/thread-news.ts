import type { PostInContext } from '../../model/reports/changes.js'
import type { ThreadNews } from '../../model/reports/digest.js'
import type { Statements } from '../database/statements.js'
import { postsInContext } from '../read/posts-in-context.js'

const REPLIES = `SELECT count(*) FROM posts WHERE thread_id = (SELECT thread_id FROM posts WHERE id = ?)
  AND id <> thread_id AND status = 'live'`

/** Groups consecutive posts of one thread. Streams: the posts of a thread are read while they are walked. */
export function* threadNews(sql: Statements, ids: Float64Array): Generator<ThreadNews> {
  const source = postsInContext(sql, ids)
  let next = source.next()
  function* postsOf(thread: PostInContext): Generator<PostInContext> {
    for (; !next.done && isSameThread(thread, next.value[1]); next = source.next()) yield next.value[1]
  }
  while (!next.done) {
    const [row, first] = next.value
    const { id, site, thread } = first
    const opening = id === thread.id ? first : null
    if (opening) next = source.next()
    yield { site, thread, replies: sql.one<number>(REPLIES, row) ?? 0, opening, posts: postsOf(first) }
    for (const _ of postsOf(first)) {
      // Posts that were not walked are skipped.
    }
  }
}

const isSameThread = (a: PostInContext, b: PostInContext): boolean => a.thread.id === b.thread.id && a.site === b.site
