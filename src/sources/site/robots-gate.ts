import { NetworkError, RobotsError } from '../../model/errors.js'
import type { SiteListener } from '../source.js'
import type { HttpResponse } from './http.js'
import { followRedirects } from './redirects.js'
import type { Requester } from './requester.js'
import { ALLOW_ALL, parseRobots, type Robots } from './robots.js'

/** Asks the robots.txt of each origin once, before anything else of it. */
export class RobotsGate {
  private readonly rules = new Map<string, Robots>()

  constructor(
    private readonly requester: Requester,
    private readonly userAgent: string,
    /** Where it is read only to be ignored: who wants to know what. */
    private readonly ignored: SiteListener['ignored'] | null,
  ) {}

  /** @throws RobotsError if the site asks programs not to read this; NetworkError if that can't be known. */
  async check(url: string): Promise<void> {
    const { origin } = new URL(url)
    if ((await this.rulesOf(url)).allows(url)) return
    if (this.ignored) return this.ignored(url, 'it asks programs not to read it')
    throw new RobotsError(
      `${origin}/robots.txt asks programs not to read ${url}.`,
      'Ask the people who run the site; with their consent, use --ignore-robots.',
    )
  }

  /** @throws NetworkError if they can't be known. */
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

  /** Who ignores the rules need not know them. */
  private allowIfIgnored(error: unknown): Robots {
    if (this.ignored) return ALLOW_ALL
    throw error
  }

  private async read(url: string): Promise<Robots> {
    const answer = await this.file(url)
    if (!this.ignored && (answer.status >= 500 || answer.status === 429)) {
      throw new NetworkError(
        `${url} could not be read (HTTP ${answer.status}), so it is not known what the site allows.`,
        'Run the same command again later, or use --ignore-robots with the consent of those who run the site.',
      )
    }
    const text = new TextDecoder().decode(answer.body)
    return answer.status === 200 ? parseRobots(url, text, this.userAgent) : ALLOW_ALL
  }

  /** The file itself asks nobody's leave; redirects are followed (RFC 9309, 2.3.1.2). */
  private async file(url: string): Promise<HttpResponse> {
    const retries = this.ignored ? 0 : undefined
    return (await followRedirects(url, at => this.requester.send({ url: at }, {}, retries))).answer
  }
}
