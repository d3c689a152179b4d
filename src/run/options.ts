import type { Archive } from '../archive/index.js'
import type { Reporter } from '../model/report.js'
import type { Route } from '../model/task.js'
import type { Clock } from '../sources/index.js'

export interface ArchiveOptions {
  /** Least pause between two requests. */
  sleepSeconds: number
  /** How often a request that failed is sent again. */
  retries: number
  timeoutSeconds: number
  via: 'auto' | Route
  /** A browser's cookies.txt (Netscape format): a member's session. Null: read as a visitor. */
  cookies: string | null
  ignoreRobots: boolean
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
}
