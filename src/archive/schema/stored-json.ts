import * as z from 'zod'
import type { FetchRequest } from '../../model/capture.js'
import { ArchiveError } from '../../model/errors.js'
import type { TargetOptions } from '../../model/sync.js'
import type { PassPlan, Task } from '../../model/task.js'
import type { RowOf } from './describe.js'
import { type Shape, shape } from './shape.js'
import type { CAPTURES } from './tables/runs.js'

/** Every kind of task. The type makes the compiler report a missing one. */
const TASK_KINDS: Record<Task['kind'], true> = {
  target: true,
  group: true,
  directory: true,
  stream: true,
  thread: true,
  text: true,
  api: true,
  members: true,
  latest: true,
  turns: true,
  feed: true,
  parents: true,
  replies: true,
  own: true,
  sample: true,
  forum: true,
  topic: true,
  zone: true,
}

const kind = () => z.string().refine(name => Object.hasOwn(TASK_KINDS, name))

/** `frontier.task`. The target of a caller's own source need not be a URL. */
export const TASK = shape(
  () =>
    z.looseObject({
      kind: kind(),
      request: z.looseObject({ url: z.string().min(1) }),
    }) as z.ZodType<unknown> as z.ZodType<Task>,
)

/** `captures.purpose`: a task without what the capture itself holds. */
export const PURPOSE = shape(() => z.looseObject({ kind: kind(), in: z.string().optional(), pass: z.string() }))

/** `targets.options`. */
export const OPTIONS = shape(
  () =>
    z.looseObject({
      reader: z.string(),
      via: z.string(),
      sleepSeconds: z.tuple([z.number(), z.number()]).optional(),
      ignoreRobots: z.boolean().optional(),
      contact: z.string().nullish(),
      without: z.array(z.string()).optional(),
    }) as z.ZodType<unknown> as z.ZodType<TargetOptions>,
)

/** `targets.pass_plan`. */
export const PLAN = shape(
  () =>
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('whole') }),
      z.object({ kind: z.literal('part'), since: z.string(), last: z.string(), turns: z.number().nullable() }),
    ]) satisfies z.ZodType<PassPlan>,
)

/** `runs.report`: what a later run needs of it. */
export const REPORT = shape(() =>
  z.looseObject({ seriesStartedAt: z.string().optional(), stopped: z.unknown().optional() }),
)

/** `targets` in `runs.report`: the groups that a run could read. */
export const TARGET_REPORTS = shape(() =>
  z.array(
    z.looseObject({
      state: z.string(),
      groups: z.array(z.looseObject({ url: z.string(), access: z.string().nullable() })).optional(),
    }),
  ),
)

/** `groups` of a target in `runs.report`. */
export const TARGET_GROUPS = shape(() => z.array(z.looseObject({ url: z.string() })))

/** `captures.headers` and `captures.form`. */
export const FIELDS = shape(() => z.record(z.string(), z.string()))

/** The request of a capture, as its row holds it. */
export const storedRequest = ({ url, form, referer, site_url: site }: StoredRequest): FetchRequest => ({
  url,
  ...(form === null ? {} : { form: storedJson(FIELDS, form, 'captures.form') }),
  ...(referer === null ? {} : { referer }),
  ...(site === null ? {} : { site }),
})

type StoredRequest = Pick<RowOf<typeof CAPTURES>, 'url' | 'form' | 'referer' | 'site_url'>

/** `members.forgotten_marks`. */
export const MARKS = shape(() =>
  z.looseObject({
    salt: z.string(),
    hashes: z.array(z.string()),
    lengths: z.array(z.number()),
    redact: z.boolean(),
  }),
)

/**
 * A value that is stored as JSON. `where` names its column for the message.
 * @throws ArchiveError if it is no JSON, or not what the column holds.
 */
export function storedJson<Value>(schema: Shape<z.ZodType<Value>>, json: string, where: string): Value {
  const value = parsed(json)
  const checked = schema().safeParse(value)
  if (checked.success) return value as Value
  throw new ArchiveError(
    `The archive is damaged: a value of ${where} is not what threadkeep stores there.`,
    'Find out what is damaged with threadkeep verify, or restore the file from a backup.',
  )
}

export const isStored = (schema: Shape<z.ZodType>, json: string): boolean => schema().safeParse(parsed(json)).success

/** Undefined for text that is no JSON, which no schema accepts. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
