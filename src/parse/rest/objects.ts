import * as z from 'zod'
import { EDIT_DATA } from '../items/edit-data.js'

/**
 * The fields that are read of objects of `buddypress/v1` (BuddyPress 5 to 14), `buddypress/v2` (15) and `buddyboss/v1`.
 * Sources: BP-REST 0.1 to 0.9, includes/bp-activity/classes/class-bp-rest-activity-endpoint.php; BuddyPress 15,
 * class-bp-activity-rest-controller.php; BuddyBoss 3.4.1, bp-activity/classes/class-bp-rest-activity-endpoint.php.
 */

/*
 * Only what a post cannot be stored without makes its object invalid: the id. Imports, plugins and damaged rows bring null, false,
 * or another type in any other field, and such a field counts as absent.
 */

/** A positive whole number, which some plugins turn into a string. */
const id = z
  .union([z.int().positive(), z.string().regex(/^0*[1-9]\d*$/)])
  .transform(value => String(value).replace(/^0+/, ''))

/** The id of another object; 0: there is none. Half of all references are 0, and an error that is caught takes longer than a value. */
const reference = z
  .union([z.int().nonnegative(), z.string().regex(/^\d+$/)])
  .transform(value => String(value).replace(/^0+(?=\d)/, ''))
  .catch('0')

const word = z.string().catch('')

/** `2026-10-28T17:40:00`, without a time zone; '': not known. */
const date = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/)
  .catch('')

/** A text as HTML. `null`: the response does not hold it, which no software does for a post without words. */
const rendered = z.union([z.object({ rendered: z.string() }), z.string().transform(text => ({ rendered: text }))])

const count = z.coerce.number().int().nonnegative()

/** PHP writes a list with gaps as an object, and some plugins write an empty list as `""`, `0` or `null`. */
const list = z
  .unknown()
  .transform((value): unknown[] => (value && typeof value === 'object' ? Object.values(value) : []))

export const ACTIVITY = z.object({
  id,
  user_id: reference,
  component: word,
  /** '': not known. */
  type: word,
  title: word,
  content: rendered.nullable().catch(null),
  date,
  /** BuddyPress 10 and later. In earlier versions and in BuddyBoss, `date` is UTC. */
  date_gmt: date.optional(),
  /** '': not known. */
  link: word,
  primary_item_id: reference,
  secondary_item_id: reference,
  /** BuddyPress counts direct replies, BuddyBoss all replies. */
  comment_count: count.optional().catch(undefined),
  /** Each reply is checked separately, because a tree may have any depth. */
  comments: list.optional(),
  user_avatar: z.object({ thumb: z.string().optional(), full: z.string().optional() }).nullish().catch(null),
  /** BuddyBoss: the display name; `""` or true. */
  name: z.string().optional().catch(undefined),
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
  name: word,
  link: word,
  status: z.enum(['public', 'private', 'hidden']).nullable().catch(null),
  enable_forum: z.unknown().optional(),
  description: z.object({ rendered: z.string() }).nullish().catch(null),
})

export const MEMBER = z.object({
  id,
  name: word,
  link: word,
  avatar_urls: z.object({ thumb: z.string().optional() }).nullish().catch(null),
})

/** `namespaces` is an object if a plugin removed some of them, because the list then has gaps. */
export const INDEX = z.object({
  name: z.string().optional(),
  namespaces: list.pipe(z.array(z.string())),
  /** Hours, which may be a string; absent: not asked for. */
  gmt_offset: z.coerce.number().min(-14).max(14).optional().catch(undefined),
  /** Empty: a fixed offset. */
  timezone_string: z.string().optional().catch(undefined),
})

export const ERROR = z.object({ code: z.string(), message: z.string().catch('') })

/** The value if it has the shape of the schema, else null: one invalid object costs nothing but itself. */
export function readable<Shape>(schema: z.ZodType<Shape>, value: unknown): Shape | null {
  const result = schema.safeParse(value)
  return result.success ? result.data : null
}

/** An activity; null for an object of another kind, or one without a valid id. */
export const activityOf = (value: unknown): Activity | null =>
  value && typeof value === 'object' && 'user_id' in value && ('type' in value || 'component' in value)
    ? readable(ACTIVITY, value)
    : null

/** The nested replies of an object that is itself invalid. */
export const commentsOf = (value: unknown): unknown[] =>
  value && typeof value === 'object' && 'comments' in value ? list.parse(value.comments) : []

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
