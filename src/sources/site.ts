import type { Arrival, Capture, FetchRequest } from '../model/capture.js'
import { KnownError, NetworkError, RobotsError } from '../model/errors.js'
import { type Answer, Http, type HttpOptions } from './http.js'
import { type Clock, Pace } from './pace.js'
import { isFinal, reasonOf } from './reasons.js'
import { inACircle, MOST_REDIRECTS, redirected } from './redirects.js'
import { backoff, LONGEST_WAIT, mayPass, notWhole, retryAfter } from './retry.js'
import { EVERYTHING, type Robots, readRobots } from './robots.js'
import { noncesIn, withoutNonces } from './secrets.js'
import type { Frontier, Source } from './source.js'

export interface SiteOptions extends HttpOptions {
  /** Least time between the end of one request and the start of the next. */
  pauseMilliseconds: number
  /** How often a request that failed is sent again. */
  retries: number
  ignoreRobots: boolean
}

/** What the source tells while it works. */
export interface SiteListener {
  request(url: string): void
  waiting(milliseconds: number, why: string): void
  warning(text: string): void
}

/** The live site: one request at a time, at the set pace, whatever the cause. */
export class LiveSite implements Source {
  private readonly http: Http
  private readonly pace: Pace
  private readonly robots = new Map<string, Robots>()
  private readonly nonces = new Map<string, Record<string, string>>()

  constructor(
    private readonly options: SiteOptions,
    private readonly clock: Clock,
    private readonly listener: SiteListener,
    private readonly signal: AbortSignal,
  ) {
    this.http = new Http(options)
    this.pace = new Pace(options.pauseMilliseconds, clock)
  }

  async *captures(frontier: Frontier): AsyncGenerator<Arrival> {
    for (let request = frontier.next(); request && !this.signal.aborted; request = frontier.next()) {
      const arrival = await this.fetch(request)
      if (arrival) yield arrival
    }
  }

  close(): Promise<void> {
    return this.http.close()
  }

  /** Null if the run was interrupted before an answer came. */
  private async fetch(request: FetchRequest): Promise<Arrival | null> {
    try {
      await this.checkRobots(request.url)
      return await this.withNonce(request)
    } catch (error) {
      if (this.signal.aborted && !(error instanceof KnownError)) return null
      return { request, error: error instanceof Error ? error : new Error(String(error)) }
    }
  }

  /** A call that was refused is made once more with a fresh nonce: they last 12 to 24 hours, less behind a page cache. */
  private async withNonce(request: FetchRequest): Promise<Capture> {
    if (!request.nonce || !request.referer) return this.follow(request)
    if (!this.nonceFor(request)) await this.lookForNonces(request.referer)
    const capture = await this.follow(request)
    if (!wasRefused(capture)) return capture
    await this.lookForNonces(request.referer)
    return this.follow(request)
  }

  private async lookForNonces(url: string): Promise<void> {
    await this.checkRobots(url)
    await this.follow({ url })
  }

  private nonceFor(request: FetchRequest): string | undefined {
    return this.nonces.get(new URL(request.url).origin)?.[request.nonce ?? '']
  }

  private async follow(request: FetchRequest): Promise<Capture> {
    let url = request.url
    for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
      const { answer, at } = await this.retrying(request, url)
      const location = locationOf(answer)
      if (!location) return this.captured(request, at, answer)
      url = redirected(at, location)
      await this.checkRobots(url)
    }
    throw inACircle(request.url)
  }

  private captured(request: FetchRequest, url: string, answer: Answer): Capture {
    const found = noncesIn(answer.body)
    const origin = new URL(url).origin
    if (Object.keys(found).length) this.nonces.set(origin, { ...this.nonces.get(origin), ...found })
    return {
      request,
      url,
      status: answer.status,
      headers: answer.headers,
      body: withoutNonces(answer.body),
      capturedAt: new Date(this.clock.now()).toISOString(),
    }
  }

  private async retrying(request: FetchRequest, url: string): Promise<{ answer: Answer; at: string }> {
    const lengths: number[] = []
    for (let attempt = 0; ; attempt++) {
      const outcome = await this.attempt(request, url)
      const why = 'error' in outcome ? reasonOf(outcome.error) : troubleWith(request, outcome.answer, lengths)
      if ('answer' in outcome && !why) return { answer: outcome.answer, at: url }
      if (this.signal.aborted) throw new Error('interrupted')
      const wait =
        ('answer' in outcome && retryAfter(outcome.answer.headers, this.clock.now())) || backoff(attempt, Math.random())
      if (('error' in outcome && isFinal(outcome.error)) || attempt >= this.options.retries || wait > LONGEST_WAIT) {
        if ('answer' in outcome && outcome.answer.status >= 300) return { answer: outcome.answer, at: url }
        throw this.givingUp(url, attempt + 1, why ?? '', 'error' in outcome ? outcome.error : undefined)
      }
      this.listener.waiting(wait, `${url}: ${why}`)
      await this.clock.sleep(wait, this.signal)
    }
  }

  private givingUp(url: string, times: number, why: string, cause: unknown): NetworkError {
    const tried = times === 1 ? 'once' : `${times} times`
    return new NetworkError(
      `${url} could not be read (tried ${tried}): ${why}.`,
      'Check the address and the connection. Run the same command again later: it goes on where this run stopped.',
      cause === undefined ? undefined : { cause },
    )
  }

  private async attempt(request: FetchRequest, url: string): Promise<{ answer: Answer } | { error: unknown }> {
    await this.pace.turn(this.signal)
    if (this.signal.aborted) throw new Error('interrupted')
    this.listener.request(url)
    try {
      return { answer: await this.http.exchange({ ...request, url }, this.formOf(request, url)) }
    } catch (error) {
      return { error }
    } finally {
      this.pace.ended()
    }
  }

  /** A redirected call goes on as a plain GET, as browsers do; the nonce never leaves its own origin. */
  private formOf(request: FetchRequest, url: string): Record<string, string> | undefined {
    if (!request.form || url !== request.url) return undefined
    const nonce = this.nonceFor(request)
    return nonce ? { ...request.form, nonce } : request.form
  }

  private async checkRobots(url: string): Promise<void> {
    if (this.options.ignoreRobots) return
    const { origin } = new URL(url)
    let rules = this.robots.get(origin)
    if (!rules) {
      rules = await this.askRobots(`${origin}/robots.txt`)
      this.robots.set(origin, rules)
      this.pace.atLeast(rules.delay)
    }
    if (!rules.allows(url)) {
      throw new RobotsError(
        `${origin}/robots.txt asks programs not to read ${url}.`,
        'Ask the people who run the site; with their consent, use --ignore-robots.',
      )
    }
  }

  private async askRobots(url: string): Promise<Robots> {
    const answer = await this.robotsFile(url)
    if (answer.status >= 500 || answer.status === 429) {
      throw new NetworkError(
        `${url} could not be read (HTTP ${answer.status}), so it is not known what the site allows.`,
        'Run the same command again later, or use --ignore-robots with the consent of those who run the site.',
      )
    }
    const text = new TextDecoder().decode(answer.body)
    return answer.status === 200 ? readRobots(url, text, this.options.userAgent) : EVERYTHING
  }

  /** The file itself asks nobody's leave; redirects are followed (RFC 9309, 2.3.1.2). */
  private async robotsFile(url: string): Promise<Answer> {
    let at = url
    for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
      const { answer } = await this.retrying({ url }, at)
      const location = locationOf(answer)
      if (!location) return answer
      at = redirected(at, location)
    }
    throw inACircle(url)
  }
}

const locationOf = (answer: Answer): string | undefined =>
  answer.status >= 300 && answer.status < 400 ? answer.headers['location'] : undefined

/** `success:false`, `0`, `-1`: an AJAX call without a valid nonce (bp-nouveau/includes/activity/ajax.php). */
function wasRefused(capture: Capture): boolean {
  const start = new TextDecoder().decode(capture.body.subarray(0, 64)).trim()
  return start === '0' || start === '-1' || /^\{\s*"success"\s*:\s*false/.test(start)
}

/** What is wrong with an answer that another try may mend; null if nothing is. */
function troubleWith(request: FetchRequest, answer: Answer, lengths: number[]): string | null {
  if (mayPass(answer.status)) return `HTTP ${answer.status}`
  // An empty robots.txt is a file like any other, and one without rules need not be a whole page.
  if (request.url.endsWith('/robots.txt')) return null
  const why = notWhole({ request, ...answer })
  // A theme that never closes its html answers the same length each time; half a page seldom does.
  lengths.push(answer.body.length)
  const same = lengths.length >= 3 && new Set(lengths).size === 1
  return why === 'the page is cut off' && same ? null : why
}
