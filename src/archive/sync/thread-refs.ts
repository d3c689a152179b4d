import { IN_LIST, type Statements } from '../database/statements.js'

/** A thread that a task requests by itself. */
export interface ThreadRow {
  id: string
  url: string
  site: string
  /** URL of the author's profile; null: unknown. */
  authorUrl: string | null
  /** Ids of its live posts. */
  posts: string[]
}

const THREAD = `SELECT root.id AS row, root.site_post_id AS id, root.url, sites.url AS site, members.url AS authorUrl
  FROM threads JOIN posts AS root USING (id) JOIN sites ON sites.id = root.site_id LEFT JOIN members ON members.id = root.member_id`

const POSTS = "SELECT site_post_id AS id FROM posts WHERE thread_id = ? AND status = 'live'"

/** True if the opening post was read before; `site` is a row id. */
export const holdsThread = (sql: Statements, site: number, thread: string): boolean =>
  sql.one<number>(HELD, site, thread) !== undefined

const HELD = "SELECT id FROM posts WHERE site_id = ? AND site_post_id = ? AND id = thread_id AND status <> 'unread'"

/** An opening post: the name of its author, null if there is no such member, and its text, null if it is erased. */
export interface Opening {
  author: string | null
  /** The site's own id of the author; null: not known. */
  authorId: string | null
  text: string | null
}

/** Live opening posts by id; `site` is a row id. */
export const openings = (sql: Statements, site: number, ids: readonly string[]): Map<string, Opening> =>
  new Map(sql.rows<Opening & { id: string }>(OPENINGS, site, JSON.stringify(ids)).map(({ id, ...post }) => [id, post]))

const OPENINGS = `SELECT site_post_id AS id, members.name AS author, members.site_member_id AS authorId, CASE forgotten WHEN 0 THEN COALESCE(text, '') END AS text
  FROM posts LEFT JOIN members ON members.id = posts.member_id
  WHERE posts.site_id = ? AND site_post_id ${IN_LIST} AND posts.id = thread_id AND status = 'live'`

/** Threads that match a WHERE clause (with ORDER BY and LIMIT) on `root`. */
export const threadRows = (sql: Statements, condition: string, ...values: unknown[]): ThreadRow[] =>
  numberedThreadRows(sql, condition, ...values).map(({ row: _, ...thread }) => thread)

/** The same with the row ids of the threads. */
export const numberedThreadRows = (
  sql: Statements,
  condition: string,
  ...values: unknown[]
): (ThreadRow & { row: number })[] =>
  sql
    .rows<Omit<ThreadRow, 'posts'> & { row: number }>(`${THREAD} ${condition}`, ...values)
    .map(thread => ({ ...thread, posts: sql.rows<{ id: string }>(POSTS, thread.row).map(({ id }) => id) }))

/** SQL condition: the post is one of a forum, which has lists of its own. */
export const OF_FORUM = (post: string) => `${post}.site_post_id GLOB 'bbp:*'`

/** SQL condition: in a run, a feed or its own page was the last to show this thread, and no list has ever shown it whole. */
export const OFF_LIST = (root: string) =>
  `(SELECT whole_view_in FROM threads WHERE threads.id = ${root}.id) IS NOT 'stream'
    AND EXISTS (SELECT 1 FROM captures WHERE captures.id = ${root}.last_capture_id
      AND door IS NULL AND (purpose ->> '$.kind' = 'feed' OR purpose ->> '$.reason' IN ('only-in-feed', 'control', 'missed')))`
