import type { Arrival, Capture, FetchRequest } from '../../model/capture.js'
import { KnownError, NetworkError, RobotsError, SessionEnded } from '../../model/errors.js'
import { asError, errorCode, errorMessage } from '../../model/thrown.js'
import { addressOf, isAddress, withoutSecrets } from '../../model/urls.js'
import type {
  Downloaded,
  DownloadRequest,
  FileSink,
  Frontier,
  LiveSource,
  SourceKind,
  SourceOutside,
  SourceSettings,
} from '../source.js'
import { RUN_AGAIN } from './failures.js'
import { FileTooLarge, Unwritable } from './file-body.js'
import type { HttpResponse, Secrets } from './http.js'
import { PastCache } from './past-cache.js'
import { proxiesIn } from './proxies.js'
import { PRIVATE_ADDRESS } from './public-addresses.js'
import { RedirectError } from './redirects.js'
import { Requester } from './requester.js'
import { RobotsGate } from './robots.js'
import { noncesIn, withoutNonces } from './secrets.js'
import { Session } from './session.js'

/** A live site over http or https. */
export const site: SourceKind = {
  name: 'site',
  summary: 'a live site over http or https',
  accepts: isAddress,
  open(target, settings, outside) {
    const proxy = proxiesIn(settings.environment ?? {})(target)
    if (proxy) outside.listener.noted?.(target, `Read through the proxy ${proxy.url}.`)
    return new LiveSite(settings, outside)
  },
}

/** A live site. Sends one request at a time, at the set pace. */
class LiveSite implements LiveSource {
  private readonly requester: Requester
  private readonly gate: RobotsGate
  private readonly session: Session
  /** Origins that have given a REST nonce. */
  private readonly givesNonces = new Set<string>()
  private readonly nonces = new Map<string, Record<string, string>>()
  /** Origins whose pages come from a cache with old nonces: only pages that were requested past it count. */
  private readonly stale = new Set<string>()
  private readonly pastCache = new PastCache()

  constructor(
    settings: SourceSettings,
    private readonly outside: SourceOutside,
  ) {
    this.session = new Session(settings.credentials)
    this.requester = new Requester({ ...settings, session: this.session }, outside)
    const ignored = settings.ignoreRobots ? outside.listener.ignored : null
    this.gate = new RobotsGate(this.requester, settings.userAgent, outside.listener, ignored)
  }

  async *captures(frontier: Frontier): AsyncGenerator<Arrival> {
    for (let request = frontier.next(); request && !this.outside.signal.aborted; request = frontier.next()) {
      const arrival = await this.fetch(request)
      if (arrival) yield arrival
    }
  }

  async rules(url: string): Promise<{ found: boolean; allowed: boolean; delay: number }> {
    const rules = await this.gate.rulesOf(url)
    return { found: rules.found, allowed: rules.allows(url), delay: rules.delay }
  }

  reader(url: string): 'visitor' | 'session' | 'password' {
    if (this.session.hasSessionFor(url)) return 'session'
    return this.session.authorizationFor(url) ? 'password' : 'visitor'
  }

  /**
   * WordPress gives a REST nonce to logged-in readers and "0" to all others (wp_ajax_rest_nonce, since 5.3).
   * @throws NetworkError if the site responds with a server error.
   */
  async holds(ajaxUrl: string): Promise<boolean | null> {
    const url = new URL('?action=rest-nonce', ajaxUrl).href
    await this.gate.check(url)
    const capture = await this.follow({ url })
    if (capture.status >= 500)
      throw new NetworkError(`${url} did not say whether you are logged in (HTTP ${capture.status}).`, RUN_AGAIN)
    const start = startOf(capture)
    if (NONCE.test(start)) this.givesNonces.add(new URL(url).origin)
    return NONCE.test(start) ? true : start === '0' ? this.frontPageShowsLogin(ajaxUrl) : null
  }

  /** Before 5.3 WordPress responds with "0" to every reader: then the front page shows whether the reader is logged in. */
  private async frontPageShowsLogin(ajaxUrl: string): Promise<boolean> {
    if (this.givesNonces.has(new URL(ajaxUrl).origin)) return false
    const url = new URL('../', ajaxUrl).href
    await this.gate.check(url)
    const { body } = await this.follow({ url })
    return LOGGED_IN_MARK.test(new TextDecoder().decode(body))
  }

  async download({ url, maxBytes, referer, once }: DownloadRequest, sink: FileSink): Promise<Downloaded> {
    const file = { sink, maxBytes }
    const request = { ...(referer && { referer }), ...(once && { once }) }
    try {
      await this.gate.check(url)
      const send = (at: string) => this.requester.send({ ...request, url: at }, { file, most: MAX_ERROR_PAGE })
      const { url: reached, response } = await this.requester.follow(url, send, at => this.gate.check(at))
      return { end: 'answered', url: withoutSecrets(reached), status: response.status, headers: response.headers }
    } catch (error) {
      return failedDownload(error, this.outside.signal)
    }
  }

  close(): Promise<void> {
    return this.requester.close()
  }

  /** Null if the run was interrupted before a response came. */
  private async fetch(request: FetchRequest): Promise<Arrival | null> {
    try {
      await this.gate.check(request.url)
      return await this.withNonce(request)
    } catch (error) {
      if (this.outside.signal.aborted && !(error instanceof KnownError)) return null
      return { request, error: asError(error) }
    }
  }

  /**
   * Sends a request; if the site refuses its nonce, once more with a new one. A nonce lasts 12 to 24 hours, and a page cache may hold
   * pages for longer, so the new nonce is requested past it.
   */
  private async withNonce(request: FetchRequest): Promise<Capture> {
    const from = this.nonceUrlOf(request)
    if (!from) return this.follow(request)
    if (!this.nonceFor(request)) await this.fetchNonces(from, request)
    const capture = await this.follow(request)
    if (!wasRefused(capture)) return capture
    if (request.nonce === 'rest') await this.fetchNonces(from, request)
    else await this.fetchPastCache(from, request)
    return this.follow(request)
  }

  /** Requests a page past the cache, under one address after the other, until it brings another nonce than the refused one. */
  private async fetchPastCache(from: string, request: FetchRequest): Promise<void> {
    const old = this.nonceFor(request)
    for (const { look, url } of this.pastCache.addresses(from, this.outside.clock.now())) {
      // The refusal says more than an error of an address that is a guess.
      await this.fetchNonces(url, request, true).catch(error => {
        if (look === 0 || !(error instanceof NetworkError || error instanceof RobotsError)) throw error
      })
      if (this.nonceFor(request) === old) continue
      this.stale.add(new URL(request.url).origin)
      return this.pastCache.found(from, look)
    }
    this.pastCache.found(from, undefined)
  }

  /** URL of the page that has the nonce; null if none is needed, as for REST requests without a session. */
  private nonceUrlOf({ url, nonce, nonceFrom, referer }: FetchRequest): string | null {
    if (!nonce || (nonce === 'rest' && this.reader(url) !== 'session')) return null
    return nonceFrom ?? referer ?? null
  }

  /** @throws SessionEnded if the site gives a visitor's nonce only, with which responses would be for a visitor. */
  private async fetchNonces(url: string, request: FetchRequest, pastCache = false): Promise<void> {
    if (request.nonce === 'rest') return this.fetchRestNonce(url, request)
    await this.gate.check(url)
    await this.follow({ url }, pastCache)
    if (this.reader(url) === 'session' && (await this.holds(request.url)) === false) throw new SessionEnded(request.url)
  }

  /** The response of `admin-ajax.php?action=rest-nonce` is the nonce only. */
  private async fetchRestNonce(url: string, request: FetchRequest): Promise<void> {
    await this.gate.check(url)
    const capture = await this.follow({ url })
    const start = startOf(capture)
    if (start === '0' && !(await this.frontPageShowsLogin(url))) throw new SessionEnded(request.url)
    if (!NONCE.test(start)) throw new NetworkError(`${url} gave no REST nonce (HTTP ${capture.status}).`, RUN_AGAIN)
    const { origin } = new URL(capture.url)
    this.givesNonces.add(origin)
    this.nonces.set(origin, { ...this.nonces.get(origin), rest: start })
  }

  private nonceFor(request: FetchRequest): string | undefined {
    return this.nonces.get(addressOf(request.url).origin)?.[request.nonce ?? '']
  }

  private async follow(request: FetchRequest, pastCache = false): Promise<Capture> {
    const send = (url: string) =>
      this.requester.send({ ...request, url }, { ...this.secretsOf(request, url), pastCache })
    const { url, response, isPermanent } = await this.requester.follow(request.url, send, at => this.gate.check(at))
    const { origin } = addressOf(url)
    if (pastCache || !this.stale.has(origin)) this.keepNonces(origin, response)
    return { ...this.captured(request, url, response), ...(isPermanent && { isMoved: true as const }) }
  }

  /** The table of nonces is part of a page. */
  private keepNonces(origin: string, { body, headers }: HttpResponse): void {
    if (/\bjson\b/i.test(headers['content-type'] ?? '')) return
    const found = noncesIn(body)
    if (Object.keys(found).length > 0) this.nonces.set(origin, { ...this.nonces.get(origin), ...found })
  }

  private captured(request: FetchRequest, url: string, response: HttpResponse): Capture {
    return {
      request,
      url: withoutSecrets(url),
      status: response.status,
      headers: response.headers,
      body: withoutNonces(response.body),
      capturedAt: new Date(this.outside.clock.now()).toISOString(),
    }
  }

  /** Secrets of a request. After a redirect there are none: the request becomes a plain GET, as in browsers, and the nonce stays with its origin. */
  private secretsOf(request: FetchRequest, url: string): Secrets {
    if (url !== request.url) return {}
    const nonce = this.nonceFor(request)
    if (!request.form) return request.nonce === 'rest' ? { restNonce: nonce } : {}
    return { form: nonce ? { ...request.form, nonce } : request.form }
  }
}

/** True for the response to a request without a valid nonce: `success:false`, `0`, `-1` by AJAX (bp-nouveau/includes/activity/ajax.php), an error code by REST. */
function wasRefused(capture: Capture): boolean {
  const start = startOf(capture)
  return (
    start.includes('rest_cookie_invalid_nonce') ||
    start === '0' ||
    start === '-1' ||
    /^\{\s*"success"\s*:\s*false/.test(start)
  )
}

/** Of the page that tells of an error, no more is read. */
const MAX_ERROR_PAGE = 65_536

/** What pages show to logged-in readers only: a class of `body`, and the link to log out. */
const LOGGED_IN_MARK = /<body[^<>]*\sclass=["'][^"'>]*\blogged-in\b|[?&;]action=logout\b/

const NONCE = /^[0-9a-f]{10}$/i

const startOf = ({ body }: Capture): string => new TextDecoder().decode(body.subarray(0, 64)).trim()

/**
 * How a download ended without a usable response. `stop`: aborted if the run is to end.
 * @throws the error of the sink, and errors that are bugs.
 */
function failedDownload(error: unknown, stop: AbortSignal): Downloaded {
  const cause = causeOf(error)
  if (cause instanceof Unwritable) throw cause.cause
  if (cause instanceof FileTooLarge) return { end: 'too-large', size: cause.size }
  if (errorCode(cause) === PRIVATE_ADDRESS) return { end: 'private-address' }
  if (error instanceof RedirectError && error.leadsTo) return { end: 'elsewhere', url: error.leadsTo.to }
  if (stop.aborted) return { end: 'interrupted' }
  if (error instanceof KnownError) return { end: 'failed', error }
  return { end: 'failed', error: new NetworkError(`${errorMessage(error)}.`, RUN_AGAIN) }
}

/** The error of the exchange behind that of the request. */
const causeOf = (error: unknown): unknown => (error instanceof KnownError && error.cause ? error.cause : error)
