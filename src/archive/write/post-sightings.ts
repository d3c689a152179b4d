import { IN_LIST, type Statements } from '../database/statements.js'
import type { PostValues } from '../fold/state.js'
import { POSTS } from '../schema/tables/posts.js'
import type { WriteContext } from './reading.js'

/** Columns that say when, and by which run and capture, the values of a post were last seen. */
export const SEEN_COLUMNS = (Object.keys(POSTS.columns) as (keyof PostValues)[]).filter(name =>
  /^(?!first_).*_seen_at$|^last_/.test(name),
)

interface Seen {
  values: unknown[]
  posts: number[]
}

/**
 * What a page shows of posts that says nothing new: when they were seen, and by whom. A page shows whole threads, whose posts were last
 * seen together, so that a few statements write it for all posts of a page.
 */
export class PostSightings {
  /** The columns of posts whose other columns stay as they are: one list of values for all posts that have these. */
  private readonly rows = new Map<number, Seen>()
  private readonly alike = new Map<string, Seen>()
  private readonly seen: number[] = []

  constructor(
    private readonly sql: Statements,
    private readonly context: WriteContext,
  ) {}

  /** The reader of the page saw this post. */
  saw(post: number): void {
    this.seen.push(post)
  }

  /** The columns of this row are to be written; those of a later one replace them. */
  put(post: number, row: PostValues): void {
    const values = SEEN_COLUMNS.map(name => row[name])
    const key = values.join(' ')
    const seen = this.alike.get(key) ?? { values, posts: [] }
    this.alike.set(key, seen)
    this.rows.set(post, seen)
  }

  /** They are written already, with other columns of the post. */
  drop(post: number): void {
    this.rows.delete(post)
  }

  /** Writes the columns. Call it before anything else reads or changes them. */
  flush(): void {
    if (this.rows.size === 0) return
    for (const [post, { posts }] of this.rows) posts.push(post)
    this.rows.clear()
    for (const { values, posts } of this.alike.values())
      if (posts.length > 0) this.sql.run(UPDATE, ...values, JSON.stringify(posts))
    this.alike.clear()
  }

  /** Notes who saw the posts of the page. Call it once, after the last post. */
  addReader(): void {
    if (this.seen.length === 0) return
    const { reader, at } = this.context
    this.sql.run(SIGHTINGS, reader, at, at, JSON.stringify(this.seen))
  }
}

const UPDATE = `UPDATE posts SET ${SEEN_COLUMNS.map(name => `${name} = ?`).join(', ')} WHERE id ${IN_LIST}`

const SIGHTINGS = `INSERT INTO sightings (post_id, reader, first_seen_at, last_seen_at)
  SELECT value, ?, ?, ? FROM json_each(?) WHERE true
  ON CONFLICT DO UPDATE SET first_seen_at = min(first_seen_at, excluded.first_seen_at),
    last_seen_at = max(last_seen_at, excluded.last_seen_at)`
