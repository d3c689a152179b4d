import type { Capture } from '../../model/capture.js'

/** Answers that may be better next time (RFC 9110): overload, maintenance, a gateway without its server. */
const TRANSIENT = new Set([408, 425, 429, 500, 502, 503, 504])

export const isTransient = (status: number): boolean => TRANSIENT.has(status)

/** Longest wait that we accept from a site, in milliseconds: more, and the run ends and goes on another day. */
export const MAX_RETRY_AFTER = 10 * 60_000

/** What `Retry-After` asks for, in milliseconds: seconds or an HTTP date. Null where there is none. */
export function retryAfter(headers: Readonly<Record<string, string>>, now: number): number | null {
  const value = headers['retry-after']?.trim()
  if (!value) return null
  if (/^\d+$/.test(value)) return Number(value) * 1000
  const at = Date.parse(value)
  // The server's own clock counts where it tells it.
  const from = Date.parse(headers['date'] ?? '')
  return Number.isNaN(at) ? null : Math.max(0, at - (Number.isNaN(from) ? now : from))
}

/** What a run waits of its own accord between two tries, at the most, in milliseconds. */
export const LONGEST_BACKOFF = 60_000

/** 1, 2, 4, 8 … seconds and up to half as much again, so that many jobs do not come back at once. */
export const backoff = (attempt: number, random: number): number =>
  Math.min(LONGEST_BACKOFF, 1000 * 2 ** attempt) * (1 + random / 2)

/**
 * Why a body is not whole, or null. A half page looks like the end of a stream and half a thread like the whole of it, so
 * a page must close its `html` and an answer that is JSON must be JSON.
 */
export function incompleteReason(capture: Pick<Capture, 'status' | 'headers' | 'body' | 'request'>): string | null {
  if (capture.status >= 300) return null
  if (capture.body.length === 0) return 'the answer is empty'
  const type = capture.headers['content-type'] ?? ''
  if (type.includes('json') || looksLikeJson(capture.body)) return isJson(capture.body) ? null : 'the JSON is cut off'
  if (type.includes('xml'))
    return isClosed(capture.body, /<\/(?:rss|feed|html|rdf:RDF)>/i) ? null : 'the feed is cut off'
  // Calls answer with a piece of a page, or with a nonce and nothing else.
  if (!type.includes('html') || capture.request.form || capture.request.url.includes('/admin-ajax.php')) return null
  return isClosed(capture.body, /<\/html>/i) ? null : 'the page is cut off'
}

const isClosed = (body: Uint8Array, end: RegExp): boolean =>
  end.test(new TextDecoder('latin1').decode(body.subarray(-65_536)))

const looksLikeJson = (body: Uint8Array): boolean => body[0] === 0x7b

function isJson(body: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder().decode(body))
    return true
  } catch {
    return false
  }
}
