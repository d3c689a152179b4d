/** Why a run or a pass stopped early. `problem`: the user asked to stop at the first problem. */
export type Stop = 'interrupted' | 'session-ended' | 'max-requests' | 'time-limit' | 'problem'

/** How a run went over one target. */
export interface Pass {
  /** The target as a full URL; an import: the path as the user named it. */
  target: string
  state: 'done' | 'partial' | 'failed' | 'interrupted'
  /** Why the pass stopped early; null: it did not. */
  stopped: Stop | null
  /** The route of the pass; null: nothing was read. */
  route: 'rest' | 'ajax' | 'page' | null
  /** The reason for the route, as a phrase. */
  because: string | null
  /** Posts of the target that this run saw, including known ones. */
  posts: number
}

/** How the requests for a target were made. */
export interface Asked {
  /** The route that the user asked for. */
  via: 'auto' | 'rest' | 'ajax' | 'page'
  /** The pause before each request, as the user gave it: lower and upper bound. */
  pauseSeconds: readonly [number, number]
  /** Whether the rules of robots.txt were followed. */
  robots: 'obeyed' | 'ignored'
  /** The robots.txt files that were read. */
  rules: RobotsRules[]
}

/** What the robots.txt of a host says to threadkeep. */
export interface RobotsRules {
  /** Address of the file. */
  url: string
  /** False: the host has none, so that everything may be read. */
  found: boolean
  /** 0: none. */
  crawlDelaySeconds: number
}
