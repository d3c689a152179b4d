import type { FetchRequest } from '../../model/capture.js'
import { NetworkError, SiteDown } from '../../model/errors.js'
import { addressOf, withoutSecrets } from '../../model/urls.js'
import { graceAfter } from '../grace.js'
import type { SourceOutside, SourceSettings } from '../source.js'
import { adviceFor, CHECK, failureReason, isFinal, isUnreachable } from './failures.js'
import { Http, type HttpOptions, type HttpResponse, type Secrets } from './http.js'
import { Pace } from './pace.js'
import { type Followed, followRedirects } from './redirects.js'
import { backoff, closesHtml, incompleteReason, isTransient, MAX_RETRY_AFTER, retryAfter } from './retry.js'

export type RequesterOptions = HttpOptions & Pick<SourceSettings, 'pauseMilliseconds' | 'retries'>

type Outcome = { response: HttpResponse } | { error: unknown }

/** Sends one request at a time, at the set pace, with retries. The caller handles redirects and nonces. */
export class Requester {
  readonly pace: Pace
  private readonly http: Http
  /** Sites of which a page has closed its `html`: a page that does not is half a page, even if HTTP shows its end. */
  private readonly closing = new Set<string>()

  constructor(
    private readonly options: RequesterOptions,
    private readonly outside: SourceOutside,
  ) {
    this.http = new Http(options, graceAfter(outside.signal))
    this.pace = new Pace(options.pauseMilliseconds, outside.clock)
  }

  /**
   * The first complete response, or the last error response if there is none.
   * @throws NetworkError if no attempt got a usable response; a plain Error if the run was interrupted.
   */
  async send(request: FetchRequest, secrets: Secrets = {}, retries = this.options.retries): Promise<HttpResponse> {
    const lengths: number[] = []
    const most = request.once ? 0 : retries
    for (let attempt = 0; ; attempt++) {
      const outcome = await this.attempt(request, secrets)
      const why =
        'error' in outcome
          ? failureReason(outcome.error)
          : this.retryReason(request, outcome.response, lengths, secrets.file)
      if ('response' in outcome && !why) return outcome.response
      if ('response' in outcome && outcome.response.status === 429) this.pace.slowDown()
      if (this.outside.signal.aborted) throw new Error('interrupted')
      const wait = this.waitAfter(outcome, attempt)
      if (('error' in outcome && isFinal(outcome.error)) || attempt >= most || wait > MAX_RETRY_AFTER) {
        return why === HALF && 'response' in outcome
          ? outcome.response
          : giveUp(request, attempt + 1, why ?? '', outcome)
      }
      this.outside.listener.waiting(wait, `${withoutSecrets(request.url)}: ${why}`)
      await this.outside.clock.sleep(wait, this.outside.signal)
    }
  }

  /** The response after all redirects, and its URL. Parameters and errors as `followRedirects`. */
  follow(
    url: string,
    send: (url: string) => Promise<HttpResponse>,
    checkUrl?: (url: string) => void | Promise<void>,
  ): Promise<Followed> {
    return followRedirects(url, send, checkUrl)
  }

  close(): Promise<void> {
    return this.http.close()
  }

  /** A page that comes again with the same length is as the site has it. */
  private retryReason(
    request: FetchRequest,
    response: HttpResponse,
    lengths: number[],
    file: Secrets['file'],
  ): string | null {
    const why = retryReason(request, response, lengths, file)
    const closes = why === null && !file ? closesHtml({ request, ...response }) : null
    const { origin } = addressOf(request.url)
    if (closes) this.closing.add(origin)
    return closes === false && this.closing.has(origin) && lengths.at(-1) !== lengths.at(-2) ? HALF : why
  }

  private waitAfter(outcome: Outcome, attempt: number): number {
    const required = 'response' in outcome ? retryAfter(outcome.response.headers, this.outside.clock.now()) : null
    return required || backoff(attempt, Math.random())
  }

  private async attempt(request: FetchRequest, secrets: Secrets): Promise<Outcome> {
    await this.pace.waitForNext(this.outside.signal)
    if (this.outside.signal.aborted) throw new Error('interrupted')
    this.outside.listener.request(request.url)
    const from = this.outside.clock.now()
    const outcome = await this.http.exchange(request, secrets).then(
      (response): Outcome => ({ response }),
      (error: unknown): Outcome => ({ error }),
    )
    this.pace.ended()
    const response = 'response' in outcome ? outcome.response : null
    const [status, bytes] = [response?.status ?? null, response?.size ?? response?.body.length ?? 0]
    const why = 'error' in outcome ? failureReason(outcome.error) : null
    this.outside.listener.answered(request.url, { status, why, bytes, milliseconds: this.outside.clock.now() - from })
    return outcome
  }
}

const HALF = 'the page has no end, unlike others of this site'

function giveUp({ url, once }: FetchRequest, times: number, why: string, outcome: Outcome): HttpResponse {
  if ('response' in outcome && outcome.response.status >= 300) return outcome.response
  const message = `${withoutSecrets(url)} could not be read (tried ${times === 1 ? 'once' : `${times} times`}): ${why}.`
  if ('response' in outcome) throw new NetworkError(message, CHECK)
  const [advice, cause] = [adviceFor(outcome.error), { cause: outcome.error }]
  // A request that is sent once proves little.
  if (!once && isUnreachable(outcome.error)) throw new SiteDown(new URL(url).origin, message, advice, cause)
  throw new NetworkError(message, advice, cause)
}

/** Why a request should be sent again; null: its response is final. */
function retryReason(
  request: FetchRequest,
  response: HttpResponse,
  lengths: number[],
  file: Secrets['file'],
): string | null {
  if (isTransient(response.status)) return `HTTP ${response.status}`
  if (file) return null
  // An empty robots.txt is valid, and an HTML response in its place means that there are no rules.
  if (request.url.endsWith('/robots.txt')) return null
  const why = incompleteReason({ request, ...response })
  // Some themes never close `html`. Their responses always have the same length; responses that were cut off rarely do.
  lengths.push(response.body.length)
  const same = lengths.length >= 3 && new Set(lengths).size === 1
  return why === 'the page is cut off' && same ? null : why
}
