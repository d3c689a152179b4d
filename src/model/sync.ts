import type { TargetStatus } from './archive.js'
import type { Instant } from './discussion.js'
import type { Route } from './task.js'

/** How a target was asked for when it was archived first: `sync` does it in the same way. Never holds a secret. */
export interface TargetOptions {
  reader: TargetStatus['reader']
  via: 'auto' | Route
  sleepSeconds?: readonly [number, number]
  ignoreRobots?: boolean
  contact?: string | null
}

/** A target of the archive. */
export interface Registered {
  url: string
  options: TargetOptions
  /** When it was last read whole, without gaps in its lists; null: never. */
  fullReadAt: Instant | null
  /** Start of the last reading that came to its end. */
  lastBegunAt: Instant | null
  /** Threads that are held of it and live. */
  threads: number
}

/** How much `sync` reads of a target. */
export interface SyncOptions {
  /** All, however much that is. */
  full: boolean
  /** Threads younger than this are read again, whatever their number. */
  lookBackSeconds: number
  /** So many of the other threads, those first that were read longest ago; null: as the route allows. */
  audit: number | null
  /** Report why each thread was read or left, and why each request was made. */
  explain: boolean
}

/** How many requests of a pass were made for one reason. */
export interface RequestExplanation {
  why: string
  requests: number
}

/** Why a thread was read by a sync, or was not. */
export interface SyncExplanation {
  id: string
  url: string
  read: boolean
  why: string
}
