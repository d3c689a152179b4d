import type { StoredThread } from '../../model/archive.js'
import type { Instant } from '../../model/discussion.js'
import type { PostContext, PostPast, RenameEntry } from '../../model/reports/history.js'
import { happenedBy } from '../../model/time.js'
import type { Statements } from '../database/statements.js'
import { SiteMoves } from '../moves/site-moves.js'
import { postByName } from '../query/selection.js'
import { inReplyOrder } from '../read/reply-order.js'
import { type ThreadRow, threadSummary, threadsQuery } from '../read/rows.js'
import { type PresentThread, threadAt } from './as-of.js'
import { siteRenameEntry } from './change-feed.js'
import type { NameHistory } from './name-history.js'
import { withTexts } from './past-texts.js'
import { FIRST_SEEN_AT, type PostTimeline, withTimelines } from './post-timelines.js'
import { ThreadPast } from './thread-past.js'
import { Entries, type Entry, entryOf, entryPlaces, inTime } from './timeline-entries.js'

type PostRows = Pick<PostContext, 'row' | 'threadRow'>

/** Past events of posts and threads, and their state at an instant. Holds the places of one thread in memory at a time, and few texts. */
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
  entries(place: PostRows, single: boolean): Entries {
    return this.inSnapshot(() => {
      const past = new ThreadPast(this.sql, place.threadRow)
      const posts = single
        ? past.posts.filter(({ id }) => id === place.row)
        : past.posts.filter(one => past.leftAt(one) !== undefined)
      const owners = new Owners()
      const entries: Entry[] = []
      for (const [one, timeline] of withTimelines(this.sql, posts)) {
        owners.add(timeline)
        const end = single ? null : past.leftAt(one)
        entries.push(...entryPlaces(one, timeline).filter(({ at }) => !end || happenedBy(at, end)))
      }
      const { sql, names } = past
      return new Entries({ sql, names }, inTime([...entries, ...owners.renames(past.names), ...this.moves(place)]))
    })
  }

  /** The posts with their whole past, in pre-order. Streams. */
  *pasts(place: PostRows, single: boolean): Generator<PostPast> {
    for (const [one, texts] of this.textsInOrder(place, single)) {
      const [post, timeline] = [texts.post(one.id), texts.timeline(one.id)]
      const entries = entryPlaces({ ...one, ...post.when, siteId: post.id }, timeline)
      yield {
        post,
        versions: timeline.versions.map(version => texts.version(one.id, version, null)),
        entries: entries.map(entry => entryOf(entry, texts)),
      }
    }
  }

  private textsInOrder({ threadRow, row }: PostRows, single: boolean) {
    const { sql, names, thread, present } = this.inSnapshot(() => new ThreadPast(this.sql, threadRow))
    const posts = inReplyOrder(present, thread).map(({ post: { id, size } }) => ({ id, size }))
    return withTexts({ sql, names }, single ? posts.filter(({ id }) => id === row) : posts)
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
  firstSeenAt({ threadRow }: PostRows): Instant | null {
    return this.sql.one<Instant | null>(FIRST_SEEN, threadRow) ?? null
  }

  /** Reads in one transaction, so that a run that writes at the same time is not seen half-way. */
  inSnapshot<Result>(read: () => Result): Result {
    return this.sql.db.transaction(read)()
  }

  private present(past: ThreadPast, { threadRow }: PostRows): PresentThread {
    const read = (thread: number) =>
      this.sql.row<ThreadRow & { group_id: number | null; whole_view_at: Instant | null }>(
        threadsQuery(this.sql),
        JSON.stringify([thread]),
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
    const moves = new SiteMoves(this.sql).of(site ?? '')
    const first = moves.length === 0 ? null : this.firstSeenAt(place)
    return moves
      .filter(({ at }) => first !== null && at >= first)
      .map(move => ({ at: move.at, kind: 'renamed', ...siteRenameEntry(move) }))
  }
}

/** Members and groups of some posts, each since its first version was seen. */
class Owners {
  private readonly since = new Map<string, number>()

  add({ versions }: PostTimeline): void {
    for (const { member, groupRow, since } of versions)
      for (const key of [`member ${member}`, `group ${groupRow}`])
        this.since.set(key, Math.min(Date.parse(since), this.since.get(key) ?? Infinity))
  }

  /** Their renames. */
  renames(names: NameHistory): RenameEntry[] {
    return names.renames
      .filter(({ at, member, group }) => {
        const since = this.since.get(member === null ? `group ${group}` : `member ${member}`)
        return since !== undefined && Date.parse(at) >= since
      })
      .map(({ member, group, at, field, before, after }) => ({
        ...{ at, kind: 'renamed', field, before, after },
        ...{ member: names.author(member, null), group: names.group(group, null) },
      }))
  }
}

const FIRST_SEEN = `SELECT min(${FIRST_SEEN_AT}) FROM posts WHERE thread_id = ? AND status <> 'unread'`

const FOUND_POSTS = `SELECT posts.id AS row, posts.thread_id AS threadRow, sites.url AS site, opening.site_post_id AS thread,
    posts.site_post_id AS id, posts.url, posts.status
  FROM posts JOIN sites ON sites.id = posts.site_id JOIN posts AS opening ON opening.id = posts.thread_id`
