import type { FetchRequest } from '../../model/capture.js'
import { NetworkError } from '../../model/errors.js'
import { withoutSecrets } from '../../model/urls.js'
import type { Clock, SiteListener } from '../source.js'
import { Http, type HttpOptions, type HttpResponse, type Secrets } from './http.js'
import { Pace } from './pace.js'
import { backoff, incompleteReason, isTransient, MAX_RETRY_AFTER, retryAfter } from './retry.js'

export interface RequesterOptions extends HttpOptions {
  /** Least time between the end of one request and the start of the next, from and to. */
  pauseMilliseconds: readonly [number, number]
  /** How often a request that failed is sent again. */
  retries: number
}

type Outcome = { answer: HttpResponse } | { error: unknown }

/** One question at a time, at the set pace, asked again where that may help. Redirects and nonces are its caller's. */
export class Requester {
  readonly pace: Pace
  private readonly http: Http

  constructor(
    private readonly options: RequesterOptions,
    private readonly clock: Clock,
    private readonly listener: SiteListener,
    private readonly signal: AbortSignal,
  ) {
    this.http = new Http(options)
    this.pace = new Pace(options.pauseMilliseconds, clock)
  }

  /**
   * The first answer that is whole, or the last one that at least has a status to tell of.
   * @throws NetworkError if none came; a plain Error if the run was interrupted.
   */
  async send(request: FetchRequest, secrets: Secrets = {}, retries = this.options.retries): Promise<HttpResponse> {
    const lengths: number[] = []
    for (let attempt = 0; ; attempt++) {
      const outcome = await this.attempt(request, secrets)
      const why = 'error' in outcome ? reasonOf(outcome.error) : retryReason(request, outcome.answer, lengths)
      if ('answer' in outcome && !why) return outcome.answer
      if ('answer' in outcome && outcome.answer.status === 429) this.pace.slowDown()
      if (this.signal.aborted) throw new Error('interrupted')
      const wait = this.waitAfter(outcome, attempt)
      if (('error' in outcome && isFinal(outcome.error)) || attempt >= retries || wait > MAX_RETRY_AFTER) {
        return giveUp(request.url, attempt + 1, why ?? '', outcome)
      }
      this.listener.waiting(wait, `${withoutSecrets(request.url)}: ${why}`)
      await this.clock.sleep(wait, this.signal)
    }
  }

  close(): Promise<void> {
    return this.http.close()
  }

  private waitAfter(outcome: Outcome, attempt: number): number {
    const asked = 'answer' in outcome ? retryAfter(outcome.answer.headers, this.clock.now()) : null
    return asked || backoff(attempt, Math.random())
  }

  private async attempt(request: FetchRequest, secrets: Secrets): Promise<Outcome> {
    await this.pace.waitForNext(this.signal)
    if (this.signal.aborted) throw new Error('interrupted')
    this.listener.request(request.url)
    const from = this.clock.now()
    const outcome = await this.http.exchange(request, secrets).then(
      (answer): Outcome => ({ answer }),
      (error: unknown): Outcome => ({ error }),
    )
    this.pace.ended()
    const [status, bytes] = 'answer' in outcome ? [outcome.answer.status, outcome.answer.body.length] : [null, 0]
    const why = 'error' in outcome ? reasonOf(outcome.error) : null
    this.listener.answered(request.url, { status, why, bytes, milliseconds: this.clock.now() - from })
    return outcome
  }
}

function giveUp(url: string, times: number, why: string, outcome: Outcome): HttpResponse {
  if ('answer' in outcome && outcome.answer.status >= 300) return outcome.answer
  throw new NetworkError(
    `${withoutSecrets(url)} could not be read (tried ${times === 1 ? 'once' : `${times} times`}): ${why}.`,
    'Check the address and the connection. Run the same command again later: it goes on where this run stopped.',
    'error' in outcome ? { cause: outcome.error } : undefined,
  )
}

/** What is wrong with an answer that another try may mend; null if nothing is. */
function retryReason(request: FetchRequest, answer: HttpResponse, lengths: number[]): string | null {
  if (isTransient(answer.status)) return `HTTP ${answer.status}`
  // An empty robots.txt is a file like any other, and one without rules need not be a whole page.
  if (request.url.endsWith('/robots.txt')) return null
  const why = incompleteReason({ request, ...answer })
  // A theme that never closes its html answers the same length each time; half a page seldom does.
  lengths.push(answer.body.length)
  const same = lengths.length >= 3 && new Set(lengths).size === 1
  return why === 'the page is cut off' && same ? null : why
}

/** Why a request failed, in words for people. */

const ERROR_TEXTS: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name of the host could not be looked up',
  ECONNRESET: 'the connection was reset',
  UND_ERR_SOCKET: 'the connection broke',
  UND_ERR_CONNECT_TIMEOUT: 'no connection within the time limit',
  UND_ERR_HEADERS_TIMEOUT: 'no answer within the time limit',
  UND_ERR_BODY_TIMEOUT: 'the answer stopped half-way',
  Z_DATA_ERROR: 'the answer can not be decompressed',
  Z_BUF_ERROR: 'the answer is cut off',
}

const codeOf = (error: unknown): string => (error as { code?: string }).code ?? ''

/** No such host, or no trust in its certificate: the next try says the same. */
const isFinal = (error: unknown): boolean =>
  /^(ENOTFOUND|CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(codeOf(error))

const reasonOf = (error: unknown): string =>
  ERROR_TEXTS[codeOf(error)] ?? (error as { message?: string }).message ?? String(error)
