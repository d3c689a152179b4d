import type { PostStatus, Selection } from '../../model/archive.js'
import type { Statements } from '../database/statements.js'
import { postConditionOf } from '../query/selection.js'

/** The posts that a selection asks for by their dates and its query: their row ids, some bytes each. */
export class MatchingPosts {
  private readonly rows = new Set<number>()
  private readonly counts = new Map<number, Record<PostStatus, number>>()

  constructor(sql: Statements, condition: { sql: string; values: unknown[] }) {
    const found = sql.cells<[id: number, thread: number, status: PostStatus]>(
      `SELECT posts.id, posts.thread_id, posts.status FROM posts WHERE ${condition.sql}`,
      ...condition.values,
    )
    for (const [id, thread, status] of found) {
      this.rows.add(id)
      const count = this.counts.get(thread) ?? { live: 0, gone: 0 }
      this.counts.set(thread, count)
      count[status]++
    }
  }

  has(row: number): boolean {
    return this.rows.has(row)
  }

  /** Of the thread in this row. */
  count(thread: number): Readonly<Record<PostStatus, number>> {
    return this.counts.get(thread) ?? { live: 0, gone: 0 }
  }
}

/** Null: all posts of the selected threads are asked for. */
export function matchingPosts(sql: Statements, selection: Selection): MatchingPosts | null {
  const condition = selection.posts === 'matching' ? postConditionOf(selection) : null
  return condition && new MatchingPosts(sql, condition)
}
