import type { Element } from 'domhandler'
import { activityIdOf } from '../../model/addresses.js'
import type { ThreadView } from '../../model/page.js'
import { first, lineOf } from '../document/dom.js'
import type { Template } from '../templates/template.js'

/** The thread of an item, as this view shows it. */
export interface ThreadRef {
  /** Id of the opening post. */
  root: string
  /** Its permalink; null if the view has none (the permalink page itself). */
  url: string | null
  /** The view includes the opening post, so it can hold the whole thread. */
  complete: boolean
}

/**
 * The thread of an item. In member and site streams a reply is an item of the type `activity_comment`, whose link
 * (`…/activity/p/ROOT/#acomment-ID`) names the thread; null if it does not.
 */
export function threadOf(id: string, type: string, permalink: string | null): ThreadRef | null {
  if (type !== 'activity_comment') return { root: id, url: permalink, complete: true }
  const url = permalink?.replace(/#.*$/, '') ?? null
  const root = url && activityIdOf(url)
  return root ? { root, url, complete: false } : null
}

/**
 * The view of a thread. BuddyPress puts all replies into every view, except for versions 1.9 and 2.0, whose streams show visitors no
 * replies: there the class `has-comments` shows that there are some (bp-activity-template.php, bp_get_activity_css_class).
 */
export function viewOf(
  own: readonly Element[],
  template: Template,
  thread: ThreadRef,
  { shown, hasReplies, isThread }: { shown: number; hasReplies: boolean; isThread: boolean },
): ThreadView {
  const counted = claimedReplies(template.item.count ? first(own, template.item.count) : undefined)
  const hidden = (hasReplies && shown === 1) || (template.partialReplies && !(counted < shown))
  return {
    id: thread.root,
    shown,
    whole: thread.complete && (isThread ? !(hasReplies && shown === 1) : !hidden),
    claimed: Number.isNaN(counted) ? null : counted + 1,
  }
}

/** The claimed number of replies; NaN if there is none. The text around the number may be translated; BuddyBoss has an attribute. */
const claimedReplies = (element: Element | undefined): number =>
  Number.parseInt(element?.attribs['data-comments-count'] ?? lineOf(element), 10)
