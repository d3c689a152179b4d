import type { Instant } from '../../model/discussion.js'
import type { TextVersion } from '../../model/reports/history.js'
import { happenedBy } from '../../model/time.js'
import type { Statements } from '../database/statements.js'
import { type ThreadPost, threadPosts } from '../read/thread-posts.js'
import { NameHistory } from './name-history.js'
import {
  isMove,
  type PostEvent,
  type PostTimeline,
  postTimelinesIn,
  type Version,
  versionAt,
} from './post-timelines.js'

/** A post with its timeline. */
export interface PastPost extends ThreadPost {
  timeline: PostTimeline
}

/** Threads in which posts are now that a move has taken out of this thread. */
const LEFT_FOR = `SELECT DISTINCT posts.thread_id FROM posts AS opening
    JOIN events ON events.kind = 'moved' AND events.field = 'thread' AND events.before = opening.site_post_id
    JOIN posts ON posts.id = events.post_id AND posts.site_id = opening.site_id
  WHERE opening.id = ?`

/** The posts that are in a thread or were in it, with their timelines, and the names of their authors and groups. */
export class ThreadPast {
  readonly names: NameHistory
  readonly posts: readonly PastPost[]
  private readonly byRow: ReadonlyMap<number, PastPost>
  private readonly hasMoves: boolean
  /** The site's own id of the thread. */
  readonly id: string | undefined

  constructor(
    private readonly sql: Statements,
    /** Row id of its opening post, which may be a reply in another thread by now. */
    readonly thread: number,
  ) {
    const threads = [...new Set([thread, ...sql.column<number>(LEFT_FOR, thread)])]
    const timelines = postTimelinesIn(sql, threads)
    this.names = new NameHistory(sql, threads)
    this.id = sql.one<string>('SELECT site_post_id FROM posts WHERE id = ?', thread)
    const all = threads.flatMap(one => threadPosts(sql, one))
    this.posts = all.flatMap(post => {
      const timeline = timelines.get(post.id)
      return timeline ? [{ ...post, timeline }] : []
    })
    this.hasMoves = this.posts.some(({ timeline }) => timeline.events.some(isMove('thread')))
    this.byRow = new Map(this.posts.map(post => [post.id, post]))
  }

  /** Posts that are in the thread now. */
  get present(): PastPost[] {
    return this.posts.filter(({ timeline }) => timeline.thread === this.thread)
  }

  /** True if the post was in the thread at `then`. */
  holdsAt({ timeline }: PastPost, then: Instant): boolean {
    const next = this.movesOf(timeline).find(({ at }) => !happenedBy(at, then))
    return next ? next.before === this.id : timeline.thread === this.thread
  }

  /** When the post left the thread for the last time; null: it is in the thread now; undefined: it never was. */
  leftAt({ timeline }: PastPost): Instant | null | undefined {
    if (timeline.thread === this.thread) return null
    return this.movesOf(timeline).findLast(({ before }) => before === this.id)?.at
  }

  /** Row id of the thread in which a post was at `then`. */
  threadOf(row: number, then: Instant): number {
    const post = this.byRow.get(row)
    const next = post && this.movesOf(post.timeline).find(({ at }) => !happenedBy(at, then))
    const before = `SELECT opening.id FROM posts JOIN posts AS opening ON opening.site_id = posts.site_id
      WHERE posts.id = ? AND opening.site_post_id = ?`
    return (next && this.sql.one<number>(before, row, next.before)) ?? this.thread
  }

  /** A version with the names at `then`; null: the present names. */
  version({ member, groupRow, ...version }: Version, then: Instant | null): TextVersion {
    return { ...version, author: this.names.author(member, then), group: this.names.group(groupRow, then) }
  }

  versionAt({ timeline }: PastPost, then: Instant): TextVersion {
    return this.version(versionAt(timeline, then), then)
  }

  /** Moves of the post to other threads, oldest first: its own, or those of the post above with which it moved along. */
  private movesOf({ events, firstSeenAt, parent }: PostTimeline): PostEvent[] {
    if (!this.hasMoves) return []
    let moves = events.filter(isMove('thread'))
    const seen = new Set<number>()
    for (let row = parent; moves.length === 0 && row !== null && !seen.has(row); ) {
      seen.add(row)
      const above = this.byRow.get(row)?.timeline
      moves = above?.events.filter(isMove('thread')) ?? []
      row = above?.parent ?? null
    }
    return moves.filter(({ at }) => Date.parse(at) >= Date.parse(firstSeenAt))
  }
}
