import type { SyncStatus, TargetStatus } from './reports/archive-status.js'
import type { Route } from './task.js'

/** How a target was first archived; `sync` uses the same options. Contains no secrets. */
export interface TargetOptions {
  reader: TargetStatus['reader']
  via: 'auto' | Route
  sleepSeconds?: readonly [number, number]
  ignoreRobots?: boolean
  contact?: string | null
  /** URLs of its groups that are not read any more: `targets remove` took them off. */
  without?: readonly string[]
}

/** A target of the archive. */
export interface Registered extends Pick<SyncStatus, 'fullReadAt' | 'lastBegunAt' | 'threads'> {
  url: string
  options: TargetOptions
}

/** How much `sync` reads of a target. */
export interface SyncOptions {
  /** Read the whole target, however large it is. */
  full: boolean
  /** Look-back: threads younger than this are always read again. */
  lookBackSeconds: number
  /** Number of older threads to read again in rotation, those read longest ago first; null: depends on the route. */
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
