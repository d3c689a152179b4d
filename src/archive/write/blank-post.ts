import { TYPED_LABELS } from '../../model/columns/post-labels.js'
import { IN_LIST, type Statements } from '../database/statements.js'

/** A text that only changed its author was first read before it was the member's: the post begins where that author's version ended. */
const FIRST_READ = `COALESCE((SELECT replaced_by_id FROM revisions WHERE post_id = posts.id AND content_hash = posts.content_hash
  AND text_capture_id = posts.text_capture_id AND member_id IS NOT posts.member_id ORDER BY replaced_at DESC, id DESC LIMIT 1), text_capture_id)`

const NO_CONTENT = `UPDATE posts SET html = '', text = '', heading = NULL, title = NULL, content_hash = '',
  member_id = NULL, ${TYPED_LABELS.map(name => `${name} = NULL`).join(', ')}, truncated = 0, forgotten = 1, text_capture_id = ${FIRST_READ}`

/** Tables with content of the present version of a post, besides `posts` itself. */
const CONTENT_TABLES = ['attachments', 'links', 'own_pages']

/**
 * Condition on the revisions that a member wrote: those that name the member, and those of the member's posts that name nobody. Binds the
 * list of the member's rows twice.
 */
export const REVISIONS_OF = `((post_id IN (SELECT id FROM posts WHERE member_id ${IN_LIST}) AND member_id IS NULL) OR member_id ${IN_LIST})`

/**
 * Blanks all posts of an erased member: their places in the threads stay, their content and author do not. What somebody else wrote
 * under the same id stays in the revisions. `rows`: the member's rows.
 */
export function erasePosts(sql: Statements, rows: readonly number[]): void {
  const list = JSON.stringify(rows)
  sql.run(`DELETE FROM revisions WHERE ${REVISIONS_OF}`, list, list)
  const where = `WHERE member_id ${IN_LIST}`
  for (const table of CONTENT_TABLES)
    sql.run(`DELETE FROM ${table} WHERE post_id IN (SELECT id FROM posts ${where})`, list)
  sql.run(`${NO_CONTENT} ${where}`, list)
}

/** Blanks one post, which was read after its author was erased. */
export function erasePost(sql: Statements, post: number): void {
  for (const table of CONTENT_TABLES) sql.run(`DELETE FROM ${table} WHERE post_id = ?`, post)
  sql.run('DELETE FROM revisions WHERE post_id = ? AND member_id IS NULL', post)
  sql.run(`${NO_CONTENT} WHERE id = ?`, post)
}
