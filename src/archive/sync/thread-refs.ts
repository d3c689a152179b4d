import type { Statements } from '../database/statements.js'

/** A thread to be asked for by itself. */
export interface ThreadRow {
  id: string
  url: string
  site: string
  /** Address of its author's page, where it is known. */
  authorUrl: string | null
  /** Its posts whose texts are held. */
  posts: string[]
}

const THREAD = `SELECT root.id AS row, root.activity_id AS id, root.url, sites.url AS site, members.url AS authorUrl
  FROM posts AS root JOIN sites ON sites.id = root.site_id LEFT JOIN members ON members.id = root.member_id`

const POSTS = "SELECT activity_id AS id FROM posts WHERE thread_id = ? AND status = 'live'"

/** Threads by a condition on `root`. */
export const threadRows = (sql: Statements, condition: string, ...values: unknown[]): ThreadRow[] =>
  sql
    .rows<Omit<ThreadRow, 'posts'> & { row: number }>(`${THREAD} ${condition}`, ...values)
    .map(({ row, ...thread }) => ({ ...thread, posts: sql.rows<{ id: string }>(POSTS, row).map(({ id }) => id) }))
