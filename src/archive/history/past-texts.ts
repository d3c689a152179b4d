import type { StoredPost } from '../../model/archive.js'
import type { Instant } from '../../model/discussion.js'
import type { TextVersion } from '../../model/reports/history.js'
import { IN_LIST } from '../database/statements.js'
import { WHOLE_POSTS } from '../read/post-cells.js'
import { PostReader } from '../read/post-reader.js'
import { endOfBatch, type ThreadPlace } from '../read/thread-posts.js'
import type { RevisionRow } from '../schema/tables/history.js'
import type { NameHistory } from './name-history.js'
import { type PostTimeline, postTimelines, type TimelineVersion, versionAt } from './post-timelines.js'
import type { ThreadPast } from './thread-past.js'

type Content = Pick<RevisionRow, 'id' | 'heading' | 'html' | 'text'>

const CONTENTS = `SELECT id, heading, html, text FROM revisions WHERE post_id ${IN_LIST}`

/** A few posts with their timelines and all their texts. Posts are named by their row ids. */
export class PastTexts {
  private readonly posts: ReadonlyMap<number, StoredPost>
  private readonly timelines: ReadonlyMap<number, PostTimeline>
  private readonly names: NameHistory
  private readonly contents: ReadonlyMap<number, Content>

  constructor({ sql, names }: Pick<ThreadPast, 'sql' | 'names'>, rows: readonly number[]) {
    this.names = names
    this.posts = new Map(new PostReader(sql, WHOLE_POSTS).inRows(rows).map((post, at) => [rows[at] as number, post]))
    this.timelines = postTimelines(sql, rows)
    const contents = sql.rows<Content>(CONTENTS, JSON.stringify(rows))
    this.contents = new Map(contents.map(content => [content.id, content]))
  }

  /** True if it has these posts. */
  has(rows: readonly number[]): boolean {
    return rows.every(row => this.posts.has(row))
  }

  /** The post as it is now. */
  post(row: number): StoredPost {
    return this.posts.get(row) as StoredPost
  }

  timeline(row: number): PostTimeline {
    return this.timelines.get(row) as PostTimeline
  }

  /** A version of the post with the names at `then`; null: the present names. */
  version(row: number, { revision, member, groupRow, ...version }: TimelineVersion, then: Instant | null): TextVersion {
    const { heading, html, text } = revision === null ? this.post(row) : (this.contents.get(revision) as Content)
    return {
      ...version,
      heading,
      html,
      text,
      author: this.names.author(member, then),
      group: this.names.group(groupRow, then),
    }
  }

  versionAt(row: number, then: Instant): TextVersion {
    return this.version(row, versionAt(this.timeline(row), then), then)
  }
}

/** Each item with the texts of its post. The texts of a few posts at a time are in memory: those of a long post once for all its items. */
export function* withTexts<Item extends Pick<ThreadPlace, 'id' | 'size'>>(
  past: Pick<ThreadPast, 'sql' | 'names'>,
  items: readonly Item[],
): Generator<[Item, PastTexts]> {
  let texts: PastTexts | undefined
  for (let start = 0; start < items.length; ) {
    const end = endOfBatch(items, start, ({ size }) => size)
    const batch = items.slice(start, end)
    const rows = [...new Set(batch.map(({ id }) => id))]
    if (!texts?.has(rows)) texts = new PastTexts(past, rows)
    for (const item of batch) yield [item, texts]
    start = end
  }
}
