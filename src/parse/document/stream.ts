import type { Element } from 'domhandler'
import type { Loader } from '../../model/page.js'
import { every, matches } from './dom.js'
import { hasNextPage, linksToLaterPage } from './pager.js'
import { find, type Survey } from './survey.js'

/** What the markup around a stream shows, in any template pack. The text is not used, because sites translate it. */
export interface Stream {
  /** The kind of rows that the page loads later by AJAX (Nouveau: `bp_nouveau_user_feedback( 'activity-loading' )`). */
  loader: Loader | null
  /** The page shows the site's message "no activity found". */
  provenEmpty: boolean
  more: boolean
  /** The page ends in the middle of the list. */
  cutOff: boolean
}

const LIST =
  ':is(#activity-stream, #bb-rl-activity-stream, [data-bp-list="activity"], .activity.single-group, .activity[data-bp-single], div.activity, #groups-dir-list)'
const LOADER =
  ':is(#bp-activity-ajax-loader, #bp-ajax-loader, #bb-rl-ajax-loader, #bb-rl-activity-ajax-loader, .bp-feedback.loading)'
const MESSAGE = ':is(#message, .bp-feedback)'

const NEXT = ':is(.load-more, .bb-rl-load-more)'

/** `current`: number of the requested page of the stream. */
export function readStream(page: Survey, current: number): Stream {
  const list = find(page, LIST)
  // Outside of a list the same message box shows "This is a private group". AJAX responses have no element around the list.
  const message = every(page.outside, find(page, 'body') ? `${LIST} ${MESSAGE}` : MESSAGE).find(isNotice)
  return {
    loader: loaderOf(page),
    provenEmpty: page.items.length === 0 && message !== undefined,
    cutOff: list !== undefined && !isClosed(list, page.markup.source) && !/<\/html/i.test(page.markup.source),
    more: page.items.length > 0 && hasMore(page, current),
  }
}

/** Themes print "Load More" in any element. BuddyPress up to 2.0, and some later themes, show a pager. */
const hasMore = (page: Survey, current: number): boolean =>
  find(page, find(page, 'body') ? `${LIST} ${NEXT}` : NEXT) !== undefined ||
  hasNextPage(page) ||
  linksToLaterPage(page, current)

/** Themes give the message of an empty list other classes than `info`, but never those of an error or of a loader. */
const isNotice = (box: Element): boolean => !matches(box, '.error, .warning, .loading')

/** Some themes never close the `html` element, but every theme closes its list. */
const isClosed = (list: Element, source: string): boolean =>
  /<\/[a-z]+\s*>$/i.test(source.slice(Math.max(0, (list.endIndex ?? 0) - 20), (list.endIndex ?? 0) + 1))

/** Member lists have the same loader, so an attribute of the list gives the kind. AJAX responses have no element around the list. */
function loaderOf(page: Survey): Loader | null {
  if (find(page, `[data-bp-list="groups"] ${LOADER}`)) return 'groups'
  return (find(page, `[data-bp-list="activity"] ${LOADER}`) ?? (find(page, 'body') ? undefined : find(page, LOADER)))
    ? 'activity'
    : null
}
