import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { Agent, type Dispatcher, request as send } from 'undici'
import type { FetchRequest } from '../../model/capture.js'
import { storedHeaders } from './secrets.js'
import type { Session } from './session.js'

/** One exchange with a server: no retry, no redirect, no meaning. */
export interface HttpResponse {
  status: number
  headers: Record<string, string>
  /** After content decoding. */
  body: Uint8Array
}

export interface HttpOptions {
  userAgent: string
  /** For the connection, for the headers, and between two pieces of the body, each. */
  timeoutMilliseconds: number
  /** A member's session; null: a visitor. */
  session: Session | null
}

/** What one request carries that is never kept. */
export interface Secrets {
  /** The fields of a POST with its nonce. */
  form?: Record<string, string> | undefined
  restNonce?: string | undefined
}

/** An exchange as a whole may last so many time limits. */
const MAX_TIMEOUTS = 5

/** Larger bodies are cut off as errors: no page of a community comes near. */
const MAX_BODY_BYTES = 32 * 1024 * 1024

export class Http {
  private readonly agent: Agent

  constructor(private readonly options: HttpOptions) {
    const timeout = options.timeoutMilliseconds
    this.agent = new Agent({
      connections: 1,
      connect: { timeout },
      headersTimeout: timeout,
      bodyTimeout: timeout,
      keepAliveTimeout: 30_000,
    })
  }

  /** @throws the network's own errors, and those of a body that does not decode. */
  async exchange(request: FetchRequest, secrets: Secrets): Promise<HttpResponse> {
    const { form } = secrets
    const response = await send(request.url, {
      dispatcher: this.agent,
      method: form ? 'POST' : 'GET',
      // A dripping answer keeps each single time limit, and must end all the same.
      signal: AbortSignal.timeout(MAX_TIMEOUTS * this.options.timeoutMilliseconds),
      headers: this.headers(request, secrets),
      ...(form ? { body: new URLSearchParams(form).toString() } : {}),
    })
    this.options.session?.storeCookies(request.url, response.headers['set-cookie'])
    const headers = storedHeaders(response.headers)
    return {
      status: response.statusCode,
      headers,
      body: decode(await read(response.body), headers['content-encoding']),
    }
  }

  private headers(request: FetchRequest, { form, restNonce }: Secrets): Record<string, string> {
    const cookie = this.options.session?.cookieHeaderFor(request.url)
    const authorization = request.nonce === 'rest' && this.options.session?.authorizationFor(request.url)
    return {
      'user-agent': this.options.userAgent,
      accept:
        request.form || request.nonce === 'rest'
          ? 'application/json, text/html;q=0.9, */*;q=0.1'
          : 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.1',
      'accept-encoding': 'br, gzip, deflate',
      ...(request.referer ? { referer: request.referer } : {}),
      ...(request.unless?.etag ? { 'if-none-match': request.unless.etag } : {}),
      ...(request.unless?.modified ? { 'if-modified-since': request.unless.modified } : {}),
      ...(cookie ? { cookie } : {}),
      ...(authorization ? { authorization } : {}),
      ...(restNonce ? { 'x-wp-nonce': restNonce } : {}),
      ...(form ? { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' } : {}),
      // Nouveau's loader is asked the way its own script asks.
      ...(request.form ? { 'x-requested-with': 'XMLHttpRequest' } : {}),
    }
  }

  close(): Promise<void> {
    return this.agent.destroy()
  }
}

async function read(body: Dispatcher.ResponseData['body']): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw new Error(`the answer is larger than ${MAX_BODY_BYTES / 1024 / 1024} MB`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const DECODE_OPTIONS = { maxOutputLength: MAX_BODY_BYTES }

/** @throws if the bytes are not what the header says. */
function decode(body: Buffer, encoding = ''): Uint8Array {
  if (body.length === 0) return body
  switch (encoding.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return gunzipSync(body, DECODE_OPTIONS)
    case 'br':
      return brotliDecompressSync(body, DECODE_OPTIONS)
    case 'deflate':
      return inflateSync(body, DECODE_OPTIONS)
    default:
      return body
  }
}
