import robotsParser, { type Robot } from 'robots-parser'

/** Read once per origin. A missing file allows everything; one that can't be had forbids everything (RFC 9309, 2.3.1). */
export interface Robots {
  allows(url: string): boolean
  /** Milliseconds that the site wants between requests; 0 where it does not say. */
  delay: number
  /** There is such a file. */
  found: boolean
}

export const ALLOW_ALL: Robots = { allows: () => true, delay: 0, found: false }

/** Longest Crawl-delay that is obeyed: some sites say a day to keep search engines away. */
const MAX_CRAWL_DELAY = 60_000

export function parseRobots(url: string, text: string, agent: string): Robots {
  // The package is CommonJS, and its types say otherwise.
  const rules = (robotsParser as unknown as (url: string, text: string) => Robot)(url, text)
  return {
    allows: target => rules.isAllowed(target, agent) !== false,
    found: true,
    delay: Math.min(MAX_CRAWL_DELAY, (rules.getCrawlDelay(agent) ?? 0) * 1000),
  }
}
