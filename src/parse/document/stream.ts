import type { Element } from 'domhandler'
import type { Loader } from '../../model/page.js'
import { hasNextPage } from './pager.js'
import { find, type Survey } from './survey.js'

/** What the frame of a stream says, in any pack: markup only, because the words are translated. */
export interface Stream {
  /** Rows of this kind come later by AJAX (Nouveau: `bp_nouveau_user_feedback( 'activity-loading' )`). */
  loader: Loader | null
  /** The site's own "no activity found". */
  provenEmpty: boolean
  more: boolean
  /** The page ends in the middle of the list. */
  cutOff: boolean
}

const LIST =
  ':is(#activity-stream, #bb-rl-activity-stream, [data-bp-list="activity"], .activity.single-group, .activity[data-bp-single], div.activity, #groups-dir-list)'
const LOADER =
  ':is(#bp-activity-ajax-loader, #bp-ajax-loader, #bb-rl-ajax-loader, #bb-rl-activity-ajax-loader, .bp-feedback.loading)'
const MESSAGE = ':is(#message.info, .bp-feedback.info)'

const NEXT = ':is(li.load-more, li.bb-rl-load-more)'

export function readStream(page: Survey): Stream {
  const place = find(page, LIST)
  // Elsewhere the same message box holds "This is a private group"; AJAX answers are all place.
  const message = find(page, find(page, 'body') ? `${LIST} ${MESSAGE}` : MESSAGE)
  return {
    loader: loaderOf(page),
    provenEmpty: page.items.length === 0 && message !== undefined,
    cutOff: place !== undefined && !/<\/html/i.test(page.markup.source) && !isClosed(place, page.markup.source),
    // Up to BuddyPress 2.0, and in themes that kept it, a pager tells, too.
    more:
      page.items.length > 0 &&
      (find(page, find(page, 'body') ? `${LIST} ${NEXT}` : NEXT) !== undefined || hasNextPage(page)),
  }
}

/** Some themes never close their html, but each closes its list. */
const isClosed = (place: Element, source: string): boolean =>
  /<\/[a-z]+\s*>$/i.test(source.slice(Math.max(0, (place.endIndex ?? 0) - 20), (place.endIndex ?? 0) + 1))

/** Member lists have the same loader: what is loaded stands on the list around it. AJAX answers have no list. */
function loaderOf(page: Survey): Loader | null {
  if (find(page, `[data-bp-list="groups"] ${LOADER}`)) return 'groups'
  return (find(page, `[data-bp-list="activity"] ${LOADER}`) ?? (find(page, 'body') ? undefined : find(page, LOADER)))
    ? 'activity'
    : null
}
