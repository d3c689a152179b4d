import type { Attachment } from '../../model/discussion.js'
import { parseMarkup } from '../document/dom.js'
import { attachmentsOf } from '../items/edit-data.js'
import { mediaIn } from '../items/media.js'
import type { Activity } from './objects.js'

/**
 * What BuddyBoss adds to an activity for the media below its text, in the order and with the addresses that its pages print,
 * so that no route takes the other's reading for an edit (BuddyBoss 3.4, class-bp-rest-{media,video,document}-endpoint.php,
 * bp_rest_media_support and its like; the card of a link comes as markup).
 */
export function mediaOf(activity: Activity, base: string): Attachment[] {
  const { preview_data: card, media_gif: gif, bb_activity_post_feature_image: feature } = activity
  return [
    ...(card ? mediaIn(parseMarkup(card).root, base) : []),
    ...attachmentsOf('image', [feature], base),
    ...attachmentsOf('image', activity.bp_media_ids, base),
    ...attachmentsOf('document', activity.bp_documents, base),
    ...attachmentsOf('video', activity.bp_videos, base),
    ...attachmentsOf('video', gif ? [{ url: gif.video_url }] : [], base),
  ]
}
