import type { Statements } from '../database/statements.js'
import { blankRow } from '../schema/describe.js'
import { POSTS, type PostRow, type ThreadStateRow } from '../schema/tables/posts.js'
import { MADE_AT } from '../schema/tables/runs.js'

/** A stored post, with the state of its thread if it is an opening post. */
export type KnownPost = PostRow &
  Pick<ThreadStateRow, 'claimed' | 'whole_view_at' | 'whole_view_in' | 'told_replies'> & {
    view_capture_id: number | null
    told_capture_id: number | null
    /** 1: only the name of its author is known, from a text. */
    has_made_author: 0 | 1
    /** When its text was read; null: not known. */
    read_at: string | null
  }

const KNOWN = `SELECT posts.*, threads.claimed, threads.whole_view_at, threads.whole_view_in, threads.view_capture_id, threads.told_replies,
    threads.told_capture_id, ${MADE_AT('captures')} AS read_at,
    COALESCE((SELECT site_member_id GLOB 'x*' FROM members WHERE members.id = posts.member_id), 0) AS has_made_author
  FROM json_each(?) AS wanted CROSS JOIN posts ON posts.site_id = ? AND posts.site_post_id = wanted.value
    LEFT JOIN threads ON threads.id = posts.id LEFT JOIN captures ON captures.id = posts.text_capture_id`

/** An opening post that is known only from its replies. */
export const UNREAD: KnownPost = {
  ...blankRow(POSTS),
  ...{ claimed: null, whole_view_at: null, whole_view_in: null, view_capture_id: null },
  ...{ told_replies: null, told_capture_id: null, has_made_author: 0, read_at: null },
  ...{ type: 'activity_update', status: 'unread' },
}

const NAMES = Object.keys(UNREAD) as (keyof KnownPost)[]

/**
 * The row in a seventh of the memory: V8 keeps the rows of SQLite as hash tables, and each of their dates as a string of its own. Posts that
 * are seen together share most values.
 */
function lean(row: KnownPost, before: KnownPost): KnownPost {
  const copy = { ...UNREAD }
  const values: Record<string, unknown> = copy
  for (const name of NAMES) values[name] = row[name] === before[name] ? before[name] : row[name]
  return copy
}

/** The posts of a site that a page names, or a part of the page; posts that the page adds are put in. */
export class KnownPosts {
  private readonly rows = new Map<string, KnownPost>()

  constructor(
    private readonly sql: Statements,
    private readonly site: number,
  ) {}

  /** Reads the posts with these ids of the site, in place of those before. */
  read(ids: Iterable<string>): void {
    this.rows.clear()
    let before: KnownPost = { ...UNREAD }
    for (const row of this.sql.each<KnownPost>(KNOWN, JSON.stringify([...new Set(ids)]), this.site)) {
      before = lean(row, before)
      this.rows.set(before.site_post_id, before)
    }
  }

  find(id: string): KnownPost | undefined {
    return this.rows.get(id)
  }

  put(row: KnownPost): void {
    this.rows.set(row.site_post_id, row)
  }

  /** The opening post of a thread has become a reply: the thread moved with it. */
  movedThread(from: number, { id, thread_id }: KnownPost): void {
    if (id !== from) return
    for (const row of this.rows.values()) if (row.thread_id === from) row.thread_id = thread_id
  }
}
