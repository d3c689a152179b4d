import type { Credentials } from '../../model/credentials.js'
import type { MediaKind } from '../../model/media/media.js'
import type { Reporter } from '../../model/reports/run.js'
import type { Route } from '../../model/task.js'
import type { Clock, SourceKind } from '../../sources/source.js'

/** Which files of posts are fetched. */
export interface MediaOptions {
  /** Largest file in bytes. Default: 50,000,000. */
  maxBytes?: number
  /** All files of the archive together in bytes; files above it are left. Default: no limit. */
  totalBytes?: number
  /** Default: all kinds. */
  kinds?: readonly MediaKind[]
  /** Also the pictures of the members. */
  avatars?: boolean
}

/** How sites are asked. Whatever is left out is as in the command. */
export interface RunOptions {
  /** Least pause between two requests to one host in seconds: a number, or a range from which each is drawn. Default: 1. */
  pace?: number | readonly [number, number]
  /** How often a request that failed is sent again. Default: 4. */
  retries?: number
  /** Seconds. Default: 60. */
  timeout?: number
  /** How a site is read. Default: `auto`, the best route that works. */
  via?: 'auto' | Route
  /** What shows who reads: the text of a cookies.txt, a cURL command or a Cookie header; or what a login gave. Default: a visitor. */
  credentials?: string | Credentials
  /** A mail address or a page: how those who run the site can reach you. */
  contact?: string
  /** Address of a proxy for all requests. Default: those that the environment names, in the command only. */
  proxy?: string
  /** Sent in place of threadkeep's own User-Agent, to sites that refuse it; the report says so. */
  userAgent?: string
  /** Read also what robots.txt asks programs not to read, and report what that was. */
  ignoreRobots?: boolean
  /** So many hosts are asked side by side. Default: 1. */
  hosts?: number
  /** The run ends after so many requests; the same call goes on from there. */
  maxRequests?: number
  /** The run ends after so many seconds; the same call goes on from there. */
  timeLimit?: number
  /** The run ends with the first problem. */
  failHard?: boolean
  /** Fetch the files that posts show, too: `true` with the defaults. Default: false. */
  media?: boolean | MediaOptions
  /** Aborted: the page under way is finished, then the run ends with exit code 130. */
  signal?: AbortSignal
  /** Hears what happens; all of its methods are optional. */
  reporter?: Partial<Reporter>
  clock?: Clock
  /** Sources of your own; they come before those of threadkeep. */
  sources?: readonly SourceKind[]
  /** Name of the run in the archive's log. Default: `archive` or `sync`, and the targets. */
  command?: string
}

/** How much of the targets is read again. */
export interface SyncRunOptions extends RunOptions {
  /** All of them, however much that is. */
  full?: boolean
  /** Of large targets: threads younger than this are read again, in seconds. Default: 30 days. */
  lookBack?: number
  /** Of large targets: so many of the other threads are read again, those first that were read longest ago. */
  audit?: number
  /** Report of each thread why it was read or left. */
  explain?: boolean
  /** A community that has moved is renamed and read at its new address. Default: the report only offers it. */
  moved?: boolean
}

/** What the imported files do not say, and how the import is followed. */
export interface ImportOptions extends Pick<RunOptions, 'signal' | 'reporter' | 'clock' | 'command'> {
  /** When the pages were saved or the texts copied, such as `2024-03-01` (UTC). Default: what the files say, else at the latest their own date. */
  capturedAt?: string
  /** Address of the community. Default: what the files say. */
  site?: string
}
