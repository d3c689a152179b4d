import type { Instant } from '../../model/discussion.js'
import type { Statements } from '../database/statements.js'
import type { Pass } from './frontier.js'
import { type ThreadRow, threadRows } from './thread-refs.js'

/** Why a post is taken for gone from the site. */
export type GoneReason = '404' | '410' | 'absent from a complete thread' | 'its thread is gone'

export interface Viewpoint {
  run: number
  pass: Pass
  /** As whom. */
  reader: string
  at: Instant
}

/**
 * Only who saw a post can miss it, or who may see more: what a visitor saw is there for everybody. `posts` in the query.
 */
export const MAY_HAVE_SEEN = (post: string) =>
  `EXISTS (SELECT 1 FROM sightings WHERE post_id = ${post}.id AND reader IN ('visitor', ?))`

/**
 * What a reading did not show any more, and what that proves: absence from a listing nothing, absence from a view of the whole
 * thread, or 404 and 410 for its own address, that it is gone.
 */
export class TombstoneStore {
  constructor(private readonly sql: Statements) {}

  /** Threads of groups whose streams were read to their end by this pass, and that this pass has not seen. */
  unseenThreads({ pass, reader }: Viewpoint, most: number): ThreadRow[] {
    const inReadGroup = `root.group_id IN (SELECT id FROM groups WHERE stream_capture_id > ?)
      AND root.group_id IN (SELECT group_id FROM frontier WHERE target_id = ?)`
    return threadRows(
      this.sql,
      `WHERE root.id = root.thread_id AND root.status = 'live' AND COALESCE(root.last_capture_id, 0) <= ?
        AND (${inReadGroup}) AND ${MAY_HAVE_SEEN('root')} ORDER BY root.id LIMIT ?`,
      pass.after,
      pass.after,
      pass.target,
      reader,
      most,
    )
  }

  /** Threads whose turn it was, and that did not come. */
  unseenOfTurn({ pass, reader }: Viewpoint, most: number): ThreadRow[] {
    return threadRows(
      this.sql,
      `WHERE root.id = root.thread_id AND root.status = 'live' AND root.checked_at >= ?
        AND COALESCE(root.last_capture_id, 0) <= ? AND ${MAY_HAVE_SEEN('root')} ORDER BY root.id LIMIT ?`,
      pass.startedAt,
      pass.after,
      reader,
      most,
    )
  }

  /** Not where it was, and no proof that it is gone. */
  missed(site: number, id: string, at: Instant): void {
    this.sql.run(
      "UPDATE posts SET missed_at = COALESCE(missed_at, ?) WHERE site_id = ? AND activity_id = ? AND status = 'live'",
      at,
      site,
      id,
    )
  }

  /** The thread's own address has said so. Returns how many posts went with it. */
  threadGone(site: number, id: string, reason: '404' | '410', looking: Viewpoint): number {
    const root = this.sql.row<{ id: number; thread_id: number }>(
      'SELECT id, thread_id FROM posts WHERE site_id = ? AND activity_id = ?',
      site,
      id,
    )
    if (!root || root.id !== root.thread_id) return 0
    const live = this.sql.rows<{ id: number }>("SELECT id FROM posts WHERE thread_id = ? AND status = 'live'", root.id)
    for (const post of live) this.bury(post.id, post.id === root.id ? reason : 'its thread is gone', looking)
    return live.length
  }

  /**
   * At the end of a pass: posts that no answer of it has shown, in threads that it has seen whole. `doubtful`: threads that could
   * not be looked at as they should have been.
   */
  settle(looking: Viewpoint, doubtful: ReadonlySet<string>): number {
    const { pass, reader } = looking
    const rows = this.sql.rows<{ id: number; thread: string }>(ABSENT, pass.after, pass.after, reader, pass.after)
    const gone = rows.filter(({ thread }) => !doubtful.has(thread))
    for (const { id } of gone) this.bury(id, 'absent from a complete thread', looking)
    return gone.length
  }

  private bury(post: number, reason: GoneReason, { run, at }: Viewpoint): void {
    this.sql.run(
      `INSERT INTO events (at, kind, post_id, reason, last_seen_at, run_id)
        SELECT ?, 'gone', id, ?, last_seen_at, ? FROM posts WHERE id = ?`,
      at,
      reason,
      run,
      post,
    )
    this.sql.run(
      "UPDATE posts SET status = 'gone', missed_at = COALESCE(missed_at, ?), gone_at = ?, gone_reason = ? WHERE id = ?",
      at,
      at,
      reason,
      post,
    )
  }
}

/** As many as the site claims must have been seen, or the view was not whole after all. */
const ABSENT = `SELECT post.id, root.activity_id AS thread FROM posts AS root JOIN posts AS post ON post.thread_id = root.id
  WHERE root.id = root.thread_id AND root.view_capture_id > ? AND root.status = 'live'
    AND post.status = 'live' AND post.last_capture_id <= ? AND ${MAY_HAVE_SEEN('post')}
    AND (SELECT count(*) FROM posts AS seen WHERE seen.thread_id = root.id AND seen.status = 'live' AND seen.last_capture_id > ?)
      >= COALESCE(root.claimed, 0)`
