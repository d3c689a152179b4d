import type { Archive } from '../../archive/index.js'
import type { Credentials } from '../../model/credentials.js'
import type { Reporter } from '../../model/reports/run.js'
import type { Registered, SyncOptions } from '../../model/sync.js'
import type { Route } from '../../model/task.js'
import type { Clock, SourceKind } from '../../sources/index.js'
import type { Limits } from './stopping.js'

export interface ArchiveOptions extends Limits {
  /** Least pause between two requests to one host: from, to. Each pause is drawn anew. */
  sleepSeconds: readonly [number, number]
  /** How often a request that failed is sent again. */
  retries: number
  timeoutSeconds: number
  via: 'auto' | Route
  /** What the reader has to show to the sites; nothing: read as a visitor. */
  credentials: Credentials
  ignoreRobots: boolean
  /** So many hosts are asked side by side. */
  hosts: number
  /** Ends with the first problem. */
  failHard: boolean
  /** How those who run a site can reach the person behind this: a mail address or a page. Null: not told. */
  contact: string | null
}

/** One target and how it is read. */
export interface Job {
  url: string
  via: ArchiveOptions['via']
  /** Bring it up to date; null: read all of it. */
  sync: SyncOptions | null
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
  /** Kinds of sources besides threadkeep's own, asked before these whether they accept a target. */
  sources?: readonly SourceKind[]
}
