import type { Capture } from '../model/capture.js'
import type { Page } from '../model/page.js'
import { buddypressAjax } from './buddypress-ajax.js'
import { buddypressFeed } from './buddypress-feed.js'
import { buddypressPage } from './buddypress-page.js'
import { buddypressRest } from './buddypress-rest.js'
import { OverBound } from './document/bounds.js'
import { blankPage } from './page.js'
import type { Parser } from './parser.js'
import { textDump } from './text-dump.js'

export { engineOf } from './document/engine.js'
export { withoutId } from './items/shared-avatars.js'
export { ajaxTraitsOf } from './templates/index.js'

/** The first parser that accepts a capture reads it. Add a parser here. */
export const PARSERS: readonly Parser[] = [textDump, buddypressAjax, buddypressRest, buddypressFeed, buddypressPage]

/** Parses one capture. It never throws because of the response of a site: a response that it cannot read becomes a wall. */
export function parse(capture: Capture): Page {
  const parser = PARSERS.find(candidate => candidate.accepts(capture))
  if (!parser) return { ...blankPage(capture.url), wall: { kind: 'unknown', seen: 'a response of an unknown kind' } }
  try {
    return parser.parse(capture)
  } catch (error) {
    if (error instanceof OverBound) return unreadPage(capture, error.message)
    throw error
  }
}

/** The page of a response that is not read because it is over a bound. `seen`: what the site sent, as a noun phrase. */
export const unreadPage = ({ url }: Capture, seen: string): Page => ({
  ...blankPage(url),
  wall: { kind: 'error', seen },
})
