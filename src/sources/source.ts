import type { Arrival, FetchRequest } from '../model/capture.js'
import type { Credentials } from '../model/credentials.js'
import type { KnownError } from '../model/errors.js'
import type { RobotsRules } from '../model/reports/pass.js'
import type { Answered } from '../model/reports/run.js'

/** Gives the next request; null: none. A source that sends no requests (a file, a WARC) ignores it. */
export interface Frontier {
  next(): FetchRequest | null
}

/** Where captures come from. Does I/O only; the parser gives captures their meaning. */
export interface Source {
  /** Yields one capture at a time, whose body is taken from it if it is large. An error that concerns one request is yielded as a `Failure`; a thrown error ends the run. */
  captures(frontier: Frontier): AsyncIterable<Arrival>
  close(): Promise<void>
}

/** A site that is read over the network, in the order of the frontier. Handles pace, retries, robots.txt and redirects. */
export interface LiveSource extends Source {
  /** What robots.txt says about `url`. `found`: the file exists; `delay`: Crawl-delay in milliseconds, 0 if not set. */
  rules(url: string): Promise<{ found: boolean; allowed: boolean; delay: number }>
  /** The reader that requests to `url` have: an anonymous visitor, a session, or an application password. */
  reader(url: string): 'visitor' | 'session' | 'password'
  /** True if the site still accepts the session, false if it treats the reader as a visitor; null if the site does not say. */
  holds(ajaxUrl: string): Promise<boolean | null>
  /** Fetches a file at the pace of the site. Absent: this source has no files. */
  download?(request: DownloadRequest, into: FileSink): Promise<Downloaded>
}

/** A file to fetch. */
export interface DownloadRequest {
  url: string
  referer?: string
  /** Largest size in bytes: of a larger file, no more is read. */
  maxBytes: number
  /** Set if the request is not sent again after a failure. */
  once?: true
}

/** Takes the bytes of a file as they come. */
export interface FileSink {
  /** A response begins: whatever came before is void. */
  begin(): void
  /** An error that is thrown here ends the download. */
  write(bytes: Uint8Array): void
}

/** How a download ended. */
export type Downloaded =
  /** A response. Only with the status 200 the sink has its body. `url`: after redirects. */
  | { end: 'answered'; url: string; status: number; headers: Record<string, string> }
  /** A redirect to another host, which another source may follow. */
  | { end: 'elsewhere'; url: string }
  /** `size`: how many bytes the file has at least. */
  | { end: 'too-large'; size: number }
  | { end: 'private-address' }
  /** `error`: no usable response, or robots.txt forbids it. */
  | { end: 'failed'; error: KnownError }
  /** The run is to end. */
  | { end: 'interrupted' }

/** One kind of source: an entry of the registry. */
export interface SourceKind {
  name: string
  /** One line for help and docs. */
  summary: string
  /** True if this kind can read the target. The first kind that accepts a target reads it. */
  accepts(target: string): boolean
  /** Opens a source. A source that is not a `LiveSource` reads `target` only, and ignores the settings. */
  open(target: string, settings: SourceSettings, outside: SourceOutside): Source
}

/** How requests are sent to a site. */
export interface SourceSettings {
  userAgent: string
  /** Time limit for the connection, for the headers, and for each pause within a body. */
  timeoutMilliseconds: number
  /** Pause between the end of one request and the start of the next: lower and upper bound. */
  pauseMilliseconds: readonly [number, number]
  /** Number of times that a failed request is sent again. */
  retries: number
  ignoreRobots: boolean
  credentials: Credentials
  /** Environment variables that may name proxies (`HTTPS_PROXY`, `NO_PROXY`); absent: no proxies. */
  environment?: Readonly<Record<string, string | undefined>>
  /** Refuses addresses of private networks: for hosts that members of a site name. */
  publicOnly?: boolean
}

/** Clock, listener and abort signal of a source. */
export interface SourceOutside {
  clock: Clock
  listener: SiteListener
  /** When aborted, the source ends after the current capture. */
  signal: AbortSignal
}

/** The clock, which tests replace. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Resolves early, without an error, when the signal is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>
}

/** Events of a source. */
export interface SiteListener {
  request(url: string): void
  waiting(milliseconds: number, why: string): void
  /** The end of one HTTP exchange: its status, or the reason why there is none. */
  answered(url: string, answer: Answered): void
  /** With `ignoreRobots`: a rule of robots.txt that was not followed. `what`: a clause for the report. */
  ignored(url: string, what: string): void
  /** Something for the report that is no failure. `message`: a sentence. */
  noted?(url: string, message: string): void
  /** The rules of a host were read. */
  rules?(rules: RobotsRules): void
}
