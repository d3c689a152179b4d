import type { Attachment, Group, Instant, Post, When } from '../../model/discussion.js'
import type { Page, ThreadView } from '../../model/page.js'
import { exactly, instant } from '../../model/time.js'
import { withAmpersands, withoutSecrets } from '../../model/urls.js'
import { isOverlong } from '../document/bounds.js'
import { parseMarkup } from '../document/dom.js'
import { resolveUrl } from '../document/links.js'
import { attachmentsOf, editDataFields } from '../items/edit-data.js'
import { mediaIn, uniqueByUrl } from '../items/media.js'
import type { Activity } from './activity.js'
import { bodyOf, boundedHtml } from './body.js'
import { authorOf, groupOf, titleLinks } from './people.js'
import { type ActivityTree, taken } from './tree.js'

/** The context in which the objects of one response are read. */
export interface RestContext {
  siteUrl: string
  /** `group_id` of the request: all items are in this group. */
  groupId: string | null
  /** That group as the first sentence gives it that names it; reading sets it. */
  listed?: Group
  /** BuddyBoss: the date of an edited reply is that of the edit. */
  isBuddyBoss: boolean
  /** The request asked for whole trees. */
  isThreaded: boolean
  /** Ids of the posts whose markup is nested too deep; reading adds them. */
  deep: string[]
}

type ReplyPosition = Pick<Post, 'threadId' | 'parentId'> & { named: boolean }

/** The posts of one thread, in pre-order, and the view of the thread. Takes the replies out of the tree. */
export function readTree(tree: ActivityTree, context: RestContext): Pick<Page, 'posts' | 'threads'> {
  const { root, doubt, missing, unread } = tree
  const posts = [postOf(root, { threadId: root.id, parentId: null, named: false }, context)]
  for (const { activity, parent, named } of taken(tree))
    posts.push(postOf(activity, { threadId: root.id, parentId: parent, named }, context))
  const counted = context.isBuddyBoss && root.comment_count !== undefined ? root.comment_count + 1 : null
  const claimed = unread > 0 ? Math.max(posts.length + unread, counted ?? 0) : counted
  const view: ThreadView = {
    id: root.id,
    shown: posts.length,
    whole: context.isThreaded,
    claimed,
    ...(doubt && context.isThreaded ? { doubt } : {}),
    ...(missing.length > 0 ? { missing } : {}),
  }
  return { posts, threads: [view] }
}

/**
 * A reply that is not nested in a thread: in a flat list, and in the list of a member. One whose row is damaged names no parent;
 * BuddyPress shows it below the opening post.
 */
export function readReply(activity: Activity, context: RestContext): Post {
  const { primary_item_id: threadId, secondary_item_id: parent } = activity
  const named = parent !== '0'
  return postOf(activity, { threadId, parentId: named ? parent : threadId, named }, context)
}

function postOf(activity: Activity, { threadId, parentId, named }: ReplyPosition, context: RestContext): Post {
  const { siteUrl } = context
  const { content } = activity
  const html = boundedHtml(activity)
  const isTooLong = isOverlong(html.length)
  const { isDeep, ...body } = bodyOf(isTooLong ? '' : html, siteUrl)
  if (isDeep) context.deep.push(activity.id)
  const links = titleLinks(activity.title, siteUrl)
  return {
    id: activity.id,
    threadId,
    parentId,
    ...(named ? { parentNamed: true as const } : {}),
    type: activity.type || (parentId === null ? 'activity_update' : 'activity_comment'),
    group: groupFor(activity, threadId, links, context),
    author: authorOf(activity, links, siteUrl),
    when: whenOf(activity, context),
    ...body,
    // Without a text the object is like a shortened one: another route may give the text.
    truncated: content === null || isTooLong || body.truncated,
    attachments: uniqueByUrl([...mediaOf(activity, siteUrl), ...body.attachments]),
    edited: activity.is_edited,
    ...editDataFields(activity.shown),
    url: withoutSecrets(
      resolveUrl(withAmpersands(activity.link), siteUrl) ?? permalinkOf(siteUrl, activity.id, threadId),
    ),
  }
}

/** The permalink that BuddyPress answers under its default slugs. */
const permalinkOf = (siteUrl: string, id: string, thread: string): string =>
  new URL(`activity/p/${thread}/${id === thread ? '' : `#acomment-${id}`}`, siteUrl).href

/** The group of an opening post. Undefined for the requested group, which mostly is known more exactly than the sentence gives it. */
function groupFor(
  activity: Activity,
  thread: string,
  links: ReturnType<typeof titleLinks>,
  context: RestContext,
): Post['group'] {
  if (activity.id !== thread) return undefined
  if (activity.primary_item_id === context.groupId) {
    const named = context.listed ?? groupOf(activity, links)
    if (named) context.listed = named
    return undefined
  }
  return activity.component === 'groups' ? groupOf(activity, links) : null
}

/**
 * `date_gmt` is UTC in BuddyPress 10 and later; in earlier versions and in BuddyBoss `date` is UTC (reference 4.1). The date of an
 * edited BuddyBoss reply is that of the edit, so it is only an upper bound.
 */
function whenOf(activity: Activity, context: RestContext): When {
  const at = utcInstant(activity.date_gmt || activity.date)
  if (at === null) return { from: null, to: null }
  const isEdit = context.isBuddyBoss && activity.is_edited && activity.type === 'activity_comment'
  return isEdit ? { from: null, to: at } : exactly(at)
}

const utcInstant = (date: string): Instant | null =>
  instant(Date.parse(`${date.slice(0, 19).replace(' ', 'T')}Z`) / 1000)

/**
 * The media that BuddyBoss shows below a text, in the order and with the URLs of its pages, so that the REST and page routes give
 * equal posts and no false edits (BuddyBoss 3.4, class-bp-rest-{media,video,document}-endpoint.php, bp_rest_media_support and
 * similar functions; the card of a link is markup).
 */
function mediaOf(activity: Activity, base: string): Attachment[] {
  const { preview_data: card, gif, bb_activity_post_feature_image: feature } = activity
  return [
    ...(card ? mediaIn(parseMarkup(card).root, base) : []),
    ...attachmentsOf('image', feature && [feature], base),
    ...attachmentsOf('image', activity.bp_media_ids, base),
    ...attachmentsOf('document', activity.bp_documents, base),
    ...attachmentsOf('video', activity.bp_videos, base),
    ...attachmentsOf('video', gif && [{ url: gif }], base),
  ]
}
