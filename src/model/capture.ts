import type { Instant } from './discussion.js'

/** What to ask a live site for. `form` makes it a POST. */
export interface FetchRequest {
  url: string
  form?: Record<string, string>
  /** BuddyPress finds the group or thread of an AJAX call in the Referer only. */
  referer?: string
  /** The community that an AJAX call belongs to, as its page says: WordPress itself may live in another folder. */
  site?: string
  /**
   * The nonce this call needs, by its name in `BP_Nouveau.nonces`; `rest` is WordPress' own, which a REST call needs with a
   * session only. Sources add it when they send; it is never kept.
   */
  nonce?: 'activity' | 'groups' | 'rest'
  /** Where that nonce is to be had; absent: on the page that the Referer names. */
  nonceFrom?: string
  /** Validators of an earlier answer: where nothing has changed since, the site says 304 and no more (RFC 9110, 13). */
  unless?: Validators
}

export interface Validators {
  etag?: string
  modified?: string
}

/** One response as it came. Secrets (cookies, nonces) are taken out before it gets here. */
export interface Capture {
  request: FetchRequest
  /** Where redirects led. */
  url: string
  status: number
  /** Lower-case names; no Set-Cookie. */
  headers: Record<string, string>
  /** After content decoding (gzip, br), before character decoding. */
  body: Uint8Array
  /** Our clock when the answer was complete, ISO with milliseconds. */
  capturedAt: Instant
}

/** A request without an answer to keep: refused, reset, timed out, disallowed. */
export interface Failure {
  request: FetchRequest
  error: Error
}

export type Arrival = Capture | Failure

export const isFailure = (arrival: Arrival): arrival is Failure => 'error' in arrival

/** Same key, same question: what must not be asked twice in one pass. */
export const requestKey = (request: FetchRequest): string =>
  request.form
    ? `POST ${request.url} ${new URLSearchParams(request.form)} ${request.referer ?? ''}`
    : `GET ${request.url}`
