import type {
  ArchiveReader,
  GroupSummary,
  KeptPost,
  KeptThread,
  Selection,
  Standing,
  ThreadSummary,
} from '../model/archive.js'
import type { Attachment, Link } from '../model/discussion.js'
import { replyTree } from '../model/tree.js'
import { siblingOrder } from './order.js'
import {
  GROUPS,
  groupSummary,
  keptPost,
  type Parts,
  POSTS,
  type PostRow,
  summary,
  THREAD_ORDER,
  THREADS,
  type ThreadRow,
} from './reader-rows.js'
import { addReaders } from './seen-by.js'
import { whereOf } from './select.js'
import { standingOf } from './standing.js'
import type { Statements } from './statements.js'

/** The archive as exporters and lists see it. */
export class Reader implements ArchiveReader {
  constructor(private readonly sql: Statements) {}

  *groups(): Generator<GroupSummary> {
    for (const row of this.sql.rows<Record<string, unknown>>(GROUPS)) yield groupSummary(row)
  }

  standing(): Standing {
    return standingOf(this.sql)
  }

  *threadSummaries(selection: Selection): Generator<ThreadSummary> {
    const where = whereOf(selection)
    for (const id of this.ids(where.sql, where.values)) yield summary(this.threadRow(id))
  }

  *threads(selection: Selection): Generator<KeptThread> {
    const where = whereOf(selection)
    for (const id of this.ids(where.sql, where.values)) {
      const posts = this.posts(id)
      yield {
        ...summary(this.threadRow(id)),
        roots: replyTree(
          posts.map(({ post }) => post),
          siblingOrder(posts),
        ),
      }
    }
  }

  /** Ids first: a few megabytes for a million, and no cursor stays open while others read or write. */
  private ids(where: string, values: readonly unknown[]): number[] {
    return this.sql
      .rows<{ id: number }>(`SELECT threads.id FROM threads ${where} ${THREAD_ORDER}`, ...values)
      .map(row => row.id)
  }

  private threadRow(id: number): ThreadRow {
    return this.sql.row<ThreadRow>(`${THREADS} WHERE threads.id = ?`, id) as ThreadRow
  }

  private posts(thread: number): { post: KeptPost; shownAt: number }[] {
    const parts = this.parts(thread)
    return this.sql
      .rows<PostRow>(POSTS, thread)
      .map(row => ({ post: keptPost(row, parts.get(row.id)), shownAt: row.shown_at ?? 0 }))
  }

  private parts(thread: number): Map<number, Parts> {
    const parts = new Map<number, Parts>()
    const of = (id: number) => parts.get(id) ?? parts.set(id, { attachments: [], links: [] }).get(id)
    const inThread = 'WHERE post_id IN (SELECT id FROM posts WHERE thread_id = ?) ORDER BY id'
    for (const { post_id, ...part } of this.sql.rows<Attachment & { post_id: number }>(
      `SELECT post_id, kind, url, name FROM attachments ${inThread}`,
      thread,
    )) {
      of(post_id)?.attachments.push(part)
    }
    for (const { post_id, ...part } of this.sql.rows<Link & { post_id: number }>(
      `SELECT post_id, kind, url, text FROM links ${inThread}`,
      thread,
    )) {
      of(post_id)?.links.push(part)
    }
    addReaders(this.sql, thread, parts)
    return parts
  }
}
