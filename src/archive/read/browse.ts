import type { PostNode, Selection, StoredPost, ThreadSummary } from '../../model/archive.js'
import type { Statements } from '../database/statements.js'
import { conditionOf } from '../query/selection.js'
import { WHOLE_POSTS } from './post-cells.js'
import { PostReader } from './post-reader.js'
import { THREAD_ORDER, type ThreadRow, threadSummary, threadsQuery } from './rows.js'
import { presentPosts } from './thread-posts.js'

/** A thread in a list, with the row that opens it. */
export interface ListedThread extends ThreadSummary {
  row: number
}

/** Rows that are read when they are looked at. */
export interface Pages<Row> {
  readonly length: number
  slice(from: number, to: number): Row[]
}

/** Where a post is in its thread; `id` is the row of the post. */
type BrowsedPlace = Pick<PostNode<{ id: number }>, 'post' | 'depth' | 'replies'>

/** The posts of a thread: their places at once, their texts when they are looked at. */
export interface BrowsedThread extends ThreadSummary {
  posts: Pages<PostNode> & { readonly places: readonly BrowsedPlace[] }
}

/** Row ids of the selected threads in their order. */
export function threadIds(sql: Statements, selection: Selection): Float64Array {
  const condition = conditionOf(selection) ?? { sql: 'true', values: [] }
  return sql.ids(
    `SELECT threads.id FROM readable_threads AS threads WHERE ${condition.sql} ${THREAD_ORDER}`,
    ...condition.values,
  )
}

/** Reads lists and threads of any length at any place of them, for somebody who looks around. */
export class Browser {
  private readonly posts: PostReader<StoredPost>
  private readonly threadSql: string

  constructor(private readonly sql: Statements) {
    this.posts = new PostReader(sql, WHOLE_POSTS)
    this.threadSql = threadsQuery(sql)
  }

  /** The newest threads first. */
  threads(selection: Selection): Pages<ListedThread> {
    const ids = threadIds(this.sql, selection).reverse()
    return { length: ids.length, slice: (from, to) => this.listed([...ids.subarray(from, to)]) }
  }

  /** Null: it has been removed meanwhile. */
  thread(row: number): BrowsedThread | null {
    const [summary] = this.listed([row])
    return summary ? { ...summary, posts: presentPosts(this.sql, { posts: this.posts, matching: null }, row) } : null
  }

  private listed(ids: readonly number[]): ListedThread[] {
    const rows = this.sql.records<ThreadRow>(this.threadSql, JSON.stringify(ids))
    const known = new Map(rows.map(row => [row.id, { ...threadSummary(row), row: row.id }]))
    return ids.flatMap(id => known.get(id) ?? [])
  }
}
