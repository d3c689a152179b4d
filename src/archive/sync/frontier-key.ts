import { type FetchRequest, requestKey } from '../../model/capture.js'
import type { StreamTask, Task } from '../../model/task.js'
import { isRecheckReason } from '../../model/task-reasons.js'

/** Identifies the request of a task within its pass. */
export const frontierKey = (task: Task): string => requestKey(permalinkOf(task) ?? task.request) + againOf(task)

/** A thread is the same wherever its permalink leads. */
const permalinkOf = (task: Task): FetchRequest | null =>
  task.kind === 'thread' && task.direct && task.permalink !== undefined ? { url: task.permalink } : null

/** Suffix of the frontier key for requests that one pass makes twice on purpose. */
function againOf(task: Task): string {
  if (task.kind === 'stream') return againOfStream(task)
  if (task.kind === 'thread' && (task.lacking || isRecheckReason(task.reason)))
    return task.second ? ` ${task.reason} again` : ` ${task.reason}`
  if (task.kind === 'thread' && task.second) return ' again'
  if (task.kind === 'topic' && (isRecheckReason(task.reason) || task.reason === 'dated')) return ` ${task.reason}`
  if (task.kind === 'api') return ` for ${task.goal.home}`
  return 'without' in task && task.without ? ' without rest' : ''
}

function againOfStream({ reason, turn, lookingBack, steppingBack }: StreamTask): string {
  if (reason === 'absent') return ' absent'
  if (turn) return ' turn'
  if (lookingBack) return ' again'
  return steppingBack ? ' before' : ''
}
