import type { Completeness, GroupSummary } from '../archive.js'
import type { ExitCode } from '../errors.js'
import type { ImportCounts } from '../imports.js'
import type { MediaReport } from '../media/media.js'
import type { RequestExplanation, SyncExplanation } from '../sync.js'
import type { SiteMove } from '../urls.js'
import type { Asked, Pass, Stop } from './pass.js'
import type { SelfTest } from './self-test.js'

/** Receives the progress of a run. */
export interface Reporter {
  /** A target starts; `resumed`: it continues where an earlier run stopped. */
  target(url: string, resumed: boolean): void
  /** A request starts. */
  request(url: string): void
  /**
   * A response was parsed and saved. `counts`: totals of this run; `what`: name of the group, or URL of the target; `share`: how much of its
   * list of threads is read, where the site counts them; null: it does not.
   */
  saved(counts: RunCounts, what: string, share: Share | null): void
  /** The run waits, for a retry or a Retry-After. Not called for the normal pause between requests. */
  waiting(milliseconds: number, why: string): void
  /** A request has ended, with or without a response. */
  answered(url: string, answer: Answered): void
  /** A rule of robots.txt was ignored, because the user wants that. */
  ignored(url: string, what: string): void
  warning(text: string): void
}

/** Threads of a list, or files. */
export interface Share {
  done: number
  total: number
  of?: 'file'
}

/** Outcome of a request. `status` null: no response, and `why` gives the reason. */
export interface Answered {
  status: number | null
  why: string | null
  bytes: number
  milliseconds: number
}

export interface RunCounts {
  requests: number
  /** Bytes of bodies after decompression. */
  bytes: number
  newPosts: number
  changedPosts: number
  /** Posts seen, including known ones, each counted once. */
  posts: number
}

/**
 * Why a run has exit code 3, the gravest first. `failed`: a target could not be read at all, or a part of one only for a reason other than
 * a gap (login, block, not recognised). `gap`: requests without a usable response, or posts that are missing; the next run tries again.
 * `limit`: nothing but --max-requests or --time-limit. Null: another exit code.
 */
export type PartialReason = 'failed' | 'gap' | 'limit' | null

/** Load that a run put on its hosts. */
export interface Visit {
  /** Mean time between the starts of consecutive requests to the same host; null: fewer than two requests. */
  meanSecondsBetweenRequests: number | null
  /** Longest wait for a retry, or at the site's request. */
  longestWaitSeconds: number
}

/** Report of one run: printed at the end, stored in `runs`, and printed by `archive --json`. */
export interface RunReport extends RunCounts {
  schema: 'threadkeep.run/1'
  run: number
  /** Start of the first run of the series, if this run continues a stopped command; otherwise `startedAt`. */
  seriesStartedAt: string
  startedAt: string
  finishedAt: string
  exitCode: ExitCode
  reason: PartialReason
  /** Null: the run was not stopped. */
  stopped: Stop | null
  /** Number of posts that this run found gone from the site, and found again. */
  gonePosts: number
  backPosts: number
  /** Posts of earlier runs of which an import, or the posts of a text that were recognised, brought something better: a narrower date, the full text, the true parent. */
  improvedPosts: number
  /** What the site says of posts and what can't be, such as a parent in another thread: not stored, and also among the problems. */
  contradictions: Findings
  /** Ids that the site has given to another post: author, date and text all differ. The earlier post is kept in its history. */
  reusedIds: Findings
  visit: Visit
  /** What became of the files of posts; absent: none were asked for. */
  media?: MediaReport
  targets: TargetReport[]
}

/** A number of findings, and a sentence for each of the first of them. */
export interface Findings {
  count: number
  first: string[]
}

export interface TargetReport extends Pass {
  groups: GroupReport[]
  /** Threads of the target that are in no group, or that are the target itself. */
  threads: { id: string; url: string; completeness: Completeness }[]
  /** What was skipped or failed, with reasons. */
  problems: Problem[]
  /** The site of the target has moved to another address; absent: no move was seen. */
  moved?: SiteMove
  /** Information that is no failure: why a route was used or not, where two views differ. */
  notes: Note[]
  /** Whether the theme's pages were read right; null: nothing was read by pages, or no feed is open. */
  selfTest: SelfTest | null
  /** What an import found; absent: the target is a live site. */
  imported?: ImportCounts
  /** How the site was asked; absent: an import. */
  asked?: Asked
  /** `sync --explain`: why each thread was read or not. Not stored in the archive. */
  explained?: SyncExplanation[]
  /** `sync --explain`: why requests were made, the reasons in the order of their first request. Not kept in the archive. */
  requests?: RequestExplanation[]
}

export interface Note {
  url: string
  message: string
}

export interface GroupReport
  extends Pick<GroupSummary, 'slug' | 'name' | 'url' | 'threads' | 'posts' | 'gonePosts' | 'completeness'> {
  /** `members`: this reader may not see its posts. */
  access: 'open' | 'members'
}

export interface Problem extends Note {
  advice: string | null
  exitCode: ExitCode
}
