import type { Instant } from '../../model/discussion.js'
import { happenedBy } from '../../model/time.js'
import { IN_LIST, type Statements } from '../database/statements.js'
import { type ThreadPlace, threadPlaces } from '../read/thread-posts.js'
import type { EventRow } from '../schema/tables/history.js'
import { NameHistory } from './name-history.js'
import { FIRST_SEEN_AT, inTime } from './post-timelines.js'

/** Threads in which posts are now that a move has taken out of this thread. */
const LEFT_FOR = `SELECT DISTINCT posts.thread_id FROM posts AS opening
    JOIN events ON events.kind = 'moved' AND events.field = 'thread' AND events.before = opening.site_post_id
    JOIN posts ON posts.id = events.post_id AND posts.site_id = opening.site_id
  WHERE opening.id = ?`

const MOVES = `SELECT events.post_id, events.at, events.before
  FROM events JOIN posts ON posts.id = events.post_id
  WHERE posts.thread_id ${IN_LIST} AND events.kind = 'moved' AND events.field = 'thread' ORDER BY events.id`

type Move = Pick<EventRow, 'at' | 'before'> & { post_id: number }

const FIRST_SEEN = `SELECT ${FIRST_SEEN_AT} FROM posts WHERE id = ?`

/** The posts that are in a thread or were in it, the names of their authors and groups, and the moves between threads. */
export class ThreadPast {
  readonly names: NameHistory
  readonly posts: readonly ThreadPlace[]
  /** The site's own id of the thread. */
  readonly id: string | undefined
  private readonly moves = new Map<number, Move[]>()
  /** Places by row id; empty if no post was moved. */
  private readonly byRow: ReadonlyMap<number, ThreadPlace>

  constructor(
    readonly sql: Statements,
    /** Row id of its opening post, which may be a reply in another thread by now. */
    readonly thread: number,
  ) {
    const threads = [...new Set([thread, ...sql.column<number>(LEFT_FOR, thread)])]
    this.names = new NameHistory(sql, threads)
    this.id = sql.one<string>('SELECT site_post_id FROM posts WHERE id = ?', thread)
    this.posts = threads.flatMap(one => threadPlaces(sql, one))
    for (const move of inTime(sql.rows<Move>(MOVES, JSON.stringify(threads)), 'at'))
      this.moves.set(move.post_id, [...(this.moves.get(move.post_id) ?? []), move])
    this.byRow = new Map(this.moves.size === 0 ? [] : this.posts.map(post => [post.id, post]))
  }

  /** Posts that are in the thread now. */
  get present(): ThreadPlace[] {
    return this.posts.filter(({ thread }) => thread === this.thread)
  }

  /** True if the post was in the thread at `then`. */
  holdsAt(post: ThreadPlace, then: Instant): boolean {
    const next = this.movesOf(post).find(({ at }) => !happenedBy(at, then))
    return next ? next.before === this.id : post.thread === this.thread
  }

  /** When the post left the thread for the last time; null: it is in the thread now; undefined: it never was. */
  leftAt(post: ThreadPlace): Instant | null | undefined {
    if (post.thread === this.thread) return null
    return this.movesOf(post).findLast(({ before }) => before === this.id)?.at
  }

  /** Row id of the thread in which a post was at `then`. */
  threadOf(row: number, then: Instant): number {
    const post = this.byRow.get(row)
    const next = post && this.movesOf(post).find(({ at }) => !happenedBy(at, then))
    const before = `SELECT opening.id FROM posts JOIN posts AS opening ON opening.site_id = posts.site_id
      WHERE posts.id = ? AND opening.site_post_id = ?`
    return (next && this.sql.one<number>(before, row, next.before)) ?? this.thread
  }

  /** Moves of the post to other threads, oldest first: its own, or those of the post above with which it moved along. */
  private movesOf({ id, parentId }: ThreadPlace): Move[] {
    if (this.moves.size === 0) return []
    let moves = this.moves.get(id) ?? []
    const seen = new Set<number>()
    for (let row = parentId; moves.length === 0 && row !== null && !seen.has(row); ) {
      seen.add(row)
      moves = this.moves.get(row) ?? []
      row = this.byRow.get(row)?.parentId ?? null
    }
    if (moves.length === 0) return moves
    const firstSeenAt = this.sql.one<Instant>(FIRST_SEEN, id) ?? ''
    return moves.filter(({ at }) => Date.parse(at) >= Date.parse(firstSeenAt))
  }
}
