import { EDIT_DATA, type ShownFields } from '../items/edit-data.js'

/**
 * The fields that are read of an activity of `buddypress/v1` (BuddyPress 5 to 14), `buddypress/v2` (15) and `buddyboss/v1`.
 * Sources: BP-REST 0.1 to 0.9, includes/bp-activity/classes/class-bp-rest-activity-endpoint.php; BuddyPress 15,
 * class-bp-activity-rest-controller.php; BuddyBoss 3.4.1, bp-activity/classes/class-bp-rest-activity-endpoint.php.
 *
 * Only what a post cannot be stored without makes its object invalid: the id. Imports, plugins and damaged rows bring null, false,
 * or another type in any other field, and such a field counts as absent. So each field has a reader that always gives a value; a schema
 * of zod would take three times as long, for thousands of objects an answer.
 */
export interface Activity {
  id: string
  user_id: string
  component: string
  /** '': not known. */
  type: string
  title: string
  /** Null: the response does not hold the text, which no software does for a post without words. */
  content: { rendered: string } | null
  date: string
  /** BuddyPress 10 and later. In earlier versions and in BuddyBoss, `date` is UTC. */
  date_gmt: string
  /** '': not known. */
  link: string
  primary_item_id: string
  secondary_item_id: string
  /** BuddyPress counts direct replies, BuddyBoss all replies. */
  comment_count: number | undefined
  /** Each reply is checked separately, because a tree may have any depth. */
  comments: unknown[]
  /** Address of the picture; '': not known. */
  user_avatar: string
  is_edited: boolean
  /** The fields from here on are BuddyBoss': what its edit form shows, and the media below the text. */
  shown: ShownFields
  bb_activity_post_feature_image: unknown
  /** The card of a link, as markup. */
  preview_data: string
  bp_media_ids: unknown
  bp_videos: unknown
  bp_documents: unknown
  /** Address of the video that a GIF is; '': there is none. */
  gif: string
}

/** An activity; null for an object of another kind, or one without a valid id. */
export function activityOf(value: unknown): Activity | null {
  if (!isObject(value) || !('user_id' in value) || !('type' in value || 'component' in value)) return null
  const id = numberOf(value['id'])
  if (id === null || id === '0') return null
  return {
    id,
    user_id: referenceOf(value['user_id']),
    component: wordOf(value['component']),
    type: wordOf(value['type']),
    title: wordOf(value['title']),
    content: contentOf(value['content']),
    date: dateOf(value['date']),
    date_gmt: dateOf(value['date_gmt']),
    link: wordOf(value['link']),
    primary_item_id: referenceOf(value['primary_item_id']),
    secondary_item_id: referenceOf(value['secondary_item_id']),
    comment_count: countOf(value['comment_count']),
    comments: listOf(value['comments']),
    user_avatar: avatarOf(value['user_avatar']),
    is_edited: Boolean(value['is_edited']),
    shown: shownFieldsOf(value),
    bb_activity_post_feature_image: value['bb_activity_post_feature_image'],
    preview_data: wordOf(value['preview_data']),
    bp_media_ids: value['bp_media_ids'],
    bp_videos: value['bp_videos'],
    bp_documents: value['bp_documents'],
    gif: isObject(value['media_gif']) ? wordOf(value['media_gif']['video_url']) : '',
  }
}

/** The nested replies of an object that is itself invalid. */
export const commentsOf = (value: unknown): unknown[] => (isObject(value) ? listOf(value['comments']) : [])

type Fields = Record<string, unknown>

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null

/** A whole number, which some plugins turn into a string, without leading zeros; null: it is none. */
function numberOf(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? String(value) : null
  return typeof value === 'string' && /^\d+$/.test(value) ? value.replace(/^0+(?=\d)/, '') : null
}

/** The id of another object; 0: there is none. */
const referenceOf = (value: unknown): string => numberOf(value) ?? '0'

const wordOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** `2026-10-28T17:40:00`, without a time zone; '': not known. */
const dateOf = (value: unknown): string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/.test(value) ? value : ''

function contentOf(value: unknown): Activity['content'] {
  const rendered = isObject(value) ? value['rendered'] : value
  return typeof rendered === 'string' ? { rendered } : null
}

function countOf(value: unknown): number | undefined {
  const number = numberOf(value)
  return number === null ? undefined : Number(number)
}

/** PHP writes a list with gaps as an object, and some plugins write an empty list as `""`, `0` or `null`. */
const listOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : isObject(value) ? Object.values(value) : []

const avatarOf = (value: unknown): string => (isObject(value) ? wordOf(value['thumb']) || wordOf(value['full']) : '')

/** What the object itself says counts more than the data of the edit form in it. */
function shownFieldsOf({ activity_data: data, privacy, post_title }: Fields): ShownFields {
  if (data === undefined && privacy === undefined && post_title === undefined) return {}
  return EDIT_DATA.parse({
    ...(isObject(data) ? data : {}),
    ...(privacy === undefined ? {} : { privacy }),
    ...(post_title === undefined ? {} : { post_title }),
  })
}
