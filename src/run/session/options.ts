import type { Archive } from '../../archive/index.js'
import type { Credentials } from '../../model/credentials.js'
import { MEDIA_KINDS, type MediaLimits } from '../../model/media/media.js'
import type { Problem, Reporter, RunReport } from '../../model/reports/run.js'
import type { Registered, SyncOptions } from '../../model/sync.js'
import type { Clock, LiveSource, SourceKind } from '../../sources/index.js'
import type { PageParser } from '../parsing/page-parser.js'
import type { MediaOptions, RunOptions } from './run-options.js'
import type { Limits, Stopping } from './stopping.js'

/** `RunOptions` with a value for each. */
export interface ArchiveOptions
  extends Limits,
    Required<Pick<RunOptions, 'retries' | 'via' | 'ignoreRobots' | 'hosts' | 'failHard'>> {
  sleepSeconds: readonly [number, number]
  timeoutSeconds: number
  /** What the reader has to show to the sites; nothing: read as a visitor. */
  credentials: Credentials
  /** Null: not told. */
  contact: string | null
  /** Null: the proxies of the environment, or none. */
  proxy: string | null
  /** Null: that of threadkeep. */
  userAgent: string | null
  /** Null: no files are fetched. */
  media: MediaLimits | null
}

/** The options of a run, with the defaults of the command for what is left out. */
export const archiveOptionsOf = (given: RunOptions, credentials: Credentials): ArchiveOptions => ({
  sleepSeconds: typeof given.pace === 'object' ? given.pace : [given.pace ?? 1, given.pace ?? 1],
  retries: given.retries ?? 4,
  timeoutSeconds: given.timeout ?? 60,
  via: given.via ?? 'auto',
  credentials,
  contact: given.contact ?? null,
  proxy: given.proxy ?? null,
  userAgent: given.userAgent ?? null,
  ignoreRobots: given.ignoreRobots ?? false,
  hosts: given.hosts ?? 1,
  maxRequests: given.maxRequests ?? null,
  timeLimitSeconds: given.timeLimit ?? null,
  failHard: given.failHard ?? false,
  media: given.media ? mediaLimitsOf(given.media === true ? {} : given.media) : null,
})

/** With the defaults of the command for what is left out. */
export const mediaLimitsOf = (given: MediaOptions): MediaLimits => ({
  maxBytes: given.maxBytes ?? 50_000_000,
  totalBytes: given.totalBytes ?? null,
  kinds: given.kinds ?? MEDIA_KINDS,
  avatars: given.avatars ?? false,
})

/** One target and how it is read. */
export interface Job {
  url: string
  via: ArchiveOptions['via']
  /** Bring it up to date; null: read all of it. */
  sync: SyncOptions | null
  /** If the site has moved, it is followed: see `SyncRequest.moved`. */
  follows?: boolean
  /** A sync: as it was registered. */
  registered?: Registered
}

/** The outside of a run. */
export interface RunDeps {
  archive: Archive
  reporter: Reporter
  clock: Clock
  /** Aborted: finish the page, then stop. */
  signal: AbortSignal
  /** The words of the command line, for the log of runs. */
  command: string
  version: string
  /** Environment variables that may name proxies. */
  environment?: Readonly<Record<string, string | undefined>>
  /** Kinds of sources besides threadkeep's own, asked before these whether they accept a target. */
  sources?: readonly SourceKind[]
}

/** What the reading of one target needs. */
export interface TargetReading extends RunDeps {
  job: Job
  options: ArchiveOptions
  source: LiveSource
  parser: PageParser
  /** As whom the target is read. */
  reader: ReturnType<LiveSource['reader']>
  report: RunReport
  stopping: Stopping
  /** Origins that this run leaves alone, because nothing can be read there now. */
  down: Map<string, Problem>
}
