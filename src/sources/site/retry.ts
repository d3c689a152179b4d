import type { Capture } from '../../model/capture.js'
import { checkJson } from '../../model/markup/checked-json.js'
import { withAddresses } from '../../model/markup/hidden-addresses.js'

/** Status codes of temporary errors (RFC 9110): overload, maintenance, a gateway that cannot reach its server. */
const TRANSIENT = new Set([408, 425, 429, 500, 502, 503, 504])

export const isTransient = (status: number): boolean => TRANSIENT.has(status)

/** Longest `Retry-After` that a run waits for, in milliseconds. After a longer one it gives up; a later run continues. */
export const MAX_RETRY_AFTER = 10 * 60_000

/** `Retry-After` in milliseconds; the header holds seconds or an HTTP date. Null if there is none. */
export function retryAfter(headers: Readonly<Record<string, string>>, now: number): number | null {
  const value = headers['retry-after']?.trim()
  if (!value) return null
  if (/^\d+$/.test(value)) return Number(value) * 1000
  const at = Date.parse(value)
  // The date is by the server's clock, which the Date header shows.
  const from = Date.parse(headers['date'] ?? '')
  return Number.isNaN(at) ? null : Math.max(0, at - (Number.isNaN(from) ? now : from))
}

/** Longest wait between two attempts without `Retry-After`, in milliseconds. */
export const LONGEST_BACKOFF = 60_000

/** 1, 2, 4, 8 … seconds plus up to a half at random, so that many jobs do not retry at the same time. Milliseconds. */
export const backoff = (attempt: number, random: number): number =>
  Math.min(LONGEST_BACKOFF, 1000 * 2 ** attempt) * (1 + random / 2)

/**
 * Why a body is incomplete, as a clause; null: it is complete. Half a page could pass for the end of a stream, or half a thread
 * for all of it. JSON must be valid. A page or feed is whole if HTTP shows its end (`isWhole`), unless it ends inside a tag; otherwise
 * a page must close its `html`, and a feed its root element. A nonce has ten digits. The parser finds lists that are not closed.
 */
export function incompleteReason(
  capture: Pick<Capture, 'status' | 'headers' | 'body' | 'request'> & { isWhole: boolean },
): string | null {
  if (capture.status >= 300) return null
  if (capture.body.length === 0) return isReadMore(capture.request) ? null : 'the response is empty'
  if (isCutNonce(capture)) return 'the nonce is cut off'
  const type = capture.headers['content-type'] ?? ''
  if (type.includes('json') || looksLikeJson(capture.body))
    return isJson(capture.body, /\bjson\b/i.test(type)) ? null : 'the JSON is cut off'
  if (type.includes('xml')) return isClosed(capture, /<\/(?:rss|feed|html|rdf:RDF)>/i) ? null : 'the feed is cut off'
  // An AJAX response is a part of a page, or a nonce only.
  if (!type.includes('html') || capture.request.form || capture.request.url.includes('/admin-ajax.php')) return null
  return isClosed(capture, /<\/html>/i) ? null : 'the page is cut off'
}

/** A part of a nonce is no answer: with it, a session would pass for one that has ended. */
const isCutNonce = ({ request, body }: Pick<Capture, 'request' | 'body'>): boolean =>
  request.url.endsWith('?action=rest-nonce') && body.length < 10 && /^[0-9a-f]{2,9}$/.test(latinOf(body))

/** True for a page that closes its `html`, false for one that does not; null: it is no page. */
export function closesHtml({
  status,
  headers,
  body,
  request,
}: Pick<Capture, 'status' | 'headers' | 'body' | 'request'>): boolean | null {
  const isPage = status < 300 && (headers['content-type'] ?? '').includes('html') && !request.form
  if (!isPage || request.url.includes('/admin-ajax.php') || looksLikeJson(body)) return null
  return /<\/html>/i.test(latinOf(body.subarray(-65_536)))
}

function isClosed({ body, isWhole }: { body: Uint8Array; isWhole: boolean }, end: RegExp): boolean {
  const tail = latinOf(body.subarray(-65_536))
  return end.test(tail) || (isWhole && !/<\/?[a-z][^<>]*$/i.test(tail))
}

const latinOf = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('latin1')

/** For a post that is gone, the Legacy pack answers a read-more request with 200 and nothing. */
const isReadMore = ({ form }: Capture['request']): boolean => form?.['action'] === 'get_single_activity_content'

const looksLikeJson = (body: Uint8Array): boolean => body[0] === 0x7b

/** `isUtf8`: its reader decodes it in the same way. */
function isJson(body: Uint8Array, isUtf8: boolean): boolean {
  try {
    // Cloudflare hides addresses also in JSON that has the type of HTML, which breaks it.
    const text = withAddresses(new TextDecoder().decode(body))
    if (isUtf8) checkJson(body, text)
    else JSON.parse(text)
    return true
  } catch {
    return false
  }
}
