import type { Element } from 'domhandler'
import type { ThreadView } from '../../model/page.js'
import { activityIdOf } from '../../model/urls.js'
import { every, first, lineOf } from '../document/dom.js'
import { resolveUrl } from '../document/links.js'
import type { PostSelectors, Template } from '../templates/template.js'

/** The thread that an item belongs to, as this view tells it. */
export interface ThreadRef {
  /** Id of the opening post. */
  root: string
  /** Its permalink; null where the view has none (the permalink page itself). */
  url: string | null
  /** The view starts at the opening post, so that it can hold the whole thread. */
  complete: boolean
}

/** The item's own link; on permalink pages there is none. */
export function permalinkOf(own: readonly Element[], selectors: PostSelectors, base: string): string | null {
  for (const anchor of every(own, selectors.permalink)) {
    const url = resolveUrl(anchor.attribs['href'], base)
    if (url) return url
  }
  return null
}

/**
 * In member and site streams a reply is an item of its own, of the type `activity_comment`, whose link
 * (`…/activity/p/ROOT/#acomment-ID`) names the thread. Null where it does not.
 */
export function threadOf(id: string, names: readonly string[], permalink: string | null): ThreadRef | null {
  if (!names.includes('activity_comment')) return { root: id, url: permalink, complete: true }
  const url = permalink?.replace(/#.*$/, '') ?? null
  const root = url && activityIdOf(url)
  return root ? { root, url, complete: false } : null
}

/**
 * BuddyPress puts the whole reply tree into every view, but for sites of 1.9 and 2.0, whose streams show strangers none:
 * there the class `has-comments` says so (bp-activity-template.php, bp_get_activity_css_class).
 */
export function viewOf(
  own: Element[],
  template: Template,
  thread: ThreadRef,
  shown: number,
  names: string[],
  isThread: boolean,
): ThreadView {
  const counted = claimedReplies(template.item.count ? first(own, template.item.count) : undefined)
  const hidden = (names.includes('has-comments') && shown === 1) || (template.partialReplies && !(counted < shown))
  return {
    id: thread.root,
    shown,
    whole: thread.complete && (isThread || !hidden),
    claimed: Number.isNaN(counted) ? null : counted + 1,
  }
}

/** NaN where it is not told. Words around the number are translated; BuddyBoss tells it in an attribute, too. */
const claimedReplies = (element: Element | undefined): number =>
  Number.parseInt(element?.attribs['data-comments-count'] ?? lineOf(element), 10)
