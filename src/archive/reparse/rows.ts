import type { Attachment, Link } from '../../model/discussion.js'
import type { PostName } from '../../model/reports/reparse.js'
import type { Statements } from '../database/statements.js'
import type { PostColumns } from '../schema/post-columns.js'

/** A post as the archive holds it, or as it was built anew: the same columns, each with the row numbers of its own database. */
export interface FullRow extends Omit<PostColumns, 'parent_named'> {
  site_key: string
  site: string
  thread: string
  parent: string | null
  /** In which view its thread was last seen whole. */
  thread_view: string | null
  /** Absent in archives of schema 1, when they are only read. */
  parent_named?: 0 | 1
  /** Its author was erased: nothing of it is brought back. */
  forgotten?: 0 | 1
}

const ROW = `SELECT posts.*, sites.key AS site_key, sites.url AS site, root.activity_id AS thread, parent.activity_id AS parent,
    root.whole_view_in AS thread_view
  FROM posts JOIN sites ON sites.id = posts.site_id JOIN posts AS root ON root.id = posts.thread_id
  LEFT JOIN posts AS parent ON parent.id = posts.parent_id`

const BATCH = 200

/** Rows up to this number, some at a time: no cursor stays open while others are written. */
export function* fullRows(sql: Statements, most = Number.MAX_SAFE_INTEGER, condition = 'TRUE'): Generator<FullRow> {
  let last = 0
  for (;;) {
    const where = `posts.id > ? AND posts.id <= ? AND ${condition}`
    const rows = sql.rows<FullRow>(`${ROW} WHERE ${where} ORDER BY posts.id LIMIT ${BATCH}`, last, most)
    yield* rows
    if (rows.length < BATCH) return
    last = rows.at(-1)?.id ?? 0
  }
}

/** The same post in the other database. */
export const counterpart = (sql: Statements, { site_key, activity_id }: FullRow): FullRow | undefined =>
  sql.row<FullRow>(`${ROW} WHERE sites.key = ? AND posts.activity_id = ?`, site_key, activity_id)

/** Only its own page is left of a thread whose stream was read: that prints spam, too, and hangs replies elsewhere. */
export const seesLess = (view: string | null, { thread_view }: FullRow): boolean =>
  view === 'stream' && thread_view !== 'stream'

export const idOf = (sql: Statements, siteKey: string, activityId: string | null): number | null =>
  sql.one<number>(
    'SELECT posts.id FROM posts JOIN sites ON sites.id = site_id WHERE sites.key = ? AND activity_id = ?',
    siteKey,
    activityId,
  ) ?? null

export interface AttachedRows {
  attachments: Attachment[]
  links: Link[]
}

export const partsOf = (sql: Statements, post: number): AttachedRows => ({
  attachments: sql.rows<Attachment>('SELECT kind, url, name FROM attachments WHERE post_id = ? ORDER BY id', post),
  links: sql.rows<Link>('SELECT kind, url, text FROM links WHERE post_id = ? ORDER BY id', post),
})

export function replaceParts(sql: Statements, post: number, { attachments, links }: AttachedRows): void {
  for (const table of ['attachments', 'links']) sql.run(`DELETE FROM ${table} WHERE post_id = ?`, post)
  for (const { kind, url, name } of attachments) sql.insert('attachments', { post_id: post, kind, url, name })
  for (const { kind, url, text } of links) sql.insert('links', { post_id: post, kind, url, text })
}

export const nameOf = ({ site, thread, activity_id: id, url }: FullRow): PostName => ({ site, thread, id, url })
