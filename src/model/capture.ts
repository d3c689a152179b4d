import type { Instant } from './discussion.js'

/** A request to a live site. With `form` it is a POST, otherwise a GET. */
export interface FetchRequest {
  url: string
  form?: Record<string, string>
  /** BuddyPress takes the group or thread of an AJAX request from the Referer only. */
  referer?: string
  /** Base URL of the site that an AJAX request belongs to, as its page gives it: WordPress itself may be in another folder. */
  site?: string
  /**
   * Name of the nonce that the request needs, in `BP_Nouveau.nonces`; `rest` is the nonce of WordPress, which a REST request needs
   * only with a session. The source adds the nonce when it sends the request; it is never stored.
   */
  nonce?: 'activity' | 'groups' | 'rest'
  /** URL of the page that holds the nonce; absent: the page in the Referer. */
  nonceFrom?: string
  /** Validators of an earlier response: if nothing has changed since, the site responds with 304 and no body (RFC 9110, 13). */
  unless?: Validators
  /** Set if the request is not sent again after a failure: earlier runs have tried it, or it only looks whether there is something. */
  once?: true
}

/** Cache validators of a response: its `ETag` and `Last-Modified` headers. */
export interface Validators {
  etag?: string
  modified?: string
}

/** One response as received. The source has already removed secrets (cookies, nonces). */
export interface Capture {
  request: FetchRequest
  /** URL after redirects. */
  url: string
  status: number
  /** Names are in lower case; without Set-Cookie. */
  headers: Record<string, string>
  /** After content decoding (gzip, br), before character decoding. */
  body: Uint8Array
  /** Set if all redirects from the requested URL to this one are for good (301, 308). It is not stored. */
  isMoved?: true
  /** When the response was complete, by our clock: ISO 8601 with milliseconds. Imported: when the site sent or showed it. */
  capturedAt: Instant
  /** Set if `capturedAt` is only the latest time at which it can have been made, such as the date of a file. */
  timeIsBound?: true
  /** Set for an imported capture: the door that read it (`text`, `mhtml`, `warc`, …), and the name of its file without folders. */
  imported?: { door: string; origin: string }
}

/** True for a page that a browser or another program has saved: it has changed what the site sent. */
export const isSavedPage = ({ imported }: Pick<Capture, 'imported'>): boolean =>
  imported?.door === 'page' || imported?.door === 'mhtml'

/** The largest body that is read, also after decompression: pages of communities are much smaller. */
export const MAX_BODY_BYTES = 32 * 1024 * 1024

/** A request without a response to store: refused, reset, timed out, or disallowed by robots.txt. */
export interface Failure {
  request: FetchRequest
  error: Error
}

export type Arrival = Capture | Failure

export const isFailure = (arrival: Arrival): arrival is Failure => 'error' in arrival

/** Key of a request. A pass makes two requests with the same key only on purpose. */
export const requestKey = (request: FetchRequest): string =>
  request.form
    ? `POST ${request.url} ${new URLSearchParams(request.form)} ${request.referer ?? ''}`
    : `GET ${request.url}`
