import type { Arrival, FetchRequest } from '../model/capture.js'

/** What to ask next. A source that cannot ask (a file, a WARC) ignores it. */
export interface Frontier {
  next(): FetchRequest | null
}

/** WHERE captures come from: I/O, no meaning. */
export interface Source {
  /** One at a time, in the order of the frontier. Pace, retries, robots.txt and redirects are the source's affair. */
  captures(frontier: Frontier): AsyncIterable<Arrival>
  /** What the site asks of programs. Milliseconds. */
  rules(url: string): Promise<{ found: boolean; allowed: boolean; delay: number }>
  /** As whom this address is asked. */
  reader(url: string): 'visitor' | 'session' | 'password'
  /** Whether the session still makes a member of its reader; null where the site does not say. */
  holds(ajaxUrl: string): Promise<boolean | null>
  close(): Promise<void>
}
