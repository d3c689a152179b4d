import type { StoredAuthor, StoredGroup, StoredThread } from '../../model/archive.js'
import type { Instant } from '../../model/discussion.js'
import type { HistoryEntry, PostContext, PostTexts, RenameEntry } from '../../model/reports/history.js'
import type { Statements } from '../database/statements.js'
import { postByName } from '../query/selection.js'
import { THREADS, type ThreadRow, threadSummary } from '../read/rows.js'
import { inReplyOrder, type ThreadPost, threadPosts } from '../read/thread-posts.js'
import { type PresentThread, threadAt } from './as-of.js'
import { NameHistory, type Rename } from './name-history.js'
import { type PostTimeline, postTimelinesIn } from './post-timelines.js'
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

  /** All events of the thread, or of this post only (`single`), oldest first. */
  entries(place: PostRows, single: boolean): HistoryEntry[] {
    return this.inSnapshot(() => {
      const names = new NameHistory(this.sql, place.threadRow)
      const timelines = postTimelinesIn(this.sql, place.threadRow)
      const posts = this.chosen(place, single)
      return inTime([
        ...posts.flatMap(({ id, post }) => postEntries(post, timelines.get(id) as PostTimeline, names)),
        ...this.renames(names, posts, timelines),
      ])
    })
  }

  /** The posts with all their texts, in pre-order. */
  texts(place: PostRows, single: boolean): PostTexts[] {
    return this.inSnapshot(() => {
      const timelines = postTimelinesIn(this.sql, place.threadRow)
      return this.chosen(place, single).map(({ id, post }) => ({ post, versions: timelines.get(id)?.versions ?? [] }))
    })
  }

  /** The thread as the archive knew it at `then`; null: it knew no post of the thread yet. A time in whole seconds includes that second. */
  threadAt(place: PostRows, then: Instant): StoredThread | null {
    return threadAt(
      this.inSnapshot(() => this.present(place.threadRow)),
      then,
    )
  }

  /** When the first post of the thread was seen; null: no post was read. */
  firstSeenAt(place: PostRows): Instant | null {
    const seen = [...postTimelinesIn(this.sql, place.threadRow).values()].map(({ firstSeenAt }) => firstSeenAt)
    return seen.sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null
  }

  /** Reads in one transaction, so that a run that writes at the same time is not seen half-way. */
  private inSnapshot<Result>(read: () => Result): Result {
    return this.sql.db.transaction(read)()
  }

  private present(thread: number): PresentThread {
    const row = this.sql.row<ThreadRow & { group_id: number | null; whole_view_at: Instant | null }>(
      `${THREADS} WHERE threads.id = ?`,
      thread,
    )
    if (!row) throw new Error(`There is no thread in row ${thread}.`)
    return {
      row: thread,
      summary: threadSummary(row),
      wholeViewAt: row.whole_view_at,
      groupRow: row.group_id,
      posts: threadPosts(this.sql, thread),
      timelines: postTimelinesIn(this.sql, thread),
      names: new NameHistory(this.sql, thread),
    }
  }

  private chosen({ row, threadRow }: PostRows, single: boolean): ThreadPost[] {
    const posts = threadPosts(this.sql, threadRow)
    if (single) return posts.filter(({ id }) => id === row)
    return inReplyOrder(posts, threadRow).map(({ post }) => post)
  }

  /** Renames of the authors and groups of these posts, each since its first post was seen. */
  private renames(
    names: NameHistory,
    posts: readonly ThreadPost[],
    timelines: ReadonlyMap<number, PostTimeline>,
  ): RenameEntry[] {
    const owners = new Map<string, { since: number; author: StoredAuthor | null }>()
    for (const { id, post } of posts) {
      const { member, group, firstSeenAt } = timelines.get(id) as PostTimeline
      for (const key of [`member ${member}`, `group ${group}`]) {
        const since = Math.min(Date.parse(firstSeenAt), owners.get(key)?.since ?? Infinity)
        owners.set(key, { since, author: post.author })
      }
    }
    return names.renames.flatMap(rename => {
      const owner = owners.get(rename.member === null ? `group ${rename.group}` : `member ${rename.member}`)
      return owner && Date.parse(rename.at) >= owner.since ? [this.renameEntry(rename, owner.author)] : []
    })
  }

  private renameEntry({ member, group, at, ...change }: Rename, author: StoredAuthor | null): RenameEntry {
    const { field, before, after } = change
    const names = { member: member === null ? null : author, group: group === null ? null : this.group(group) }
    return { at, kind: 'renamed', ...names, field, before, after }
  }

  private group(row: number): StoredGroup | null {
    return (
      this.sql.row<StoredGroup>('SELECT site_group_id AS id, slug, name, url FROM groups WHERE id = ?', row) ?? null
    )
  }
}

const FOUND_POSTS = `SELECT posts.id AS row, posts.thread_id AS threadRow, sites.url AS site, opening.site_post_id AS thread,
    posts.site_post_id AS id, posts.url, posts.status
  FROM posts JOIN sites ON sites.id = posts.site_id JOIN posts AS opening ON opening.id = posts.thread_id`
