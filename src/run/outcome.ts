import type { Next } from '../archive/index.js'
import type { Problem } from '../model/report.js'
import type { Route } from '../model/task.js'

export interface Context {
  via: 'auto' | Route
  /** This pass goes on where an earlier run stopped: posts may have arrived since. */
  resumed: boolean
}

/** Where to go on from a page, and what to tell about it. */
export interface Outcome extends Next {
  problem?: Problem
  route?: Route
}
