import type { Arrival, FetchRequest } from '../model/capture.js'
import type { Credentials } from '../model/credentials.js'
import type { Answered } from '../model/reports/run.js'

/** What to ask next. A source that cannot ask (a file, a WARC) ignores it. */
export interface Frontier {
  next(): FetchRequest | null
}

/** WHERE captures come from: I/O, no meaning. */
export interface Source {
  /** One at a time. Errors that concern one capture are yielded as failures; what is thrown ends the run. */
  captures(frontier: Frontier): AsyncIterable<Arrival>
  close(): Promise<void>
}

/** A site that is asked over the network, in the order of the frontier. Pace, retries, robots.txt and redirects are its affair. */
export interface LiveSource extends Source {
  /** What the site asks of programs. Milliseconds. */
  rules(url: string): Promise<{ found: boolean; allowed: boolean; delay: number }>
  /** As whom this address is asked. */
  reader(url: string): 'visitor' | 'session' | 'password'
  /** Whether the session still makes a member of its reader; null where the site does not say. */
  holds(ajaxUrl: string): Promise<boolean | null>
}

export const isLive = (source: Source): source is LiveSource =>
  'rules' in source && 'reader' in source && 'holds' in source

/** One kind of place that captures can come from: an entry of the registry. */
export interface SourceKind {
  name: string
  /** One line for help and docs. */
  summary: string
  /** Whether this word is a target of the kind. The first kind that accepts a target reads it. */
  accepts(target: string): boolean
  /** A source that asks nobody (no `LiveSource`) reads its one target, and ignores the settings. */
  open(target: string, settings: SourceSettings, outside: SourceOutside): Source
}

/** How a site is asked. */
export interface SourceSettings {
  userAgent: string
  /** For connecting, for the headers and for each pause within a body. */
  timeoutMilliseconds: number
  /** Least time between the end of one request and the start of the next, from and to. */
  pauseMilliseconds: readonly [number, number]
  /** How often a request that failed is sent again. */
  retries: number
  ignoreRobots: boolean
  credentials: Credentials
}

/** What a source needs of the outside. */
export interface SourceOutside {
  clock: Clock
  listener: SiteListener
  /** Aborted: end after the capture under way. */
  signal: AbortSignal
}

/** The outside that waiting needs. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Ends early, without an error, when the signal is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>
}

/** What a source tells while it works. */
export interface SiteListener {
  request(url: string): void
  waiting(milliseconds: number, why: string): void
  /** How an exchange went: its status, or why there is none. */
  answered(url: string, answer: Answered): void
  /** With `ignoreRobots`: something that robots.txt asks for, and that is not done. */
  ignored(url: string, what: string): void
}
