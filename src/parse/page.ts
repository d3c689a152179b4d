import { type Capture, isSavedPage } from '../model/capture.js'
import type { Instant } from '../model/discussion.js'
import type { Page } from '../model/page.js'
import { instant } from '../model/time.js'
import { asLatin } from './document/charset.js'
import type { RenderTime } from './items/dates.js'

/** A page without any content: parsers fill in what they find. */
export const blankPage = (url: string): Page => ({
  url,
  about: { kind: 'other' },
  site: { url: new URL('/', url).href, name: null },
  template: null,
  wall: null,
  loader: null,
  provenEmpty: false,
  ajaxUrl: null,
  apiUrl: null,
  signedIn: false,
  group: null,
  member: null,
  streamUrl: null,
  posts: [],
  threads: [],
  groups: [],
  more: false,
  directoryUrl: null,
  directories: [],
  warnings: [],
})

/** A page with a wall has no items: markup that was read wrongly must not leave posts in the archive. */
export const NO_ITEMS: Pick<Page, 'template' | 'posts' | 'threads' | 'groups'> = {
  template: null,
  posts: [],
  threads: [],
  groups: [],
}

/** The longest time in seconds between the rendering of a page and its `Date` header, for slow servers. */
const MAX_RENDER_SECONDS = 120

/** The longest time in seconds for which a page is taken to have been open in a browser before it was saved. */
const MAX_OPEN_SECONDS = 86_400

type Timed = Pick<Capture, 'headers' | 'body' | 'capturedAt' | 'timeIsBound' | 'imported'>

/**
 * When the server rendered the page, by its `Date` header or else by our clock. A cache may have stored the page: then it was rendered
 * before by its `Age`, or at its `Last-Modified`, which pages that PHP renders do not have; if neither is known, only the upper bound is.
 * The time of an imported page may itself be an upper bound.
 */
export function renderTimeOf(capture: Timed): RenderTime {
  const { headers, body, capturedAt } = capture
  const header = Date.parse(headers['date'] ?? '')
  const at = Math.floor((Number.isNaN(header) ? Date.parse(capturedAt) : header) / 1000)
  const modified = Date.parse(headers['last-modified'] ?? '') / 1000
  const age = /^\d+$/.test(headers['age'] ?? '') ? Number(headers['age']) : null
  const saved = isSavedPage(capture) && Number.isNaN(header) ? whenOpen(at) : null
  const to = saved?.to ?? instant(at) ?? capturedAt
  if (capture.timeIsBound && Number.isNaN(header)) return { from: null, to: instant(at) ?? capturedAt }
  if (age === null && Number.isNaN(modified) && isFromCache(headers, body)) return { from: null, to }
  const rendered = Math.min(at - (age ?? 0), Number.isNaN(modified) ? at : modified)
  return { from: saved ? saved.from : instant(rendered - MAX_RENDER_SECONDS), to }
}

/** When the page was rendered that was saved at this time. A person gives a day, so that midnight and the last second of a day mean all of it. */
function whenOpen(at: number): { from: Instant | null; to: Instant | null } {
  const start = at - (at % DAY)
  const [first, last] = at === start || at === start + DAY - 1 ? [start, start + DAY - 1] : [at, at]
  return { from: instant(first - MAX_OPEN_SECONDS), to: instant(last) }
}

const DAY = 86_400

/** `X-Cache: HIT`, `CF-Cache-Status: HIT`, `X-LiteSpeed-Cache: hit`, `WP-Super-Cache: Served supercache file from PHP`. */
const isHit = ([name, value]: [string, string]): boolean =>
  /cache(?!-control)/.test(name) && /\b(?:hit|served)\b/i.test(value)

/** What page caches of WordPress write behind the page, whether it was just rendered or not. */
const CACHE_NOTE =
  /<!--[^>]{0,400}(?:cached page|page cach(?:ed|ing)|served from|super-?cache|total cache|litespeed cache|cached by|cached copy)/i

function isFromCache(headers: Capture['headers'], body: Uint8Array): boolean {
  if (Object.entries(headers).some(isHit)) return true
  const end = asLatin(body.subarray(-4096))
  return end.includes('<!--') && CACHE_NOTE.test(end)
}
