import type { PostInContext } from '../../model/reports/changes.js'
import type { ThreadNews } from '../../model/reports/digest.js'
import type { Statements } from '../database/statements.js'
import { postsInContext } from '../read/posts-in-context.js'

const REPLIES = `SELECT count(*) FROM posts WHERE thread_id = (SELECT thread_id FROM posts WHERE id = ?)
  AND id <> thread_id AND status = 'live'`

/** Groups consecutive posts of one thread. Streams: one thread is in memory at a time. */
export function* threadNews(sql: Statements, ids: readonly number[]): Generator<ThreadNews> {
  let posts: [number, PostInContext][] = []
  for (const next of postsInContext(sql, ids)) {
    const [first] = posts
    if (first && !sameThread(first[1], next[1])) {
      yield newsOf(sql, posts)
      posts = []
    }
    posts.push(next)
  }
  if (posts.length > 0) yield newsOf(sql, posts)
}

const sameThread = (a: PostInContext, b: PostInContext): boolean => a.thread.id === b.thread.id && a.site === b.site

function newsOf(sql: Statements, posts: readonly [number, PostInContext][]): ThreadNews {
  const [row, post] = posts[0] as [number, PostInContext]
  const opens = post.id === post.thread.id
  return {
    thread: post.thread,
    replies: sql.one<number>(REPLIES, row) ?? 0,
    opening: opens ? post : null,
    posts: posts.slice(opens ? 1 : 0).map(([, reply]) => reply),
  }
}
