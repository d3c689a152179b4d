import type { Arrival, Capture, FetchRequest } from '../model/capture.js'
import { KnownError } from '../model/errors.js'
import { Asker, type AskOptions, type SiteListener } from './asker.js'
import { Session } from './cookies.js'
import type { Answer, Secrets } from './http.js'
import type { Clock } from './pace.js'
import { inACircle, locationOf, MOST_REDIRECTS, redirected } from './redirects.js'
import { RobotsGate } from './robots-gate.js'
import { noncesIn, withoutNonces } from './secrets.js'
import type { Frontier, Source } from './source.js'

export type { SiteListener }

export interface SiteOptions extends Omit<AskOptions, 'session'> {
  ignoreRobots: boolean
  /** The text of a cookies.txt; null: as a visitor. */
  cookies: string | null
}

/** The live site: one request at a time, at the set pace, whatever the cause. */
export class LiveSite implements Source {
  private readonly asker: Asker
  private readonly gate: RobotsGate | null
  private readonly session: Session | null
  private readonly nonces = new Map<string, Record<string, string>>()

  constructor(
    options: SiteOptions,
    private readonly clock: Clock,
    listener: SiteListener,
    private readonly signal: AbortSignal,
  ) {
    this.session = options.cookies === null ? null : new Session(options.cookies)
    this.asker = new Asker({ ...options, session: this.session }, clock, listener, signal)
    this.gate = options.ignoreRobots ? null : new RobotsGate(this.asker, options.userAgent)
  }

  async *captures(frontier: Frontier): AsyncGenerator<Arrival> {
    for (let request = frontier.next(); request && !this.signal.aborted; request = frontier.next()) {
      const arrival = await this.fetch(request)
      if (arrival) yield arrival
    }
  }

  /** What robots.txt says of an address; null where it is not looked at. Delay in milliseconds. */
  async rules(url: string): Promise<{ found: boolean; allowed: boolean; delay: number } | null> {
    const rules = await this.gate?.rulesOf(url)
    return rules ? { found: rules.found, allowed: rules.allows(url), delay: rules.delay } : null
  }

  close(): Promise<void> {
    return this.asker.close()
  }

  /** Null if the run was interrupted before an answer came. */
  private async fetch(request: FetchRequest): Promise<Arrival | null> {
    try {
      await this.gate?.check(request.url)
      return await this.withNonce(request)
    } catch (error) {
      if (this.signal.aborted && !(error instanceof KnownError)) return null
      return { request, error: error instanceof Error ? error : new Error(String(error)) }
    }
  }

  /** A call that was refused is made once more with a fresh nonce: they last 12 to 24 hours, less behind a page cache. */
  private async withNonce(request: FetchRequest): Promise<Capture> {
    const from = this.placeOfNonce(request)
    if (!from) return this.follow(request)
    if (!this.nonceFor(request)) await this.lookForNonces(from)
    const capture = await this.follow(request)
    if (!wasRefused(capture)) return capture
    await this.lookForNonces(from)
    return this.follow(request)
  }

  /** Null where none is needed: to REST a visitor is a visitor without it, too. */
  private placeOfNonce({ url, nonce, nonceFrom, referer }: FetchRequest): string | null {
    if (!nonce || (nonce === 'rest' && !this.session?.headerFor(url))) return null
    return nonceFrom ?? referer ?? null
  }

  private async lookForNonces(url: string): Promise<void> {
    await this.gate?.check(url)
    const { url: at, body } = await this.follow({ url })
    // `admin-ajax.php?action=rest-nonce` answers the nonce and nothing else.
    const rest = /^[0-9a-f]{10}$/i.exec(new TextDecoder().decode(body.subarray(0, 64)).trim())?.[0]
    if (rest) this.nonces.set(new URL(at).origin, { ...this.nonces.get(new URL(at).origin), rest })
  }

  private nonceFor(request: FetchRequest): string | undefined {
    return this.nonces.get(new URL(request.url).origin)?.[request.nonce ?? '']
  }

  private async follow(request: FetchRequest): Promise<Capture> {
    let url = request.url
    for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
      const answer = await this.asker.ask({ ...request, url }, this.secretsOf(request, url))
      const location = locationOf(answer)
      if (!location) return this.captured(request, url, answer)
      url = redirected(url, location)
      await this.gate?.check(url)
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

  /** A redirected call goes on as a plain GET, as browsers do; the nonce never leaves its own origin. */
  private secretsOf(request: FetchRequest, url: string): Secrets {
    if (url !== request.url) return {}
    const nonce = this.nonceFor(request)
    if (!request.form) return request.nonce === 'rest' ? { restNonce: nonce } : {}
    return { form: nonce ? { ...request.form, nonce } : request.form }
  }
}

/** `success:false`, `0`, `-1`: an AJAX call without a valid nonce (bp-nouveau/includes/activity/ajax.php); REST says it by a code. */
function wasRefused(capture: Capture): boolean {
  const start = new TextDecoder().decode(capture.body.subarray(0, 64)).trim()
  return (
    start.includes('rest_cookie_invalid_nonce') ||
    start === '0' ||
    start === '-1' ||
    /^\{\s*"success"\s*:\s*false/.test(start)
  )
}
