import { IN_LIST, type Statements } from '../database/statements.js'

const NO_CONTENT = `UPDATE posts SET html = '', text = '', heading = NULL, title = NULL, content_hash = '',
  member_id = NULL, truncated = 0, forgotten = 1`

/** Tables with content of posts besides `posts` itself. */
const CONTENT_TABLES = ['revisions', 'attachments', 'links', 'own_pages']

/**
 * Condition on the revisions of a member's posts, and on those that the member wrote of posts that are another member's now. Binds the
 * list of the member's rows twice.
 */
export const REVISIONS_OF = `(post_id IN (SELECT id FROM posts WHERE member_id ${IN_LIST}) OR member_id ${IN_LIST})`

/** Blanks all posts of an erased member: their places in the threads stay, their content and author do not. `rows`: the member's rows. */
export function erasePosts(sql: Statements, rows: readonly number[]): void {
  const list = JSON.stringify(rows)
  sql.run(`DELETE FROM revisions WHERE ${REVISIONS_OF}`, list, list)
  const where = `WHERE member_id ${IN_LIST}`
  for (const table of CONTENT_TABLES)
    sql.run(`DELETE FROM ${table} WHERE post_id IN (SELECT id FROM posts ${where})`, list)
  sql.run(`${NO_CONTENT} ${where}`, list)
}

/** Blanks one post, which was read before its author was known to be an erased member. */
export function erasePost(sql: Statements, post: number): void {
  for (const table of CONTENT_TABLES) sql.run(`DELETE FROM ${table} WHERE post_id = ?`, post)
  sql.run(`${NO_CONTENT} WHERE id = ?`, post)
}
