import type { GroupSummary } from '../archive.js'
import type { ExitCode } from '../errors.js'
import type { Route } from '../task.js'
import type { Problem } from './run.js'
import type { SelfTest } from './self-test.js'

/** The software of a site, and the evidence for it. */
export interface Engine {
  software: 'BuddyPress' | 'BuddyBoss Platform' | null
  /** Version from an asset or a feed (`14.5.2`), or a range from the markup (`2.7 or later`). */
  version: string | null
  pack: 'bp-default' | 'legacy' | 'nouveau' | 'buddyboss' | 'readylaunch' | null
  theme: string | null
  /** True if the site has bbPress forums. */
  forums: boolean
  /** What was seen, one phrase each. */
  evidence: string[]
}

/** Report of `doctor`: what a site offers to this reader, before anything is archived. Printed with `--json`. */
export interface DoctorReport {
  schema: 'threadkeep.doctor/1'
  target: string
  /** URL after redirects. */
  url: string
  site: { url: string; name: string | null }
  engine: Engine
  reader: 'visitor' | 'member'
  routes: RouteFinding[]
  /** Route that `--via auto` will use; null: nothing can be read. */
  recommended: Route | null
  groups: GroupFinding[]
  /** What this reader may not see, one sentence each. */
  locked: string[]
  /** robots.txt; null: not read. */
  robots: { found: boolean; allowed: boolean; crawlDelaySeconds: number } | null
  /** How the posts of the first page agree with the group's feed; null: the route is REST alone, or no feed is open. */
  selfTest: SelfTest | null
  /** Estimate for archiving the whole target by the recommended route; null: the site does not show how much there is. */
  expected: { requests: number; seconds: number; basis: string } | null
  /** How the site was requested, if not in the usual way: a proxy, another User-Agent, a part of robots.txt. One sentence each. */
  notes: string[]
  problems: Problem[]
  exitCode: ExitCode
}

interface RouteFinding {
  route: Route
  open: boolean
  why: string
}

export interface GroupFinding extends Pick<GroupSummary, 'slug' | 'name' | 'url' | 'status' | 'access'> {
  threads: number | null
}
