import type { Template } from '../templates/template.js'
import type { Anatomy } from './anatomy.js'

/** What the classes of an item say about it (bp-activity-template.php, bp_get_activity_css_class). */
interface ItemKind {
  type: string
  inGroup: boolean
  /** The item has replies, whether or not this view shows them. */
  hasReplies: boolean
  /** A notice ("Ann joined the group") has no text. Some views print a card below it that BuddyPress generates. */
  isNotice: (anatomy: Anatomy) => boolean
}

/**
 * BuddyPress prints `COMPONENT TYPE activity-item` (before 1.6 without the last word); themes add classes before and after. A theme
 * may leave them out: then any item may be one of a group, and an item without a text may be a notice.
 */
export function kindOf(names: readonly string[], { byRule }: Template): ItemKind {
  const words = names.filter(name => name !== 'mini' && name !== 'has-comments')
  const at = words.lastIndexOf('activity-item')
  const [component = '', type = ''] = at >= 2 ? words.slice(at - 2, at) : words
  const isUnknown = byRule === true && at < 2 && !TYPE.test(type)
  return {
    type: (isUnknown ? '' : type) || 'activity_update',
    inGroup: component === 'groups' || isUnknown,
    hasReplies: names.includes('has-comments'),
    isNotice: ({ body }) => names.includes('mini') || (isUnknown && !body),
  }
}

/** Types have an underscore, except for those of some plugins. */
const TYPE = /^[a-z]+(?:_[a-z]+)+$/
