import type { Capture } from '../model/capture.js'
import type { Page } from '../model/page.js'
import { instant } from '../model/time.js'
import type { RenderTime } from './items/dates.js'

/** A page of which nothing is known yet: parsers fill in what they find. */
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
  warnings: [],
})

/** Behind a wall nothing counts: software that is known to be read falsely must leave no posts behind. */
export const NO_ITEMS: Pick<Page, 'template' | 'posts' | 'threads' | 'groups'> = {
  template: null,
  posts: [],
  threads: [],
  groups: [],
}

/** How long before its `Date` header a page may have been made, in seconds: slow servers, clocks read twice. */
const MAX_RENDER_SECONDS = 120

/** The server's clock by its `Date` header, else ours. Only an upper bound is sure: a cache may have kept the page. */
export function renderTimeOf(capture: Capture): RenderTime {
  const header = Date.parse(capture.headers['date'] ?? '')
  const at = Math.floor((Number.isNaN(header) ? Date.parse(capture.capturedAt) : header) / 1000)
  return { from: instant(at - MAX_RENDER_SECONDS), to: instant(at) ?? capture.capturedAt }
}
