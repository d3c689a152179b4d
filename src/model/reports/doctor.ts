import type { ExitCode } from '../errors.js'
import type { Route } from '../task.js'
import type { Problem } from './run.js'

/** What the software of a site is, and what tells it. */
export interface Engine {
  software: 'BuddyPress' | 'BuddyBoss Platform' | null
  /** As an asset or a feed says it: `14.5.2`; a bracket where only the markup tells: `2.7 or later`. */
  version: string | null
  pack: 'bp-default' | 'legacy' | 'nouveau' | 'buddyboss' | 'readylaunch' | null
  theme: string | null
  /** bbPress forums are there. */
  forums: boolean
  /** What was seen, a phrase each. */
  evidence: string[]
}

/** `doctor`: what a site offers to this reader, before anything is archived. Printed with `--json`. */
export interface DoctorReport {
  schema: 'threadkeep.doctor/1'
  target: string
  /** Where redirects led. */
  url: string
  site: { url: string; name: string | null }
  engine: Engine
  reader: 'visitor' | 'member'
  routes: RouteFinding[]
  /** What `--via auto` will take; null: nothing can be read. */
  recommended: Route | null
  groups: GroupFinding[]
  /** What this reader is not shown, a sentence each. */
  locked: string[]
  /** Null: it could not be read, or was not looked at. */
  robots: { found: boolean; allowed: boolean; crawlDelaySeconds: number } | null
  /** For archiving the target whole, by the recommended route; null where the site does not tell how much there is. */
  expected: { requests: number; seconds: number; basis: string } | null
  problems: Problem[]
  exitCode: ExitCode
}

export interface RouteFinding {
  route: Route
  open: boolean
  why: string
}

export interface GroupFinding {
  slug: string
  name: string | null
  url: string
  status: string | null
  /** `members`: its posts are not open to this reader; null: not asked. */
  access: 'open' | 'members' | null
  threads: number | null
}
