import type { Instant } from '../discussion.js'
import type { Asked, Pass, Stop } from './pass.js'

/** How the content of an archive came into it: its run log, and what the runs found. Holds no names of people and no paths. */
export interface Provenance {
  /** Oldest first. */
  runs: RunRecord[]
  /** Archives that were merged into this one. */
  merged: { label: string; at: Instant }[]
  posts: PostCounts
}

/** What the archive has of one run. A sum over all runs is the figure of the archive. */
export interface RunRecord {
  /** Its number in this archive. */
  id: number
  /** Label of the merged archive that it comes from; null: this one. */
  archive: string | null
  /** The command without its arguments: `archive`, `sync`, `import`, … */
  command: string
  /** Version of threadkeep. */
  version: string
  startedAt: Instant
  /** Null: running, or killed. */
  finishedAt: Instant | null
  exitCode: number | null
  /** Why it ended before everything was read; null: it did not, or it was killed. */
  stopped: Stop | null
  /** Requests sent, with retries, redirects and robots.txt; null: not recorded, because the run did not end. */
  requests: number | null
  /** Bytes received, after decompression; null: as `requests`. */
  bytes: number | null
  /** Mean seconds between the starts of two requests to one host; null: fewer than two, or not recorded. */
  secondsBetweenRequests: number | null
  longestWaitSeconds: number | null
  /** Responses that the archive stores of it, by reader and route. */
  captures: CaptureCount[]
  /** Posts of the archive that this run was the first to read; those that are gone, too. */
  posts: number
  /** Earlier versions that this run found replaced. */
  versions: number
  /** What it found: `gone`, `back`, `moved`, `renamed`, `forgotten`, and how often. */
  events: Record<string, number>
  targets: RunTarget[]
}

export interface CaptureCount {
  /** `session@LABEL` in merged archives. */
  reader: string
  route: CaptureRoute
  count: number
  /** Of these, a wall instead of content. */
  walls: number
}

/** How a response was had. `import`: out of a file. */
export type CaptureRoute = 'page' | 'ajax' | 'rest' | 'feed' | 'import'

/** What a run reports of one target; fewer keys in the log of a killed run. */
export type RunTarget = Pick<Pass, 'target' | 'state' | 'route' | 'because' | 'posts'> & {
  problems: string[]
  notes: string[]
  /** Null: not recorded, or an import. */
  asked: Asked | null
}

/** Numbers of posts. An opening post that is known only from its replies is none, but for `unread`. */
export interface PostCounts {
  live: number
  gone: number
  /** Opening posts that are known only from their replies. */
  unread: number
  threads: number
  /** Members who wrote a post. */
  authors: number
  /** Posts of which the site gave only the beginning. */
  shortened: number
  /** Posts of erased members. */
  erased: number
  erasedMembers: number
  /** Captures whose body was erased. */
  withheld: number
  dates: DateCounts
  /** Earlier versions, and the posts that have one. */
  versions: number
  versionedPosts: number
  /** Posts that the site marks as edited. */
  markedEdited: number
  /** Threads by completeness, and the posts that the site showed or claimed of them, and that are held. */
  completeness: Record<'complete' | 'short' | 'unknown', number>
  claimed: number
  held: number
}

/** Posts by what is known of their date. */
export interface DateCounts {
  exact: number
  interval: number
  /** Only a bound is known. */
  bound: number
  unknown: number
  /** Days of the widest interval; null: there is none. */
  widestDays: number | null
  first: Instant | null
  last: Instant | null
  /** `month`: the first and the last date are those of months (UTC). Absent: they are exact. */
  precision?: 'month'
}

/** Of an archive that records nothing. */
export const NO_PROVENANCE: Provenance = {
  runs: [],
  merged: [],
  posts: {
    ...{ live: 0, gone: 0, unread: 0, threads: 0, authors: 0, shortened: 0, erased: 0, erasedMembers: 0, withheld: 0 },
    dates: { exact: 0, interval: 0, bound: 0, unknown: 0, widestDays: null, first: null, last: null },
    ...{ versions: 0, versionedPosts: 0, markedEdited: 0, claimed: 0, held: 0 },
    completeness: { complete: 0, short: 0, unknown: 0 },
  },
}
