import type {
  ArchiveReader,
  ArchiveStatus,
  GroupSummary,
  Selection,
  StoredThread,
  ThreadSummary,
} from '../../model/archive.js'
import { replyTree } from '../../model/tree.js'
import type { Statements } from '../database/statements.js'
import { whereOf } from '../query/selection.js'
import { statusOf } from '../status/status.js'
import { GROUPS, groupSummary, summary, THREAD_ORDER, THREADS, type ThreadRow } from './rows.js'
import { siblingOrder } from './sibling-order.js'
import { postsIn } from './thread-posts.js'

/** The archive as exporters and lists see it. */
export class Reader implements ArchiveReader {
  constructor(private readonly sql: Statements) {}

  *groups(): Generator<GroupSummary> {
    for (const row of this.sql.rows<Record<string, unknown>>(GROUPS)) yield groupSummary(row)
  }

  standing(): ArchiveStatus {
    return statusOf(this.sql)
  }

  *threadSummaries(selection: Selection): Generator<ThreadSummary> {
    const where = whereOf(selection)
    for (const id of this.ids(where.sql, where.values)) yield summary(this.threadRow(id))
  }

  *threads(selection: Selection): Generator<StoredThread> {
    const where = whereOf(selection)
    for (const id of this.ids(where.sql, where.values)) {
      const posts = postsIn(this.sql, id)
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
}
