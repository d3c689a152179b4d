import { type Dispatcher, request as send } from 'undici'
import { type FetchRequest, MAX_BODY_BYTES } from '../../model/capture.js'
import type { SourceSettings } from '../source.js'
import { type ConnectionSettings, Connections } from './connections.js'
import { ACCEPTED, TooLarge, withoutEncodings } from './content-encoding.js'
import { type FileBody, saveBody } from './file-body.js'
import { storedHeaders } from './secrets.js'
import type { Session } from './session.js'
import { TlsPorts } from './tls-port.js'

/** The response of one HTTP exchange, before retries and redirects. */
export interface HttpResponse {
  status: number
  headers: Record<string, string>
  /** Decoded by its content encoding. */
  body: Uint8Array
  /** True if HTTP itself shows the end of the body: by its length, or by a last chunk. Otherwise a lost connection looks like the end. */
  isWhole: boolean
  /** Bytes of a body that went into a file; `body` is empty then. */
  size?: number
}

export interface HttpOptions extends Pick<SourceSettings, 'userAgent'>, ConnectionSettings {
  session: Session
}

/** What one request has besides its task; it is never stored. */
export interface Secrets {
  /** Fields of a POST request, with the nonce. */
  form?: Record<string, string> | undefined
  restNonce?: string | undefined
  /** Asks caches on the way not to answer by themselves. */
  pastCache?: boolean | undefined
  /** Only the first bytes of a body are wanted; an encoded one comes whole. */
  most?: number | undefined
  /** Where the body of a response with the status 200 goes, in place of memory. */
  file?: FileBody | undefined
}

const EMPTY = new Uint8Array()

const ACCEPT_DATA = 'application/json, text/html;q=0.9, */*;q=0.1'
const ACCEPT_PAGES = 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.1'

/** Longest duration of a whole exchange, as a multiple of the time limit. */
const MAX_TIMEOUTS = 5

export class Http {
  private readonly connections: Connections
  private readonly tlsPorts = new TlsPorts(url => this.connections.isDirect(url))

  /** @throws UsageError if the environment names a proxy without a valid address. */
  constructor(
    private readonly options: HttpOptions,
    /** Aborted: the exchange in progress ends at once. */
    private readonly end: AbortSignal,
  ) {
    this.connections = new Connections(options)
  }

  /** @throws errors of the network, and of a body that is too large or cannot be decoded. */
  exchange(request: FetchRequest, secrets: Secrets): Promise<HttpResponse> {
    return this.tlsPorts.checked(request.url, () => this.exchanged(request, secrets))
  }

  private async exchanged(request: FetchRequest, secrets: Secrets): Promise<HttpResponse> {
    const { form, file } = secrets
    const limit = MAX_TIMEOUTS * this.options.timeoutMilliseconds
    const response = await send(request.url, {
      dispatcher: this.connections.to(request.url),
      method: form ? 'POST' : 'GET',
      // A server that sends a few bytes at a time never exceeds the other time limits. A file has a limit that grows with its size.
      signal: file ? this.end : AbortSignal.any([this.end, AbortSignal.timeout(limit)]),
      headers: this.headers(request, secrets),
      ...(form ? { body: new URLSearchParams(form).toString() } : {}),
    })
    this.options.session.storeCookies(request.url, response.headers['set-cookie'])
    const headers = storedHeaders(response.headers)
    const isWhole = 'content-length' in headers || /\bchunked\b/i.test(headers['transfer-encoding'] ?? '')
    const head = { status: response.statusCode, headers, isWhole }
    if (file && response.statusCode === 200)
      return { ...head, body: EMPTY, size: await saveBody(response.body, headers, file, limit) }
    const body = await read(response.body, headers, secrets.most)
    return { ...head, body: withoutEncodings(body, headers['content-encoding']).subarray(0, secrets.most) }
  }

  private headers(request: FetchRequest, { form, restNonce, pastCache, file }: Secrets): Record<string, string> {
    const cookie = this.options.session.cookieHeaderFor(request.url)
    const authorization = request.nonce === 'rest' && this.options.session.authorizationFor(request.url)
    return {
      'user-agent': this.options.userAgent,
      accept: file ? '*/*' : request.form || request.nonce === 'rest' ? ACCEPT_DATA : ACCEPT_PAGES,
      // Files are compressed already.
      'accept-encoding': file ? 'identity' : ACCEPTED,
      ...(request.referer ? { referer: request.referer } : {}),
      ...(request.unless?.etag ? { 'if-none-match': request.unless.etag } : {}),
      ...(request.unless?.modified ? { 'if-modified-since': request.unless.modified } : {}),
      ...(cookie ? { cookie } : {}),
      ...(authorization ? { authorization } : {}),
      ...(restNonce ? { 'x-wp-nonce': restNonce } : {}),
      ...(pastCache ? { 'cache-control': 'no-cache', pragma: 'no-cache' } : {}),
      ...(form ? { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' } : {}),
      // The same header as Nouveau's own script sends.
      ...(request.form ? { 'x-requested-with': 'XMLHttpRequest' } : {}),
    }
  }

  close(): Promise<void> {
    return this.connections.close()
  }
}

/** @throws TooLarge, unless only the first bytes are wanted. */
async function read(
  body: Dispatcher.ResponseData['body'],
  headers: Record<string, string>,
  most = Number.POSITIVE_INFINITY,
): Promise<Buffer> {
  const wanted = headers['content-encoding'] ? Number.POSITIVE_INFINITY : most
  const chunks: Buffer[] = []
  let size = 0
  const isTooLarge = () => size > MAX_BODY_BYTES || Number(headers['content-length']) > MAX_BODY_BYTES
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length
    chunks.push(chunk)
    if (size >= wanted) break
    if (wanted > MAX_BODY_BYTES && isTooLarge()) throw new TooLarge()
  }
  return Buffer.concat(chunks)
}
