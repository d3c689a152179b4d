import type { Instant } from '../../model/discussion.js'
import type { Statements } from '../database/statements.js'
import type { Pass } from './frontier.js'
import { OF_FORUM, OFF_LIST, type ThreadRow, threadRows } from './thread-refs.js'

/** What proved that a post is gone from the site. */
type GoneReason = '404' | '410' | 'absent from a complete thread' | 'its thread is gone'

/** The run, pass, reader and time of an observation. */
export interface Viewpoint {
  run: number
  pass: Pass
  reader: string
  at: Instant
}

/**
 * SQL condition: this reader should see the post, if it exists. A post counts as missing only for a reader who saw it before; what
 * an anonymous visitor saw, every reader must see. `post` is the alias of `posts` in the query; the parameter is the reader.
 */
export const MAY_HAVE_SEEN = (post: string) =>
  `EXISTS (SELECT 1 FROM sightings WHERE post_id = ${post}.id AND reader IN ('visitor', ?))`

/**
 * Finds posts that a pass did not see again, and writes tombstones. Absence from a list proves nothing; absence from a view of the
 * whole thread, and 404 or 410 for the thread's own permalink, prove that a post is gone.
 */
export class TombstoneStore {
  constructor(private readonly sql: Statements) {}

  /**
   * Threads that this pass has not seen, although it read the streams of their groups to the end: those first that were seen longest ago.
   * Threads that are on no list are left out (`off-list.ts` asks for a few of them).
   */
  unseenThreads({ pass, reader }: Viewpoint, most: number): ThreadRow[] {
    const inReadGroup = `root.group_id IN (SELECT id FROM groups WHERE stream_capture_id > ?)
      AND root.group_id IN (SELECT group_id FROM frontier WHERE target_id = ?)`
    return threadRows(
      this.sql,
      `WHERE root.status = 'live' AND COALESCE(root.last_capture_id, 0) <= ?
        AND (${inReadGroup}) AND NOT ${OF_FORUM('root')} AND ${MAY_HAVE_SEEN('root')} AND NOT (${OFF_LIST('root')})
        ORDER BY root.last_capture_id, root.id LIMIT ?`,
      pass.after,
      pass.after,
      pass.target,
      reader,
      most,
    )
  }

  /** Threads that this pass requested in a turn of the rotation, but has not seen. */
  unseenOfTurn({ pass, reader }: Viewpoint, most: number): ThreadRow[] {
    return threadRows(
      this.sql,
      `WHERE root.status = 'live' AND NOT ${OF_FORUM('root')} AND threads.checked_at >= ?
        AND COALESCE(root.last_capture_id, 0) <= ? AND ${MAY_HAVE_SEEN('root')} ORDER BY root.id LIMIT ?`,
      pass.startedAt,
      pass.after,
      reader,
      most,
    )
  }

  /**
   * Threads that this pass has seen whole, but without a reply that they had. They are read once more before the reply is called gone,
   * because one page may be damaged or stale.
   */
  threadsWithAbsent({ pass, reader }: Viewpoint, most: number): ThreadRow[] {
    const condition = `WHERE root.id IN (SELECT root FROM (${ABSENT})) AND NOT ${OF_FORUM('root')} ORDER BY root.id LIMIT ?`
    return threadRows(this.sql, condition, pass.after, pass.after, reader, pass.after, most)
  }

  /** The captures that have shown these threads. */
  viewsWithAbsent({ pass, reader }: Viewpoint): number[] {
    const sql = `SELECT DISTINCT view_capture_id AS id FROM threads WHERE threads.id IN (SELECT root FROM (${ABSENT}))`
    return this.sql.rows<{ id: number }>(sql, pass.after, pass.after, reader, pass.after).map(({ id }) => id)
  }

  /** Marks a post as missed: it was not where it was expected, but that is no proof that it is gone. */
  missed(site: number, id: string, at: Instant): void {
    this.sql.run(
      "UPDATE posts SET missed_at = COALESCE(missed_at, ?) WHERE site_id = ? AND site_post_id = ? AND status = 'live'",
      at,
      site,
      id,
    )
  }

  /** Marks a whole thread as gone, because its own permalink returned 404 or 410. Returns the number of posts marked. */
  threadGone(site: number, id: string, reason: '404' | '410', viewpoint: Viewpoint): number {
    const root = this.sql.row<{ id: number; thread_id: number }>(
      'SELECT id, thread_id FROM posts WHERE site_id = ? AND site_post_id = ?',
      site,
      id,
    )
    if (!root || root.id !== root.thread_id) return 0
    const live = this.sql.rows<{ id: number }>("SELECT id FROM posts WHERE thread_id = ? AND status = 'live'", root.id)
    for (const post of live) this.markGone(post.id, post.id === root.id ? reason : 'its thread is gone', viewpoint)
    return live.length
  }

  /**
   * At the end of a pass, marks as gone the posts that no capture of the pass has shown, in threads that it saw whole. `doubtful`: ids
   * of threads with a failed task, which prove nothing. Returns the number of posts marked.
   */
  settle(viewpoint: Viewpoint, doubtful: ReadonlySet<string>): number {
    const { pass, reader } = viewpoint
    const rows = this.sql.rows<{ id: number; thread: string }>(ABSENT, pass.after, pass.after, reader, pass.after)
    const gone = rows.filter(({ thread }) => !doubtful.has(thread))
    for (const { id } of gone) this.markGone(id, 'absent from a complete thread', viewpoint)
    return gone.length
  }

  private markGone(post: number, reason: GoneReason, { run, at }: Viewpoint): void {
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

/**
 * The pass must have seen as many posts of the thread as the site claims; otherwise the view was not whole after all. What was imported while
 * the pass was interrupted proves nothing.
 */
const ABSENT = `SELECT post.id, root.id AS root, root.site_post_id AS thread FROM threads JOIN posts AS root USING (id) JOIN posts AS post ON post.thread_id = root.id
  WHERE threads.view_capture_id > ? AND root.status = 'live'
    AND NOT EXISTS (SELECT 1 FROM captures WHERE captures.id = threads.view_capture_id AND captures.door IS NOT NULL)
    AND post.status = 'live' AND post.last_capture_id <= ? AND ${MAY_HAVE_SEEN('post')}
    AND (SELECT count(*) FROM posts AS seen WHERE seen.thread_id = root.id AND seen.status = 'live' AND seen.last_capture_id > ?)
      >= COALESCE(threads.claimed, 0)`
