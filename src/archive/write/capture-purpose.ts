import type { FetchRequest } from '../../model/capture.js'
import type { Instant } from '../../model/discussion.js'
import type { Task } from '../../model/task.js'

/** What a capture was asked for, as it is stored with it: the answer alone does not tell how it was to be read. */
export interface CapturePurpose {
  task: Task
  /** Slug of the group for which it was asked, as it was called then. */
  group: string | null
  /** Start of the reading that asked; null: before this was stored. */
  pass: Instant | null
}

/** What the capture holds itself, or what only the way on needs. */
const OMITTED = ['request', 'ajaxUrl', 'api', 'goal', 'only', 'permalink']

export function purposeOf(task: Task, group: string | null, pass: Instant): string {
  const stored = Object.entries(task).filter(([name, value]) => !OMITTED.includes(name) && !isBlank(value))
  return JSON.stringify({ ...Object.fromEntries(stored), ...(group === null ? {} : { in: group }), pass })
}

const isBlank = (value: unknown): boolean =>
  value === false || value === 0 || value === '' || (Array.isArray(value) && value.length === 0)

export function purposeOfRow(stored: string, request: FetchRequest): CapturePurpose {
  const { in: group = null, pass, ...task } = JSON.parse(stored) as { in?: string; pass: Instant }
  // A list without its blanks: what is left out reads as not so.
  return { task: { texts: [], ...task, request } as unknown as Task, group, pass }
}
