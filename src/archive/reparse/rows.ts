import type { Attachment, Link } from '../../model/discussion.js'
import type { PostName } from '../../model/reports/reparse.js'
import { nextKey } from '../database/key-order.js'
import type { Statements } from '../database/statements.js'
import type { PostRow, ThreadStateRow } from '../schema/tables/posts.js'

/** A post of the archive or of the shadow database, with the state of its thread. Its ids are row ids of that database. */
export type FullRow = PostRow &
  Pick<ThreadStateRow, ThreadColumn> & {
    site_key: string
    site: string
    thread: string
    parent: string | null
    /** The kind of the last whole view of its thread. */
    thread_view: string | null
  }

export type ThreadColumn = (typeof THREAD_COLUMNS)[number]

/** Columns of `threads` that captures show. Null for a reply. */
export const THREAD_COLUMNS = ['claimed', 'whole_view_at', 'whole_view_in', 'view_capture_id'] as const

const ROW = `SELECT posts.*, ${THREAD_COLUMNS.map(name => `own.${name}`).join(', ')}, sites.key AS site_key, sites.url AS site,
    root.site_post_id AS thread, parent.site_post_id AS parent, view.whole_view_in AS thread_view
  FROM posts JOIN sites ON sites.id = posts.site_id JOIN posts AS root ON root.id = posts.thread_id
  LEFT JOIN threads AS view ON view.id = root.id LEFT JOIN threads AS own ON own.id = posts.id
  LEFT JOIN posts AS parent ON parent.id = posts.parent_id`

const BATCH = 200

/** Streams posts with row ids up to `most`, in batches: no cursor stays open while rows are written. */
export function* fullRows(sql: Statements, most = Number.MAX_SAFE_INTEGER, condition = 'TRUE'): Generator<FullRow> {
  let last = 0
  for (;;) {
    const where = `posts.id > ? AND posts.id <= ? AND ${condition}`
    const rows = sql.rows<FullRow>(`${ROW} WHERE ${where} ORDER BY posts.id LIMIT ${BATCH}`, last, most)
    yield* rows
    if (rows.length < BATCH) return
    last = nextKey(last, rows.at(-1)?.id)
  }
}

/** The same post in the other of the two databases. */
export const counterpart = (sql: Statements, { site_key, site_post_id }: FullRow): FullRow | undefined =>
  sql.row<FullRow>(`${ROW} WHERE sites.key = ? AND posts.site_post_id = ?`, site_key, site_post_id)

/** Whether the shadow database saw only the thread's own page, and the archive its stream: the page also shows spam, and nests replies differently. */
export const seesLess = (view: string | null, { thread_view }: FullRow): boolean =>
  view === 'stream' && thread_view !== 'stream'

export const idOf = (sql: Statements, siteKey: string, activityId: string | null): number | null =>
  sql.one<number>(
    'SELECT posts.id FROM posts JOIN sites ON sites.id = site_id WHERE sites.key = ? AND site_post_id = ?',
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

export const nameOf = ({ site, thread, site_post_id: id, url }: FullRow): PostName => ({ site, thread, id, url })
