import type { Loader } from '../model/page.js'
import { find, type Survey } from './survey.js'

/** What the frame of a stream says, in any pack: markup only, because the words are translated. */
export interface Stream {
  /** The page has the place where a stream stands. */
  present: boolean
  /** Rows of this kind come later by AJAX (Nouveau: `bp_nouveau_user_feedback( 'activity-loading' )`). */
  loader: Loader | null
  /** The site's own "no activity found". */
  provenEmpty: boolean
  more: boolean
}

const PLACE =
  ':is(#activity-stream, [data-bp-list="activity"], .activity.single-group, .activity[data-bp-single], div.activity, #groups-dir-list)'
const LOADER = ':is(#bp-activity-ajax-loader, #bp-ajax-loader, .bp-feedback.loading)'
const MESSAGE = ':is(#message.info, .bp-feedback.info)'

export function readStream(page: Survey): Stream {
  const place = find(page, PLACE)
  // Elsewhere the same message box holds "This is a private group"; AJAX answers are all place.
  const message = find(page, find(page, 'body') ? `${PLACE} ${MESSAGE}` : MESSAGE)
  return {
    present: place !== undefined,
    loader: page.items.length === 0 ? loaderOf(page) : null,
    provenEmpty: page.items.length === 0 && message !== undefined,
    more: find(page, 'li.load-more') !== undefined,
  }
}

/** Member lists have the same loader: what is loaded stands on the list around it. AJAX answers have no list. */
function loaderOf(page: Survey): Loader | null {
  if (find(page, `[data-bp-list="groups"] ${LOADER}`)) return 'groups'
  return (find(page, `[data-bp-list="activity"] ${LOADER}`) ?? (find(page, 'body') ? undefined : find(page, LOADER)))
    ? 'activity'
    : null
}
