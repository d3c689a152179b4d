import type * as z from 'zod'

/** A schema of stored JSON. */
export type Shape<Schema extends z.ZodType> = () => Schema

/** Makes a schema when the first value is read: commands that read no stored JSON, such as `list` and `search`, start sooner. */
export function shape<Schema extends z.ZodType>(make: () => Schema): Shape<Schema> {
  let made: Schema | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** What a schema of this shape accepts. */
export type ShapeOf<Of extends Shape<z.ZodType>> = z.infer<ReturnType<Of>>
