import type { Completeness } from '../archive.js'
import type { ExitCode } from '../errors.js'
import type { RequestExplanation, SyncExplanation } from '../sync.js'

/** What a run tells while it works. The core reports, the command line draws. */
export interface Reporter {
  /** A target starts; `resumed`: it goes on where an earlier run stopped. */
  target(url: string, resumed: boolean): void
  /** About to ask for this. */
  request(url: string): void
  /** One answer is read and saved. Counts are those of this run so far. */
  saved(counts: RunCounts, what: string): void
  /** Waiting: a retry, a Retry-After. The plain pace is not told. */
  waiting(milliseconds: number, why: string): void
  /** An exchange has ended: with a status, or without, and then why. */
  answered(url: string, answer: Answered): void
  /** Something that robots.txt asks for was not done, because the user wants it so. */
  ignored(url: string, what: string): void
  warning(text: string): void
}

export interface Answered {
  status: number | null
  why: string | null
  bytes: number
  milliseconds: number
}

export interface RunCounts {
  requests: number
  /** Bytes of bodies as sent, after decompression. */
  bytes: number
  newPosts: number
  changedPosts: number
  /** Posts seen, known ones included. */
  posts: number
}

/** Why a run, or the reading of a target, ended before all was read; `problem`: it was asked to stop at the first. */
export type Stop = 'interrupted' | 'session-ended' | 'max-requests' | 'time-limit' | 'problem'

/** How a run has behaved towards its hosts. */
export interface Visit {
  /** From the start of one request to the start of the next one to the same host; null if there was no next one. */
  meanSecondsBetweenRequests: number | null
  /** For a retry, or because the site asked for it. */
  longestWaitSeconds: number
}

/** What one invocation did: printed at the end, kept in `runs`, and the `--json` of `archive`. */
export interface RunReport extends RunCounts {
  schema: 'threadkeep.run/1'
  run: number
  /** A command that was stopped goes on: when the first of these runs began. Else `startedAt`. */
  seriesStartedAt: string
  startedAt: string
  finishedAt: string
  exitCode: ExitCode
  /** Null: it came to its end. */
  stopped: Stop | null
  /** Posts that this run has found gone from the site, and those that are there again. */
  gonePosts: number
  backPosts: number
  visit: Visit
  targets: TargetReport[]
}

export interface TargetReport {
  /** As the user named it, made a full URL. */
  target: string
  state: 'done' | 'partial' | 'failed' | 'interrupted'
  /** Why it was not read to its end; null: it was, as far as it goes. */
  stopped: Stop | null
  /** Which route read it; null if nothing was read. */
  route: 'rest' | 'ajax' | 'page' | null
  /** The evidence for that route, in words. */
  because: string | null
  /** Posts that this run has seen for it, known ones included. */
  posts: number
  groups: GroupReport[]
  /** Threads of this target that lie in no group or were named one by one. */
  threads: { id: string; url: string; completeness: Completeness }[]
  /** What was skipped or failed, each with its reason. */
  problems: Problem[]
  /** What is good to know and no failure: why a route was taken or left, where two views disagree. */
  notes: Note[]
  /** `sync --explain`: why each thread was read or left. Not kept in the archive. */
  explained?: SyncExplanation[]
  /** `sync --explain`: why requests were made, the reasons in the order of their first request. Not kept in the archive. */
  requests?: RequestExplanation[]
}

export interface Note {
  url: string
  message: string
}

export interface GroupReport {
  slug: string
  name: string | null
  url: string
  /** `members`: this reader may not see its posts. */
  access: 'open' | 'members'
  threads: number
  posts: number
  /** How many of them are gone from the site. */
  gonePosts: number
  completeness: Completeness
}

export interface Problem {
  url: string
  message: string
  advice: string | null
  exitCode: ExitCode
}
