import type { FetchRequest } from '../../model/capture.js'
import type { Instant } from '../../model/discussion.js'
import type { Task } from '../../model/task.js'
import { PURPOSE, storedJson } from '../schema/stored-json.js'

/** The request behind a capture. A reparse needs it: the response alone does not say how to interpret it. */
export interface CapturePurpose {
  task: Task
  /** Slug of the group that the task belonged to, at that time. */
  group: string | null
  /** Start of the pass. */
  pass: Instant
}

/** Task fields that the capture itself holds, or that only the plan of a pass needs. */
const OMITTED = [
  'request',
  'ajaxUrl',
  'api',
  'goal',
  'only',
  'permalink',
  'direct',
  'failedSince',
  'read',
  'total',
  'firstBefore',
  'gap',
  'hasGaps',
  'search',
  'mine',
  'ids',
  'others',
  'rest',
  'before',
  'sticky',
]

/** JSON for `captures.purpose`. Blank fields are left out. */
export function purposeOf(task: Task, group: string | null, pass: Instant): string {
  const stored = Object.entries(task).filter(([name, value]) => !OMITTED.includes(name) && !isBlank(value))
  return JSON.stringify({ ...Object.fromEntries(stored), ...(group === null ? {} : { in: group }), pass })
}

const isBlank = (value: unknown): boolean =>
  value === false || value === 0 || value === '' || (Array.isArray(value) && value.length === 0)

/** Reads what `purposeOf` has written. */
export function purposeOfRow(stored: string, request: FetchRequest): CapturePurpose {
  const { in: group = null, pass, ...task } = storedJson(PURPOSE, stored, 'captures.purpose')
  // Flags and numbers that were left out read as false; code that reads `texts` needs a list.
  return { task: { texts: [], ...task, request } as unknown as Task, group, pass }
}
