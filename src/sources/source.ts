import type { Arrival, FetchRequest } from '../model/capture.js'

/** What to ask next. A source that cannot ask (a file, a WARC) ignores it. */
export interface Frontier {
  next(): FetchRequest | null
}

/** WHERE captures come from: I/O, no meaning. */
export interface Source {
  /** One at a time, in the order of the frontier. Pace, retries, robots.txt and redirects are the source's affair. */
  captures(frontier: Frontier): AsyncIterable<Arrival>
  /** What the site asks of programs; null where nothing was asked. Milliseconds. */
  rules(url: string): Promise<{ found: boolean; allowed: boolean; delay: number } | null>
  close(): Promise<void>
}
