import type { FetchRequest } from '../../model/capture.js'
import { NetworkError } from '../../model/errors.js'
import { withoutSecrets } from '../../model/urls.js'
import { graceAfter } from '../grace.js'
import type { SourceOutside, SourceSettings } from '../source.js'
import { Http, type HttpOptions, type HttpResponse, type Secrets } from './http.js'
import { Pace } from './pace.js'
import { type Followed, followRedirects } from './redirects.js'
import { backoff, incompleteReason, isTransient, MAX_RETRY_AFTER, retryAfter } from './retry.js'

export type RequesterOptions = HttpOptions & Pick<SourceSettings, 'pauseMilliseconds' | 'retries'>

type Outcome = { response: HttpResponse } | { error: unknown }

export const RUN_AGAIN = 'Run the same command again later: it continues where this run stopped.'

/** Sends one request at a time, at the set pace, with retries. The caller handles redirects and nonces. */
export class Requester {
  readonly pace: Pace
  private readonly http: Http

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
      const why = 'error' in outcome ? reasonOf(outcome.error) : retryReason(request, outcome.response, lengths)
      if ('response' in outcome && !why) return outcome.response
      if ('response' in outcome && outcome.response.status === 429) this.pace.slowDown()
      if (this.outside.signal.aborted) throw new Error('interrupted')
      const wait = this.waitAfter(outcome, attempt)
      if (('error' in outcome && isFinal(outcome.error)) || attempt >= most || wait > MAX_RETRY_AFTER) {
        return giveUp(request.url, attempt + 1, why ?? '', outcome)
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
    const [status, bytes] = 'response' in outcome ? [outcome.response.status, outcome.response.body.length] : [null, 0]
    const why = 'error' in outcome ? reasonOf(outcome.error) : null
    this.outside.listener.answered(request.url, { status, why, bytes, milliseconds: this.outside.clock.now() - from })
    return outcome
  }
}

function giveUp(url: string, times: number, why: string, outcome: Outcome): HttpResponse {
  if ('response' in outcome && outcome.response.status >= 300) return outcome.response
  throw new NetworkError(
    `${withoutSecrets(url)} could not be read (tried ${times === 1 ? 'once' : `${times} times`}): ${why}.`,
    'error' in outcome && isUntrusted(outcome.error) ? TRUST : `Check the address and the connection. ${RUN_AGAIN}`,
    'error' in outcome ? { cause: outcome.error } : undefined,
  )
}

/** Why a request should be sent again; null: its response is final. */
function retryReason(request: FetchRequest, response: HttpResponse, lengths: number[]): string | null {
  if (isTransient(response.status)) return `HTTP ${response.status}`
  // An empty robots.txt is valid, and an HTML response in its place means that there are no rules.
  if (request.url.endsWith('/robots.txt')) return null
  const why = incompleteReason({ request, ...response })
  // Some themes never close `html`. Their responses always have the same length; responses that were cut off rarely do.
  lengths.push(response.body.length)
  const same = lengths.length >= 3 && new Set(lengths).size === 1
  return why === 'the page is cut off' && same ? null : why
}

/** Why a request failed, as a clause for messages. */
const ERROR_TEXTS: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the host name could not be resolved',
  ECONNRESET: 'the connection was reset',
  UND_ERR_SOCKET: 'the connection was lost',
  EPROTO: 'this port does not speak https: the address may have to begin with http://',
  ERR_SSL_WRONG_VERSION_NUMBER: 'this port does not speak https: the address may have to begin with http://',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'this port does not speak https: the address may have to begin with http://',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet, or the clock of this machine is wrong',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by an authority that this machine does not know',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by an authority that this machine does not know',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is signed by an authority that this machine does not know',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate is signed by an authority that this machine does not know',
  UND_ERR_CONNECT_TIMEOUT: 'there was no connection within the time limit',
  UND_ERR_HEADERS_TIMEOUT: 'there was no response within the time limit',
  UND_ERR_BODY_TIMEOUT: 'the response stopped half-way',
  UND_ERR_HEADERS_OVERFLOW: 'the headers of the response are larger than 256 KB',
  Z_DATA_ERROR: 'the response cannot be decompressed',
  Z_BUF_ERROR: 'the response is cut off',
}

const codeOf = (error: unknown): string => (error as { code?: string }).code ?? ''

const isUntrusted = (error: unknown): boolean => /SELF_SIGNED|^UNABLE_TO/.test(codeOf(error))

const TRUST =
  'If you trust who signed it, save the certificate of that authority in a file, and name the file: NODE_EXTRA_CA_CERTS=authority.pem threadkeep …'

/** An unknown host, an untrusted certificate, or a body over the limit: another attempt would fail in the same way. */
const isFinal = (error: unknown): boolean =>
  /^(TOO_LARGE|ENOTFOUND|EPROTO|CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(codeOf(error)) ||
  /\b407\b/.test(messageOf(error))

const reasonOf = (error: unknown): string => {
  const message = messageOf(error)
  if (/\bproxy\b.*\b407\b/i.test(message)) return 'the proxy requires a user name and a password'
  const refusal = /^Proxy response \((\d+)\)/.exec(message)
  return refusal ? `the proxy refused to connect (HTTP ${refusal[1]})` : (ERROR_TEXTS[codeOf(error)] ?? message)
}

const messageOf = (error: unknown): string => (error as { message?: string }).message ?? String(error)
