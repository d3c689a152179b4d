import type { Statements } from '../database/statements.js'

const BELOW = `WITH RECURSIVE below (id) AS (SELECT ? UNION SELECT posts.id FROM posts JOIN below ON posts.parent_id = below.id)`

/** Keeps the trees of replies whole while posts move: every reply is in the thread of its parent, and no post is above itself. */
export class TreeMoves {
  constructor(private readonly sql: Statements) {}

  /** True if the post is `above` itself, or a reply anywhere below it. */
  isBelow(post: number | null, above: number): boolean {
    let id = post
    while (id !== null) {
      if (id === above) return true
      id = this.sql.one<number | null>('SELECT parent_id FROM posts WHERE id = ?', id) ?? null
    }
    return false
  }

  /** Moves a post to a thread with all replies below it. A thread that becomes a part of another one is a thread no more. */
  moveTo(post: number, from: number, to: number): void {
    if (post === from) this.sql.run('UPDATE posts SET thread_id = ? WHERE thread_id = ?', to, from)
    else this.sql.run(`${BELOW} UPDATE posts SET thread_id = ? WHERE id IN (SELECT id FROM below)`, post, to)
    if (post === to) this.sql.run('INSERT INTO threads (id) VALUES (?) ON CONFLICT DO NOTHING', post)
    if (post === from) this.sql.run('DELETE FROM threads WHERE id = ?', post)
  }

  /** Replies are in the group of their thread. */
  regroup(thread: number, group: number | null): void {
    this.sql.run('UPDATE posts SET group_id = ? WHERE thread_id = ? AND group_id IS NOT ?', group, thread, group)
  }
}
