import type { Capture } from '../model/capture.js'
import type { Page } from '../model/page.js'
import { instant } from '../model/time.js'
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

/**
 * When the server rendered the page, by its `Date` header or else by our clock. Only the upper bound is certain, because a cache may
 * have stored the page.
 */
export function renderTimeOf(capture: Capture): RenderTime {
  const header = Date.parse(capture.headers['date'] ?? '')
  const at = Math.floor((Number.isNaN(header) ? Date.parse(capture.capturedAt) : header) / 1000)
  return { from: instant(at - MAX_RENDER_SECONDS), to: instant(at) ?? capture.capturedAt }
}
