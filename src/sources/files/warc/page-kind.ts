import { restCallOf } from '../../../model/rest.js'
import { isUnknownAddress } from '../../../model/unknown-site.js'
import { isAjaxUrl } from './loader-request.js'

const HTML = /^(?:text\/html|application\/xhtml\+xml)\b/i
const JSON_TYPE = /^(?:application|text)\/(?:[\w.-]+\+)?json\b/i
const XML = /^(?:application|text)\/(?:[\w.-]+\+)?xml\b/i
/** Recorders and old servers name these, or nothing, where they do not know. */
const VAGUE = /^(?:text\/plain|application\/octet-stream|unknown\b|$)/i

/** Whether a response may be a page, a feed, or an answer of REST or an AJAX loader; its first bytes decide the rest (`isPage`). */
export function mayBePage(type: string, url: string): boolean {
  if (JSON_TYPE.test(type)) return isAjaxUrl(url) || restCallOf(url) !== null
  return HTML.test(type) || XML.test(type) || VAGUE.test(type)
}

/** A comment ends at its first `-->`: with a choice among the ends, the time would double with each comment. */
const PROLOGUE = String.raw`^\s*(?:<\?[^>]*>\s*|<!--(?:(?!-->)[\s\S])*-->\s*)*`

/** What a file that begins with one of these tags matches; declarations and comments may be before it. */
export const beginsWith = (tags: string): RegExp => new RegExp(`${PROLOGUE}<(?:${tags})\\b`, 'i')

const PAGE_OR_FEED = beginsWith(String.raw`rss|feed|rdf:RDF|!doctype\s+html|html|head|body`)

/** The same by its content, where the type does not say it: sitemaps are XML as feeds are. */
export function isPage(type: string, url: string, body: Uint8Array): boolean {
  if (HTML.test(type) || JSON_TYPE.test(type) || isAjaxUrl(url)) return true
  const start = Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, 4096)).toString('latin1')
  const text = start.replace(/^\xef\xbb\xbf/, '')
  if (PAGE_OR_FEED.test(text)) return true
  // A text that was imported, in a WARC file that threadkeep wrote.
  if (isUnknownAddress(url)) return true
  return VAGUE.test(type) && /^\s*[{[]/.test(text) && restCallOf(url) !== null
}

/** Redirects, parts of files, answers without a body, and provisional ones show nothing. */
export const hasContent = (status: number): boolean =>
  status >= 200 && ![204, 206].includes(status) && Math.floor(status / 100) !== 3
