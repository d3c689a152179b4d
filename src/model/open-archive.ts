import type { ArchiveReader, Selection, StoredThread, ThreadSummary } from './archive.js'
import type { MediaItem } from './media/media.js'
import type { HistoryEntry } from './reports/history.js'
import type { Hit } from './reports/search.js'
import type { Statistics, StatisticsRequest } from './reports/statistics.js'
import type { Registered } from './sync.js'

/** An open archive, as a program that uses the library sees it. Close it. */
export interface OpenArchive extends ArchiveReader {
  readonly file: string
  /** `write`: it holds the lock, so that no other run writes until it is closed. */
  readonly mode: 'read' | 'write'
  /** Threads with their posts, oldest first; without a selection all. At most one thread is in memory. */
  threads(selection?: ThreadSelection): Iterable<StoredThread>
  /** The same threads without their posts. */
  threadSummaries(selection?: ThreadSelection): Iterable<ThreadSummary>
  /** Posts that match a query of the search language, such as `'from:anna "bee hive"'`. @throws UsageError if it can't be read. */
  search(query: string, how?: SearchOptions): Iterable<Hit>
  /** How many posts match. @throws UsageError as `search`. */
  count(query: string): number
  /** Figures of the whole archive, or of selections of it. */
  statistics(request?: Partial<StatisticsRequest>): Statistics
  /** What happened to a thread (id or permalink of its opening post) or to one reply, oldest first; empty: it is not held. */
  history(post: string): HistoryEntry[]
  /** The addresses of the files of posts and members, each with what became of it; empty until files are fetched. */
  media(): Iterable<MediaItem>
  /** What `sync` brings up to date. */
  targets(): Registered[]
  /** Releases the lock. Whatever is asked afterwards throws. */
  close(): void
}

/** All of these hold together. */
export interface ThreadSelection extends Selection {
  /** Threads with a post that matches this query of the search language, whole. */
  filter?: string
}

export interface SearchOptions {
  /** `rank` (default): how well the words fit. `date`: newest first. */
  order?: 'rank' | 'date'
  /** Default: all. */
  limit?: number
  offset?: number
}
