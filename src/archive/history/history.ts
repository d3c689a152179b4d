import type { StoredThread } from '../../model/archive.js'
import type { Instant } from '../../model/discussion.js'
import type { HistoryEntry, PostContext, PostTexts, RenameEntry } from '../../model/reports/history.js'
import { happenedBy } from '../../model/time.js'
import type { Statements } from '../database/statements.js'
import { SiteMoves } from '../moves/site-moves.js'
import { postByName } from '../query/selection.js'
import { THREADS, type ThreadRow, threadSummary } from '../read/rows.js'
import { inReplyOrder } from '../read/thread-posts.js'
import { type PresentThread, threadAt } from './as-of.js'
import { siteRename } from './change-feed.js'
import { postTimelinesIn } from './post-timelines.js'
import { type PastPost, ThreadPast } from './thread-past.js'
import { inTime, postEntries } from './timeline-entries.js'

type PostRows = Pick<PostContext, 'row' | 'threadRow'>

/** Past events of posts and threads, and their state at an instant. Holds one thread in memory at a time. */
export class History {
  constructor(private readonly sql: Statements) {}

  /** Posts with this id or permalink: more than one if several sites use the id. */
  find(name: string): PostContext[] {
    const { sql, values } = postByName(name)
    return this.sql
      .rows<Omit<PostContext, 'isRead'> & { status: string }>(
        `${FOUND_POSTS} WHERE ${sql} ORDER BY posts.id`,
        ...values,
      )
      .map(({ status, ...place }) => ({ ...place, isRead: status !== 'unread' }))
  }

  /** All events of the thread, or of this post only (`single`), oldest first. A post that has left the thread is listed until then. */
  entries(place: PostRows, single: boolean): HistoryEntry[] {
    return this.inSnapshot(() => {
      const past = new ThreadPast(this.sql, place.threadRow)
      const posts = single
        ? past.posts.filter(({ id }) => id === place.row)
        : past.posts.filter(one => past.leftAt(one) !== undefined)
      return inTime([
        ...posts.flatMap(one => {
          const end = single ? null : past.leftAt(one)
          return postEntries(past, one).filter(({ at }) => !end || happenedBy(at, end))
        }),
        ...this.renames(past, posts),
        ...this.moves(place),
      ])
    })
  }

  /** The posts with all their versions, in pre-order. */
  texts(place: PostRows, single: boolean): PostTexts[] {
    return this.inSnapshot(() => {
      const past = new ThreadPast(this.sql, place.threadRow)
      return inReplyOrder(past.present, past.thread)
        .filter(({ post }) => !single || post.id === place.row)
        .map(({ post: { post, timeline } }) => ({
          post,
          versions: timeline.versions.map(one => past.version(one, null)),
        }))
    })
  }

  /**
   * The thread in which the post was at `then`, as the archive knew it at that time; null: it knew no post of the thread yet. A time in
   * whole seconds includes that second.
   */
  threadAt(place: PostRows, then: Instant): StoredThread | null {
    return this.inSnapshot(() => {
      const past = new ThreadPast(this.sql, place.threadRow)
      const thread = past.threadOf(place.row, then)
      return threadAt(this.present(thread === past.thread ? past : new ThreadPast(this.sql, thread), place), then)
    })
  }

  /** When the first post of the thread was seen; null: no post was read. */
  firstSeenAt(place: PostRows): Instant | null {
    const seen = [...postTimelinesIn(this.sql, [place.threadRow]).values()].map(({ firstSeenAt }) => firstSeenAt)
    return seen.sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null
  }

  /** Reads in one transaction, so that a run that writes at the same time is not seen half-way. */
  private inSnapshot<Result>(read: () => Result): Result {
    return this.sql.db.transaction(read)()
  }

  private present(past: ThreadPast, { threadRow }: PostRows): PresentThread {
    const read = (thread: number) =>
      this.sql.row<ThreadRow & { group_id: number | null; whole_view_at: Instant | null }>(
        `${THREADS} WHERE threads.id = ?`,
        thread,
      )
    const row = read(past.thread) ?? read(threadRow)
    if (!row) throw new Error(`There is no thread in row ${threadRow}.`)
    return { summary: threadSummary(row), wholeViewAt: row.whole_view_at, groupRow: row.group_id, past }
  }

  /** Moves of the site since the thread was first seen. */
  private moves(place: PostRows): RenameEntry[] {
    const site = this.sql.one<string>(
      'SELECT sites.url FROM sites JOIN posts ON posts.site_id = sites.id WHERE posts.id = ?',
      place.row,
    )
    const first = this.firstSeenAt(place)
    return new SiteMoves(this.sql)
      .of(site ?? '')
      .filter(({ at }) => first !== null && at >= first)
      .map(move => ({ at: move.at, kind: 'renamed', ...siteRename(move) }))
  }

  /** Renames of the authors and groups of these posts, each since its first version was seen. */
  private renames({ names }: ThreadPast, posts: readonly PastPost[]): RenameEntry[] {
    const owners = new Map<string, number>()
    for (const { timeline } of posts)
      for (const { member, groupRow, since } of timeline.versions)
        for (const key of [`member ${member}`, `group ${groupRow}`])
          owners.set(key, Math.min(Date.parse(since), owners.get(key) ?? Infinity))
    return names.renames
      .filter(({ at, member, group }) => {
        const since = owners.get(member === null ? `group ${group}` : `member ${member}`)
        return since !== undefined && Date.parse(at) >= since
      })
      .map(({ member, group, at, field, before, after }) => ({
        ...{ at, kind: 'renamed', field, before, after },
        ...{ member: names.author(member, null), group: names.group(group, null) },
      }))
  }
}

const FOUND_POSTS = `SELECT posts.id AS row, posts.thread_id AS threadRow, sites.url AS site, opening.site_post_id AS thread,
    posts.site_post_id AS id, posts.url, posts.status
  FROM posts JOIN sites ON sites.id = posts.site_id JOIN posts AS opening ON opening.id = posts.thread_id`
