import type { FetchRequest } from './capture.js'

/** How a live site is read. */
export type Route = 'page' | 'ajax'

/** One step of reading a target: what to ask, and what it is asked for. Plain data: it waits in the archive's frontier. */
export type Task =
  | { kind: 'target'; request: FetchRequest }
  | DirectoryTask
  | { kind: 'group'; request: FetchRequest }
  | StreamTask
  | ThreadTask
  | { kind: 'text'; request: FetchRequest; id: string }

/** Page N of a groups directory. */
export interface DirectoryTask {
  kind: 'directory'
  request: FetchRequest
  route: Route
  page: number
  home: string
  ajaxUrl: string
}

/** Page N of a stream. */
export interface StreamTask {
  kind: 'stream'
  request: FetchRequest
  route: Route
  page: number
  /** The page that the stream stands on. */
  home: string
  ajaxUrl: string
  /** Asked as the Legacy pack asks. */
  legacy: boolean
  /** Items of other groups mean that the site-wide stream came instead. */
  groupSlug: string | null
  /** Posts arrived while it was read: the first page must be read again. */
  arrivals: boolean
  /** Reading the first pages again, until one brings nothing new. */
  lookingBack: boolean
  /** After an interruption: reading the page before again, until one shows items that are known. */
  steppingBack: boolean
  /** Pages in a row that brought nothing new. */
  idle: number
}

/** A thread's own page, which shortens nothing. */
export interface ThreadTask {
  kind: 'thread'
  request: FetchRequest
  id: string
  /** Posts whose full texts are wanted: the read-more call gives them where the page can't be had. */
  texts: string[]
  ajaxUrl: string
}
