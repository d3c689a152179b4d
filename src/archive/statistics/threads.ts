import type { Instant } from '../../model/discussion.js'
import type { StatisticsRequest } from '../../model/reports/statistics.js'
import type { Statements } from '../database/statements.js'
import { conditionOfAny } from '../query/selection.js'

/** The values of a post that are counted. All ids are row ids. */
export interface CountedPost {
  id: number
  thread: number
  group: number | null
  parent: number | null
  member: number | null
  from: Instant | null
  to: Instant | null
  status: 'live' | 'gone' | 'unread'
  edited: 0 | 1
  truncated: 0 | 1
  attachments: number
  links: number
  mentions: number
}

/** All posts of a thread, also those outside the period. An `unread` opening post is known only from its replies. */
export interface CountedThread {
  opening: CountedPost | null
  /** By row id, in ascending order. */
  posts: ReadonlyMap<number, CountedPost>
}

const COLUMNS = `posts.id, posts.thread_id AS thread, threads.group_id AS "group", posts.parent_id AS parent, posts.member_id AS member,
  posts.posted_from AS "from", posts.posted_to AS "to", posts.status, posts.truncated,
  posts.edited OR EXISTS (SELECT 1 FROM revisions WHERE revisions.post_id = posts.id) AS edited,
  (SELECT count(*) FROM attachments WHERE attachments.post_id = posts.id) AS attachments,
  (SELECT count(*) FROM links WHERE links.post_id = posts.id AND kind <> 'mention') AS links,
  (SELECT count(*) FROM links WHERE links.post_id = posts.id AND kind = 'mention') AS mentions`

/** Streams: one thread is in memory at a time. CROSS JOIN keeps the order of the index, which avoids a sort. */
export function* countedThreads(
  sql: Statements,
  selections: StatisticsRequest['selections'],
): Generator<CountedThread> {
  const { sql: condition, values } = conditionOfAny(selections) ?? { sql: 'true', values: [] }
  const rows = sql.each<CountedPost>(
    `SELECT ${COLUMNS} FROM posts AS threads CROSS JOIN posts ON posts.thread_id = threads.id
      WHERE threads.id = threads.thread_id AND (${condition}) ORDER BY threads.id, posts.id`,
    ...values,
  )
  let posts = new Map<number, CountedPost>()
  let thread: number | null = null
  for (const post of rows) {
    if (thread !== null && post.thread !== thread) {
      yield { opening: posts.get(thread) ?? null, posts }
      posts = new Map()
    }
    thread = post.thread
    posts.set(post.id, post)
  }
  if (thread !== null) yield { opening: posts.get(thread) ?? null, posts }
}

/** Whether a post was written in the period; `unsure` if its date is an interval that crosses a limit of the period. */
export function inPeriod(
  { from, to }: Pick<CountedPost, 'from' | 'to'>,
  { after, before }: Pick<StatisticsRequest, 'after' | 'before'>,
): 'in' | 'out' | 'unsure' {
  if ((after && to !== null && to < after) || (before && from !== null && from >= before)) return 'out'
  const isIn = (!after || (from !== null && from >= after)) && (!before || (to !== null && to < before))
  return isIn ? 'in' : 'unsure'
}

const IN_PROGRESS = -1

/**
 * Number of parents between each post and its opening post, by row id. A missing parent counts as the opening post, and so does
 * the post that closes a circle. Visits each post once, so long chains stay fast.
 */
export function depthsOf({ opening, posts }: CountedThread): Map<number, number> {
  const depths = new Map<number, number>(opening ? [[opening.id, 0]] : [])
  for (const start of posts.values()) {
    const path: number[] = []
    let post: CountedPost | undefined = start
    while (post && !depths.has(post.id)) {
      depths.set(post.id, IN_PROGRESS)
      path.push(post.id)
      post = post.parent === null ? undefined : posts.get(post.parent)
    }
    let depth = Math.max(0, (post && depths.get(post.id)) ?? 0)
    for (const id of path.reverse()) depths.set(id, ++depth)
  }
  return depths
}
