import type { ReplyCount } from '../../model/page.js'
import { IN_LIST, type Statements } from '../database/statements.js'
import type { Pass } from './frontier.js'
import { offListAmong } from './off-list.js'
import { type ThreadRow, threadRows } from './thread-refs.js'

/** A thread of which the site counts more replies than the archive holds. */
export interface ShortThread extends ThreadRow {
  counted: number
  /** True if no list of its site shows it. */
  offList: boolean
}

/** The replies of one thread that are held, and what other threads say of this site's pages. */
export interface HeldReplies {
  held: number
  /** True if a thread with more replies and deeper ones is held with exactly as many replies as the site counts. */
  othersAreWhole: boolean
}

/** Threads among those with more replies that are looked at: the largest ones. */
const MOST = 5

/** Holds the numbers of replies that a site counts against those in the archive. */
export class ReplyCounts {
  constructor(private readonly sql: Statements) {}

  /**
   * The threads of these that hold fewer replies than the site counts, except for those whose own request has failed in this pass and is
   * named by itself. `site`: row id.
   */
  short(site: number, counts: readonly ReplyCount[], { target }: Pass): ShortThread[] {
    const counted = new Map(counts.map(({ id, replies }) => [id, replies]))
    const rows = threadRows(
      this.sql,
      `WHERE root.site_id = ? AND root.site_post_id ${IN_LIST} AND root.status = 'live'
        AND threads.told_replies > ${LIVE_REPLIES} AND root.site_post_id NOT IN (${FAILED}) ORDER BY root.id`,
      site,
      JSON.stringify([...counted.keys()]),
      target,
    )
    const off = offListAmong(this.sql, site, rows)
    return rows.map(row => ({ ...row, counted: counted.get(row.id) ?? 0, offList: off.has(row.id) }))
  }

  /** Null: the thread is not in the archive. */
  of(site: number, thread: string): HeldReplies | null {
    const find = `SELECT root.id, ${LIVE_REPLIES} AS held FROM posts AS root
      WHERE root.site_id = ? AND root.site_post_id = ? AND root.id = root.thread_id`
    const row = this.sql.row<{ id: number; held: number }>(find, site, thread)
    if (!row) return null
    const larger = this.sql.rows<{ id: number }>(WHOLE_AND_LARGER, site, row.held, MOST)
    const depth = this.depth(row.id)
    return { held: row.held, othersAreWhole: larger.some(({ id }) => this.depth(id) > depth) }
  }

  /** Levels of replies in a thread; 0: it has none. */
  private depth(root: number): number {
    return this.sql.one<number>(DEPTH, root) ?? 0
  }
}

const LIVE_REPLIES = `(SELECT count(*) FROM posts AS reply
  WHERE reply.thread_id = root.id AND reply.id <> root.id AND reply.status = 'live')`

const FAILED = `SELECT task ->> '$.id' FROM frontier
  WHERE target_id = ? AND state = 'failed' AND task ->> '$.kind' = 'thread'`

const WHOLE_AND_LARGER = `SELECT root.id FROM threads JOIN posts AS root USING (id)
  WHERE root.site_id = ? AND root.status = 'live' AND threads.told_replies > ? AND threads.told_replies = ${LIVE_REPLIES}
  ORDER BY threads.told_replies DESC LIMIT ?`

const DEPTH = `WITH RECURSIVE branch(id, depth) AS (
    SELECT ?, 0 UNION ALL
    SELECT posts.id, depth + 1 FROM branch JOIN posts ON posts.parent_id = branch.id WHERE posts.status = 'live')
  SELECT max(depth) FROM branch`
