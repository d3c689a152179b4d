import robotsParser, { type Robot } from 'robots-parser'

import { NetworkError, RobotsError, SiteDown } from '../../model/errors.js'
import { addressOf } from '../../model/urls.js'
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

/** More is not read (RFC 9309, 2.5): robots.txt of 500 KB are none that a person wrote. */
const MAX_ROBOTS_BYTES = 500 * 1024

const ALLOW_ALL: Robots = { allows: () => true, delay: 0, found: false }

/** Number of hosts that redirects of one robots.txt may lead through. */
const MAX_HOSTS = 3

/** Longest Crawl-delay that is followed, in milliseconds: some sites set a day to keep search engines away. */
const MAX_CRAWL_DELAY = 60_000

export function parseRobots(url: string, text: string, agent: string): Robots {
  // The package is CommonJS, but its types describe an ES module.
  const rules = (robotsParser as unknown as (url: string, text: string) => Robot)(url, withFewWildcards(text))
  return {
    allows: target => rules.isAllowed(target, agent) !== false,
    found: true,
    delay: Math.min(MAX_CRAWL_DELAY, (rules.getCrawlDelay(agent) ?? 0) * 1000),
  }
}

const TOO_LONG = `Only the first ${MAX_ROBOTS_BYTES / 1024} KB of robots.txt were read: it is longer.`

/** Wildcards of a whole file. Each costs time for each address that is checked. */
const MAX_WILDCARDS = 2000

/** The file whose wildcards behind the first 2000 are gone: such a rule then forbids more, or allows nothing. */
function withFewWildcards(text: string): string {
  let left = MAX_WILDCARDS
  return text.replace(/^.*\*.*$/gm, line => {
    left -= line.split('*').length - 1
    if (left >= 0 || /^\s*user-agent/i.test(line)) return line
    return /^\s*allow/i.test(line) ? '' : line.slice(0, line.indexOf('*'))
  })
}

/** Reads the robots.txt of each origin once, before any other request to it. */
export class RobotsGate {
  private readonly rules = new Map<string, Robots>()

  constructor(
    private readonly requester: Requester,
    private readonly userAgent: string,
    private readonly listener: Pick<SiteListener, 'noted' | 'rules'>,
    /** Set if the rules are ignored: called with each rule that is not followed. */
    private readonly ignored: SiteListener['ignored'] | null,
  ) {}

  /** @throws RobotsError if robots.txt disallows `url`; SiteDown if robots.txt cannot be read. */
  async check(url: string): Promise<void> {
    const { origin } = addressOf(url)
    if ((await this.rulesOf(url)).allows(url)) return
    if (this.ignored) return this.ignored(url, 'it asks programs not to read it')
    throw new RobotsError(
      `${origin}/robots.txt asks programs not to read ${url}.`,
      'Ask the people who run the site. With their consent, use --ignore-robots.',
    )
  }

  /** @throws SiteDown if robots.txt cannot be read. */
  async rulesOf(url: string): Promise<Robots> {
    const { origin } = addressOf(url)
    const known = this.rules.get(origin)
    if (known) return known
    const rules = await this.read(`${origin}/robots.txt`).catch(error => this.allowIfIgnored(origin, error))
    this.rules.set(origin, rules)
    const { found, delay } = rules
    this.listener.rules?.({ url: `${origin}/robots.txt`, found, crawlDelaySeconds: delay / 1000 })
    if (!this.ignored) this.requester.pace.atLeast(rules.delay)
    else if (rules.delay > 0) this.ignored(url, `it asks for ${rules.delay / 1000} seconds between two requests`)
    return rules
  }

  /** If the rules are ignored, they need not be known; otherwise nothing may be read without them. */
  private allowIfIgnored(origin: string, error: unknown): Robots {
    if (this.ignored) return ALLOW_ALL
    if (!(error instanceof NetworkError)) throw error
    throw new SiteDown(origin, error.message, error.advice, { cause: error.cause })
  }

  private async read(url: string): Promise<Robots> {
    const response = await this.file(url)
    if (!this.ignored && (response.status >= 500 || response.status === 429)) {
      throw new NetworkError(
        `${url} could not be read (HTTP ${response.status}), so threadkeep does not know what the site allows.`,
        'Run the same command again later, or use --ignore-robots with the consent of the people who run the site.',
      )
    }
    if (response.status !== 200) return ALLOW_ALL
    const isCut = response.body.length > MAX_ROBOTS_BYTES
    if (isCut) this.listener.noted?.(url, TOO_LONG)
    const text = new TextDecoder().decode(response.body.subarray(0, MAX_ROBOTS_BYTES))
    return parseRobots(url, isCut ? text.slice(0, text.lastIndexOf('\n') + 1) : text, this.userAgent)
  }

  /** No rule applies to robots.txt itself. Redirects are followed, also to another host, as where a site has moved (RFC 9309, 2.3.1.2). */
  private async file(url: string, hosts = MAX_HOSTS): Promise<HttpResponse> {
    const retries = this.ignored ? 0 : undefined
    const most = MAX_ROBOTS_BYTES + 1
    try {
      return (await this.requester.follow(url, at => this.requester.send({ url: at }, { most }, retries))).response
    } catch (error) {
      const leadsTo = error instanceof RedirectError ? error.leadsTo : null
      if (leadsTo === null || hosts <= 1) throw error
      return this.file(leadsTo.to, hosts - 1)
    }
  }
}
