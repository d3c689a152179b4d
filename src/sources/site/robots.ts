import robotsParser, { type Robot } from 'robots-parser'

import { NetworkError, RobotsError } from '../../model/errors.js'
import type { SiteListener } from '../source.js'
import type { HttpResponse } from './http.js'
import { RedirectError } from './redirects.js'
import type { Requester } from './requester.js'

/** The robots.txt of one origin. A missing file allows everything; a file that cannot be read forbids everything (RFC 9309, 2.3.1). */
export interface Robots {
  allows(url: string): boolean
  /** Crawl-delay in milliseconds; 0 if not set. */
  delay: number
  /** The file exists. */
  found: boolean
}

export const ALLOW_ALL: Robots = { allows: () => true, delay: 0, found: false }

/** Number of hosts that redirects of one robots.txt may lead through. */
const MAX_HOSTS = 3

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

/** Reads the robots.txt of each origin once, before any other request to it. */
export class RobotsGate {
  private readonly rules = new Map<string, Robots>()

  constructor(
    private readonly requester: Requester,
    private readonly userAgent: string,
    /** Set if the rules are ignored: called with each rule that is not followed. */
    private readonly ignored: SiteListener['ignored'] | null,
  ) {}

  /** @throws RobotsError if robots.txt disallows `url`; NetworkError if robots.txt cannot be read. */
  async check(url: string): Promise<void> {
    const { origin } = new URL(url)
    if ((await this.rulesOf(url)).allows(url)) return
    if (this.ignored) return this.ignored(url, 'it asks programs not to read it')
    throw new RobotsError(
      `${origin}/robots.txt asks programs not to read ${url}.`,
      'Ask the people who run the site. With their consent, use --ignore-robots.',
    )
  }

  /** @throws NetworkError if robots.txt cannot be read. */
  async rulesOf(url: string): Promise<Robots> {
    const { origin } = new URL(url)
    const known = this.rules.get(origin)
    if (known) return known
    const rules = await this.read(`${origin}/robots.txt`).catch(error => this.allowIfIgnored(error))
    this.rules.set(origin, rules)
    if (!this.ignored) this.requester.pace.atLeast(rules.delay)
    else if (rules.delay > 0) this.ignored(url, `it asks for ${rules.delay / 1000} seconds between two requests`)
    return rules
  }

  /** If the rules are ignored, they need not be known. */
  private allowIfIgnored(error: unknown): Robots {
    if (this.ignored) return ALLOW_ALL
    throw error
  }

  private async read(url: string): Promise<Robots> {
    const response = await this.file(url)
    if (!this.ignored && (response.status >= 500 || response.status === 429)) {
      throw new NetworkError(
        `${url} could not be read (HTTP ${response.status}), so threadkeep does not know what the site allows.`,
        'Run the same command again later, or use --ignore-robots with the consent of the people who run the site.',
      )
    }
    const text = new TextDecoder().decode(response.body)
    return response.status === 200 ? parseRobots(url, text, this.userAgent) : ALLOW_ALL
  }

  /** No rule applies to robots.txt itself. Redirects are followed, also to another host, as where a site has moved (RFC 9309, 2.3.1.2). */
  private async file(url: string, hosts = MAX_HOSTS): Promise<HttpResponse> {
    const retries = this.ignored ? 0 : undefined
    try {
      return (await this.requester.follow(url, at => this.requester.send({ url: at }, {}, retries))).response
    } catch (error) {
      const leadsTo = error instanceof RedirectError ? error.leadsTo : null
      if (leadsTo === null || hosts <= 1) throw error
      return this.file(leadsTo.to, hosts - 1)
    }
  }
}
