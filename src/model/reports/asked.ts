import type { Route } from '../task.js'

/** Why a run or a pass stopped early. `problem`: the user asked to stop at the first problem. */
export type Stop = 'interrupted' | 'session-ended' | 'max-requests' | 'time-limit' | 'problem'

/** How the requests for a target were made. */
export interface Asked {
  /** The route that the user asked for. */
  via: 'auto' | Route
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
