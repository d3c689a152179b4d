import type { TaskEnd } from '../../archive/index.js'
import type { Note, Problem, Stop } from '../../model/reports/run.js'
import type { PassPlan, Route, Task } from '../../model/task.js'

export interface PlanContext {
  via: 'auto' | Route
  /** This step was left over by a run that was long ago: posts may have come and gone since. */
  resumed: boolean
  /** How many pages of this stream before this one, in a row, showed the very same items. */
  sameBefore: number
  /** Read with a member's session. */
  member: boolean
  /** How much of the target is read. */
  plan: PassPlan
  /** The target is the permalink of this thread, which is held. */
  held: { site: string; id: string } | null
  /** Members whose names this run has asked for. */
  named: Set<string>
}

/** How a task ended, the tasks that follow from its response, and what the report says about it. */
export interface Outcome extends TaskEnd {
  tasks: readonly Task[]
  problem?: Problem
  route?: Route
  /** Why this route. */
  because?: string
  note?: Note
  /** Nothing more is asked in this run. */
  stop?: Stop
}
