import type { FetchRequest } from './capture.js'
import type { TaskReason } from './task-reasons.js'

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

/** One request still to be made, what its response is for, and why it is made. Plain data: it waits in the archive's frontier. */
export type Task =
  | PageTask
  | DirectoryTask
  | StreamTask
  | ThreadTask
  | TextTask
  | ApiTask
  | MembersTask
  | LatestTask
  | FeedTask
  | ParentsTask
  | RepliesTask

/** Every task says why it was made. */
export interface Explained {
  reason: TaskReason
}

/** The full text of one shortened post. */
export interface TextTask extends Explained {
  kind: 'text'
  request: FetchRequest
  id: string
}

/** Names of members. */
export interface MembersTask extends Explained {
  kind: 'members'
  request: FetchRequest
}

/** Posts that replies name as their parents and that no tree has shown: those that this reader can see prove a broken tree. */
export interface ParentsTask extends Explained {
  kind: 'parents'
  request: FetchRequest
  ajaxUrl: string
}

/** Page N of the youngest replies of the whole site (REST), for the threads that are held; `ids`: of chosen threads, whole. */
export interface LatestTask extends Explained {
  kind: 'latest' | 'turns'
  request: FetchRequest
  api: Api
  page: number
  ajaxUrl: string
}

/** Page N of a group's feed, for the numbers of replies. */
export interface FeedTask extends Explained {
  kind: 'feed'
  request: FetchRequest
  page: number
}

/** A page by its address: of a target, or of a group that a directory names. */
export interface PageTask extends Explained {
  kind: 'target' | 'group'
  request: FetchRequest
  /** REST was tried for it, or for its site, and did not work. */
  without?: 'rest'
}

/** Replies to one post of a thread, ten at a time: BuddyBoss, where a thread's own view can't be had. */
export interface RepliesTask extends Explained {
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
export interface ApiTask extends Explained {
  kind: 'api'
  request: FetchRequest
  root: string
  ajaxUrl: string
  goal: Goal
}

/** Page N of a groups directory. */
export interface DirectoryTask extends Explained {
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
export interface StreamTask extends Explained {
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
  /** Pages of old threads, whose turn it is to be read again: until so many threads have come. */
  turn?: { left: number }
}

/** A thread's own page, which shortens nothing. */
export interface ThreadTask extends Explained {
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
  /** The community that it was held for. */
  site?: string
  /** Set: its replies as a flat list, to be held against the tree that another view has shown. */
  check?: { page: number }
}
