import * as z from 'zod'

/*
 * The fields that are read of groups, members, errors and the REST index (activity.ts: of activities). Only what an object cannot be
 * stored without makes it invalid; any other field of a wrong type counts as absent.
 */

/** A positive whole number, which some plugins turn into a string. */
const id = z
  .union([z.int().positive(), z.string().regex(/^0*[1-9]\d*$/)])
  .transform(value => String(value).replace(/^0+/, ''))

const word = z.string().catch('')

/** PHP writes a list with gaps as an object, and some plugins write an empty list as `""`, `0` or `null`. */
const list = z
  .unknown()
  .transform((value): unknown[] => (value && typeof value === 'object' ? Object.values(value) : []))

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
