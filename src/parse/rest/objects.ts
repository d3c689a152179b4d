import * as z from 'zod'
import { EDIT_DATA } from '../items/edit-data.js'

/**
 * The fields that are read of objects of `buddypress/v1` (BuddyPress 5 to 14), `buddypress/v2` (15) and `buddyboss/v1`.
 * Sources: BP-REST 0.1 to 0.9, includes/bp-activity/classes/class-bp-rest-activity-endpoint.php; BuddyPress 15,
 * class-bp-activity-rest-controller.php; BuddyBoss 3.4.1, bp-activity/classes/class-bp-rest-activity-endpoint.php.
 */

/** A number, which some plugins turn into a string. */
const id = z.union([z.int().nonnegative(), z.string().regex(/^\d+$/)]).transform(String)

/** `2026-10-28T17:40:00`, without a time zone. */
const date = z.string().regex(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/)

/** PHP writes a list with gaps as an object, and some plugins write an empty list as `""`, `0` or `null`. */
const list = z
  .unknown()
  .transform((value): unknown[] => (value && typeof value === 'object' ? Object.values(value) : []))

export const ACTIVITY = z.object({
  id,
  user_id: id,
  component: z.string(),
  type: z.string().min(1),
  title: z.string(),
  content: z.object({ rendered: z.string() }),
  date,
  /** BuddyPress 10 and later. In earlier versions and in BuddyBoss, `date` is UTC. */
  date_gmt: date.nullish(),
  link: z.string(),
  primary_item_id: id,
  secondary_item_id: id,
  /** BuddyPress counts direct replies, BuddyBoss all replies. */
  comment_count: z.number().optional(),
  /** Each reply is checked separately, because a tree may have any depth. */
  comments: list.optional(),
  user_avatar: z.object({ thumb: z.string().optional(), full: z.string().optional() }).nullish().catch(null),
  /** BuddyBoss: the display name; `""` or true. */
  name: z.string().optional(),
  is_edited: z.unknown().optional(),
  /** The fields from here on are BuddyBoss': the data of its edit form, and the media below the text. */
  activity_data: EDIT_DATA.optional().catch(undefined),
  privacy: EDIT_DATA.shape.privacy,
  post_title: EDIT_DATA.shape.post_title,
  bb_activity_post_feature_image: z.unknown().optional(),
  /** The card of a link, as markup. */
  preview_data: z.string().optional().catch(undefined),
  bp_media_ids: z.unknown().optional(),
  bp_videos: z.unknown().optional(),
  bp_documents: z.unknown().optional(),
  media_gif: z.object({ video_url: z.string() }).optional().catch(undefined),
})
export type Activity = z.infer<typeof ACTIVITY>

export const GROUP = z.object({
  id,
  slug: z.string().min(1),
  name: z.string(),
  link: z.string(),
  status: z.enum(['public', 'private', 'hidden']).nullable().catch(null),
  description: z.object({ rendered: z.string() }).nullish().catch(null),
})

export const MEMBER = z.object({
  id,
  name: z.string(),
  link: z.string(),
  avatar_urls: z.object({ thumb: z.string().optional() }).nullish().catch(null),
})

/** `namespaces` is an object if a plugin removed some of them, because the list then has gaps. */
export const INDEX = z.object({ name: z.string().optional(), namespaces: list.pipe(z.array(z.string())) })

export const ERROR = z.object({ code: z.string(), message: z.string().catch('') })

/** A response that does not have the shape of the software's objects. The message names the field. */
export class ShapeError extends Error {}

/**
 * The value, checked against a schema.
 * @throws ShapeError that names the invalid field.
 */
export function checked<Shape>(schema: z.ZodType<Shape>, value: unknown, where: string): Shape {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const field = [where, ...(issue?.path ?? []).map(String)].filter(Boolean).join('.')
  throw new ShapeError(`the field ${field || '(the response)'} is wrong: ${issue?.message ?? 'unknown'}`)
}
