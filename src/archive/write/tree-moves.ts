import type { Statements } from '../database/statements.js'
import { regroup } from '../fold/trees.js'

/** Keeps the trees of replies whole while posts move: every reply is in the thread of its parent, and no post is above itself. */
export class TreeMoves {
  private readonly moved = new Set<number>()
  private readonly threads = new Set<number>()

  constructor(private readonly sql: Statements) {}

  /** True if the post is `above` itself, or a reply anywhere below it. Most posts that get another parent have no replies. */
  isBelow(post: number | null | undefined, above: number): boolean {
    if (post == null || post === above) return post === above
    const hasReplies = this.sql.one('SELECT 1 FROM posts WHERE parent_id = ? LIMIT 1', above) !== undefined
    return hasReplies && this.sql.one(IS_ABOVE, post, above) !== undefined
  }

  /** Notes that a post has moved to another thread. A thread that becomes a part of another one is a thread no more. */
  moveTo(post: number, from: number, to: number): void {
    this.moved.add(post)
    this.threads.add(to)
    if (post === from) this.sql.run(MOVE_ALL, to, post, from)
    if (post === to) this.sql.run('INSERT INTO threads (id) VALUES (?) ON CONFLICT DO NOTHING', post)
    if (post === from) this.sql.run('DELETE FROM threads WHERE id = ?', post)
  }

  /** Notes that the opening post of a thread has another group. */
  regrouped(thread: number): void {
    this.threads.add(thread)
  }

  /**
   * Moves the replies below all moved posts along, and replies to the group of their thread. Called once a page: a walk for each moved
   * post would be quadratic. Returns the row ids of the replies that moved along.
   */
  settle(): number[] {
    const moved = [...this.moved]
    const along = moved.length === 0 ? [] : this.sql.rows<{ id: number }>(MOVE_BELOW, JSON.stringify(moved))
    for (const thread of this.threads) regroup(this.sql, thread)
    this.moved.clear()
    this.threads.clear()
    return along.map(({ id }) => id)
  }
}

const MOVE_ALL = `UPDATE posts SET thread_id = ?, thread_seen_at = max(COALESCE(posts.thread_seen_at, moved.thread_seen_at), moved.thread_seen_at)
  FROM posts AS moved WHERE moved.id = ? AND posts.thread_id = ?`

const IS_ABOVE = `WITH RECURSIVE above (id) AS (SELECT ? UNION SELECT posts.parent_id FROM posts JOIN above USING (id))
  SELECT 1 FROM above WHERE id = ?`

/** A reply is in the thread of its parent, since the parent was seen there. */
const MOVE_BELOW = `WITH RECURSIVE below (id, thread, seen) AS (
    SELECT id, thread_id, thread_seen_at FROM posts WHERE id IN (SELECT value FROM json_each(?))
    UNION SELECT posts.id, below.thread, below.seen FROM posts JOIN below ON posts.parent_id = below.id)
  UPDATE posts SET thread_id = below.thread, thread_seen_at = max(COALESCE(thread_seen_at, below.seen), below.seen)
  FROM below WHERE posts.id = below.id AND posts.thread_id <> below.thread RETURNING posts.id`
