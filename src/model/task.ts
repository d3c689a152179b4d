import type { FetchRequest } from './capture.js'

/** How a live site is read. */
export type Route = 'rest' | 'ajax' | 'page'

/** A site's REST interface. */
export interface Api {
  /** `https://example.org/wp-json/`, or `https://example.org/?rest_route=/`. */
  root: string
  /** `buddypress/v1` (BuddyPress 5 to 14), `buddypress/v2` (15), `buddyboss/v1`. */
  namespace: string
}

/** What a page leads to, for a route that does not go on from the page itself. */
export type Goal =
  | { kind: 'site'; home: string }
  | { kind: 'stream'; home: string }
  | { kind: 'member'; home: string; id: string }
  | { kind: 'group'; home: string; slug: string; id: string | null }
  | { kind: 'thread'; home: string; id: string }

/**
 * How much of a target a reading reads: all, or what is younger than `since`, replies since the `last` reading
 * wherever they stand and, by turns, so many of the other threads (null: as many as the route makes cheap).
 */
export type PassPlan = { kind: 'whole' } | { kind: 'part'; since: string; last: string; turns: number | null }

/** One step of reading a target: what to ask, and what it is asked for. Plain data: it waits in the archive's frontier. */
export type Task =
  | PageTask
  | DirectoryTask
  | StreamTask
  | ThreadTask
  | { kind: 'text'; request: FetchRequest; id: string }
  | ApiTask
  | { kind: 'members'; request: FetchRequest }
  | LatestTask
  | FeedTask
  /** Posts that replies answer and that no tree has shown: what is there for this reader tells of a broken tree. */
  | { kind: 'parents'; request: FetchRequest; ajaxUrl: string }
  | RepliesTask

/** Page N of the youngest replies of the whole site (REST), for the threads that are held; `ids`: of chosen threads, whole. */
export interface LatestTask {
  kind: 'latest' | 'turns'
  request: FetchRequest
  api: Api
  page: number
  ajaxUrl: string
}

/** Page N of a group's feed, for the numbers of replies. */
export interface FeedTask {
  kind: 'feed'
  request: FetchRequest
  page: number
}

/** A page by its address: of a target, or of a group that a directory names. */
export interface PageTask {
  kind: 'target' | 'group'
  request: FetchRequest
  /** REST was tried for it, or for its site, and did not work. */
  without?: 'rest'
}

/** Replies to one post of a thread, ten at a time: BuddyBoss, where a thread's own view can't be had. */
export interface RepliesTask {
  kind: 'replies'
  request: FetchRequest
  id: string
  parent: string
  offset: number
  /** The last reply of the ten before these: where it comes again, there are no more. */
  after?: string
  ajaxUrl: string
}

/** The REST index, which says whether the goal can be read that way. */
export interface ApiTask {
  kind: 'api'
  request: FetchRequest
  root: string
  ajaxUrl: string
  goal: Goal
}

/** Page N of a groups directory. */
export interface DirectoryTask {
  kind: 'directory'
  request: FetchRequest
  route: Route
  page: number
  home: string
  ajaxUrl: string
  without?: 'rest'
  api?: Api
  /** The number of this one group is all that is wanted. */
  only?: Extract<Goal, { kind: 'group' }>
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
  api?: Api
  /** The site's number of the group or member, which REST asks by. */
  groupId?: string
  memberId?: string
  /** Pages of old threads, whose turn it is to be read again: until so many threads have come. `overlap`: the last turn ended with this page. */
  turn?: { left: number; overlap?: true }
}

/** A thread's own page, which shortens nothing. */
export interface ThreadTask {
  kind: 'thread'
  request: FetchRequest
  id: string
  /** Posts whose full texts are wanted: the read-more call gives them where the page can't be had. */
  texts: string[]
  ajaxUrl: string
  without?: 'rest'
  /** The read-more call of this site must not be used. */
  noReadMore?: true
  /** Its permalink, where the request is another: to fall back to. */
  permalink?: string
  /** Something else came at first: by way of its permalink it is asked for once more. */
  second?: true
  /** It is asked for by itself: it was missed where it should have been, or its turn has come to be read again. */
  why?: 'missed' | 'turn'
  /** The community that it was held for. */
  site?: string
  /** Set: its replies as a flat list, to be held against the tree that another view has shown. */
  check?: { page: number }
}
