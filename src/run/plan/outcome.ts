import type { RestInstead, TaskEnd } from '../../archive/index.js'
import type { Stop } from '../../model/reports/pass.js'
import type { Note, Problem } from '../../model/reports/run.js'
import type { Api, PassPlan, Route, Task } from '../../model/task.js'
import type { ThreadAddresses } from './thread-addresses.js'

/** What a pass knows of the REST of its sites, each by the URL of the site. */
export interface KnownRest {
  /** Address of the index, as pages name it. */
  roots: Map<string, string>
  /** The API that the index has named. */
  apis: Map<string, Api>
  /** The API, if it has given a single post. */
  singles: Map<string, Api>
}

export const noRest = (): KnownRest => ({ roots: new Map(), apis: new Map(), singles: new Map() })

export interface PlanContext {
  via: 'auto' | Route
  /** The target was read before. */
  isKnown: boolean
  /** The task was left by an earlier run: posts may have been added or deleted since. */
  resumed: boolean
  /** An earlier run made this request and got no usable response. */
  failedBefore: boolean
  /** Number of consecutive earlier pages of this stream with exactly the same items. */
  sameBefore: number
  /** All topics of the forums are read; false: those that their lists show to have changed. */
  readsAll: boolean
  /** The reader is logged in. */
  member: boolean
  /** How much of the target is read. */
  plan: PassPlan
  /** Set if the target is the permalink of this thread, and the archive has the thread. */
  held: { site: string; id: string; url: string | null } | null
  /** Addresses of the groups that this pass has requested, or is going to. */
  listed(): string[]
  /** Addresses of the groups below the target that the archive holds. */
  knownGroups(): string[]
  /** How REST can read a page that could not be read; null: the archive knows no way. */
  instead(url: string): RestInstead | null
  /** Ids of the members whose names this run has requested. */
  named: Set<string>
  rest: KnownRest
  /** Where the site leads the permalinks of threads. */
  addresses: ThreadAddresses
  /**
   * By route: least number of items on a stream page of this site that had a link to the next page. The site prints the link, so a
   * page with fewer items and without it is the last one.
   */
  pageSizes: Map<Route, number>
}

/** How a task ended, the tasks that follow from its response, and what the report says about it. */
export interface Outcome extends TaskEnd {
  tasks: readonly Task[]
  problem?: Problem
  route?: Route
  /** Why this route was chosen, as a clause. */
  because?: string
  note?: Note
  /** Set if the run must stop. */
  stop?: Stop
}

/**
 * What fails in two runs, while the site answers other requests, fails for this pass: else the pass would never end, and no run
 * would look for new posts any more. The next pass requests it again.
 */
export const ended = (outcome: Outcome, failsAgain: boolean): Outcome =>
  outcome.end === 'pending' && failsAgain ? { ...outcome, end: 'failed' } : outcome
