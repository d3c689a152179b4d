import robotsParser, { type Robot } from 'robots-parser'

/** The robots.txt of one origin. A missing file allows everything; a file that cannot be read forbids everything (RFC 9309, 2.3.1). */
export interface Robots {
  allows(url: string): boolean
  /** Crawl-delay in milliseconds; 0 if not set. */
  delay: number
  /** The file exists. */
  found: boolean
}

export const ALLOW_ALL: Robots = { allows: () => true, delay: 0, found: false }

/** Longest Crawl-delay that is followed, in milliseconds: some sites set a day to keep search engines away. */
const MAX_CRAWL_DELAY = 60_000

export function parseRobots(url: string, text: string, agent: string): Robots {
  // The package is CommonJS, but its types describe an ES module.
  const rules = (robotsParser as unknown as (url: string, text: string) => Robot)(url, text)
  return {
    allows: target => rules.isAllowed(target, agent) !== false,
    found: true,
    delay: Math.min(MAX_CRAWL_DELAY, (rules.getCrawlDelay(agent) ?? 0) * 1000),
  }
}
