import type { Instant } from '../discussion.js'
import type { MediaCounts } from '../media/media.js'
import type { Route } from '../task.js'
import type { SelfTest } from './self-test.js'

/** State of the archive. Times are ISO 8601, UTC. */
export interface ArchiveStatus {
  targets: TargetStatus[]
  lastRun: {
    id: number
    command: string
    startedAt: string
    /** Null: still running, or killed. */
    finishedAt: string | null
    exitCode: number | null
  } | null
  /** The run that holds the lock, or held it when it was killed. */
  holder: { pid: number; host: string; startedAt: string; command: string } | null
  /** Newest first, five at most. This field, `file` and `counts` are absent if there is no archive file. */
  lastRuns?: RunStatus[]
  file?: FileStatus
  counts?: InventoryCounts
  /** Files that posts show; absent: none were ever asked for. */
  media?: MediaCounts
  /** What was imported; null or absent: nothing. */
  imported?: ImportedStatus | null
}

/** What an archive holds of files, and of captures of a web archive. */
export interface ImportedStatus {
  /** Start of the last run that imported something. */
  at: string
  /** Number of names of files, and of captures of a web archive. */
  files: number
}

export interface RunStatus extends NonNullable<ArchiveStatus['lastRun']> {
  requests: number
  newPosts: number
  changedPosts: number
  /** Null: not recorded before schema 4. */
  gonePosts: number | null
}

/** Sizes in bytes. */
export interface FileStatus {
  bytes: number
  /** Compressed bodies of captures. */
  captureBytes: number
  /** Free database pages, which SQLite will reuse. */
  freeBytes: number
  /** Number of the archive's schema. */
  schema: number
}

export interface InventoryCounts {
  groups: number
  /** All threads, with those that are only membership notices. */
  threads: number
  /** Threads that are only membership notices: lists and documents leave them out. */
  notices: number
  livePosts: number
  gonePosts: number
  revisions: number
  captures: number
}

export interface TargetStatus {
  url: string
  /** What its page turned out to be; null: nothing was read of it yet. */
  kind: 'site' | 'group' | 'member' | 'thread' | 'forum' | null
  /** Name of the group (of a forum: that it belongs to) or member, title of the thread, or name of the site; null: not known. */
  name: string | null
  /** The last move of its site: the former base URL, and when the archive followed; null: it has not moved. */
  moved: { from: string; at: Instant } | null
  /** The reader of the last pass. */
  reader: 'visitor' | 'session' | 'password'
  startedAt: string | null
  /** Null: the pass is not finished. */
  finishedAt: string | null
  /** Pending tasks. */
  pending: number
  gaps: Gap[]
  /** How the posts of the last run that compared them agree with the site's feed; null: none has. */
  selfTest: Pick<SelfTest, 'url' | 'compared' | 'agreed'> | null
  /** How the last run over it ended; null: none is recorded. Only `done` means that all of it was read. */
  lastState: 'done' | 'partial' | 'failed' | 'interrupted' | null
  /** What that run named, the first messages. */
  problems: string[]
  /** How `sync` will read the target; absent if there is no archive file. */
  sync?: SyncStatus
}

export interface SyncStatus {
  via: 'auto' | Route
  /** Range of the pause between requests; null: the default. */
  sleepSeconds: readonly [number, number] | null
  ignoreRobots: boolean
  /** End of the last whole pass without gaps in its lists; null: none. */
  fullReadAt: Instant | null
  /** Start of the last finished pass. */
  lastBegunAt: Instant | null
  /** Number of its live threads in the archive. */
  threads: number
  /** URLs of its groups that are not read any more, because the user took them off; absent: none. */
  without?: readonly string[]
}

/** A request that has not succeeded. */
export interface Gap {
  url: string
  reason: string | null
  /** True if the next run retries the request; false: the next pass does. */
  again: boolean
  /** Since when each run that made it got no usable response; null: not known. */
  since: Instant | null
}
