import type { FetchRequest } from './capture.js'
import type { Instant } from './discussion.js'
import type { TaskReason } from './task-reasons.js'

/** How a live site is read: REST API, AJAX, or plain pages. */
export type Route = 'rest' | 'ajax' | 'page'

/** The REST API of a site. */
export interface Api {
  /** `https://example.org/wp-json/`, or `https://example.org/?rest_route=/`. */
  root: string
  /** `buddypress/v1` (BuddyPress 5 to 14), `buddypress/v2` (15), `buddyboss/v1`. */
  namespace: string
  /** Objects in one response, where the site refuses 100. */
  perPage?: number
}

/** What a page shows, for a route that does not continue from the page itself. */
export type Goal =
  | { kind: 'site'; home: string }
  | { kind: 'stream'; home: string }
  | { kind: 'member'; home: string; id: string }
  | { kind: 'group'; home: string; slug: string; id: string | null }
  | { kind: 'thread'; home: string; id: string }

/**
 * How much of a target a pass reads. `whole`: everything. `part`: threads younger than `since`, new replies since the start of the `last`
 * pass in any thread, and a number of older threads in rotation (`turns`; null: as many as the route makes cheap).
 */
export type PassPlan = { kind: 'whole' } | { kind: 'part'; since: string; last: string; turns: number | null }

/** One request still to be made, its purpose, and its reason. Plain data, which is stored in the frontier. */
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
  | OwnTask
  | SampleTask
  | ForumTask
  | TopicTask
  | ZoneTask

/** What all tasks have: their request, and why it is made. */
interface AnyTask {
  request: FetchRequest
  reason: TaskReason
  /** Since when each run that made the request got no usable response; absent: it has not failed. The archive sets it. */
  failedSince?: Instant
}

/** The full text of one shortened post. */
interface TextTask extends AnyTask {
  kind: 'text'
  id: string
}

/** Names of members. */
interface MembersTask extends AnyTask {
  kind: 'members'
}

/** Parents that replies name but no reply tree has shown. If this reader can see one, the tree is broken. */
interface ParentsTask extends AnyTask {
  kind: 'parents'
  ajaxUrl: string
}

/** REST only. `latest`: page N of the newest replies of the whole site. `turns`: a block of whole threads of the rotation. */
export interface LatestTask extends AnyTask {
  kind: 'latest' | 'turns'
  api: Api
  page: number
  ajaxUrl: string
}

/** Page N of a group's feed, for the reply counts; or its first page, to compare posts with; or all that is left to read of a group. */
export interface FeedTask extends AnyTask {
  kind: 'feed'
  page: number
  /** Set if its posts are stored, because nothing else of the group can be read. */
  posts?: true
  /** Id of the first post on the page before: if it comes again, the pages repeat. */
  before?: string
  /** Set where posts of the feeds of this site are on no list. */
  leftOut?: true
  /** The feeds of all groups of the site, which are read if this one has more than the pages showed. */
  others?: string[]
  /** The feeds of other groups, which are read if this one can be read. */
  rest?: string[]
}

/** Opening posts by REST, one request each, to compare those of pages with. Without `api`: the index, which names it. */
export interface SampleTask extends AnyTask {
  kind: 'sample'
  /** URL of the REST index. */
  root: string
  ids: string[]
  ajaxUrl: string
  api?: Api
}

/** The page of a target, or of a group from a directory. */
export interface PageTask extends AnyTask {
  kind: 'target' | 'group'
  /** The address that was named, if the request has another one in its place. */
  typed?: string
  /** Set if REST was tried and failed. */
  without?: 'rest'
  /** Set if the pages before could not be read: number of the page of the group's stream that is requested instead. */
  from?: number
  /** Set while the directory of groups is searched: where else it may be, and where it is not. */
  search?: { left: string[]; tried: string[] }
}

/** BuddyBoss: ten replies to one post of a thread, if the thread's own view is not available. */
export interface RepliesTask extends AnyTask {
  kind: 'replies'
  id: string
  parent: string
  offset: number
  /** Number of posts of the thread that the stream counts; absent: it shows none. */
  claimed?: number
  /** Last reply of the previous ten: if it appears again, there are no more replies. */
  after?: string
  ajaxUrl: string
}

/** The groups of the logged-in reader, by their own list or by the stream of these groups. `reader`: who that is (REST). */
export interface OwnTask extends AnyTask {
  kind: 'own'
  of: 'reader' | 'list' | 'stream'
  home: string
  ajaxUrl: string
  api?: Api
}

/** The REST index, which shows whether the goal can be read by REST. */
export interface ApiTask extends AnyTask {
  kind: 'api'
  root: string
  ajaxUrl: string
  goal: Goal
}

/** Page N of a groups directory. */
export interface DirectoryTask extends AnyTask {
  kind: 'directory'
  route: Route
  page: number
  home: string
  ajaxUrl: string
  without?: 'rest'
  api?: Api
  /** Number of consecutive pages before this one that could not be read. */
  gap?: number
  /** Number of groups on the pages before. */
  read?: number
  /** Number of groups in the whole list, as REST gave it with a page before. */
  total?: number
  /** The first group of the page before: if it comes first again, the pages repeat. */
  firstBefore?: string
  /** URL of the logged-in reader's own list of groups. */
  mine?: string
  /** Set if only the id of this group is needed. */
  only?: Extract<Goal, { kind: 'group' }>
}

/** Page N of a stream. */
export interface StreamTask extends AnyTask {
  kind: 'stream'
  route: Route
  page: number
  /** URL of the page that shows the stream. */
  home: string
  ajaxUrl: string
  /** True if the request has the form that the Legacy pack uses. */
  legacy: boolean
  /** Slug of the group: items of other groups mean that the site sent the site-wide stream instead. Null: not a group's stream. */
  groupSlug: string | null
  /** True if new posts arrived during the pass: the first page must be read again. */
  arrivals: boolean
  /** True while the first pages are read again, until one shows nothing new. */
  lookingBack: boolean
  /** True after an interruption, while earlier pages are read again, until one shows known items. */
  steppingBack: boolean
  /** Ids of the items of the first page: if the second has the same, paging does not advance. */
  firstItems?: string
  /** Number of consecutive pages without new items. */
  idle: number
  /** Number of consecutive pages before this one that could not be read. */
  gap?: number
  /** Number of different items on the pages before, including those that were left out. */
  read?: number
  /** Number of items in the whole list, as REST gave it with a page before. */
  total?: number
  /** Set if any page before this one could not be read: then the end of the list does not make the stream whole. */
  hasGaps?: true
  /** Only this page: one that earlier passes could not read. */
  alone?: true
  api?: Api
  /** The site's own id of the group or member, for REST requests. */
  groupId?: string
  memberId?: string
  /** Set in a turn of the rotation: number of old threads still to read. `overlap`: the last turn ended with this page. */
  turn?: { left: number; overlap?: true }
}

/** A thread as a feed names it. */
export interface FeedThread {
  id: string
  url: string
}

/** A thread's own page, or its AJAX or REST view. The own page does not shorten texts. */
export interface ThreadTask extends AnyTask {
  kind: 'thread'
  id: string
  /** Ids of the posts whose full texts are needed. If the page is not available, read-more requests get them. */
  texts: string[]
  ajaxUrl: string
  without?: 'rest'
  /** Set if read-more requests must not be used. */
  noReadMore?: true
  /** Set if the site takes read-more requests in the form of Nouveau. */
  byNouveau?: true
  /** Permalink to fall back to, if the request uses another URL. */
  permalink?: string
  /** Set if the request is for the address that the site leads the permalink to. */
  direct?: true
  /** Set in the second attempt, by the permalink, after the first request got something else. */
  second?: true
  /** Base URL of the site under which the thread is stored. */
  site?: string
  /** Set if the site counts more `replies` of the thread than were read and are `held`. */
  lacking?: { replies: number; held: number }
  /** Address by which a feed names the thread: its own page shows only where that has led to. */
  named?: string
  /** Other threads that only a feed has: they are requested if this one can be read. */
  others?: FeedThread[]
  /** Set if the response is a flat list of the replies, to check the tree of another view against. */
  check?: { page: number }
}

/** What the paging of bbPress needs, in a list of topics as well as in a topic. */
interface ForumPaging {
  /** URL of the first page. */
  home: string
  page: number
  /** Ids on the page before: if they come again, paging does not advance. */
  before?: string
  /** Number of different topics, or posts, on the pages before. */
  read?: number
  /** Number of consecutive pages before this one that could not be read. */
  gap?: number
  /** Set if any page before this one could not be read. */
  hasGaps?: true
  /** Set if the page was requested by the link of the pager, because `?paged=N` did not lead to another page. */
  byLink?: true
}

/** Page N of a list of the topics of bbPress, or of its forums. */
export interface ForumTask extends AnyTask, ForumPaging {
  kind: 'forum'
  /** Set if only its address says that it is a forum: other software may be there, or nothing. */
  guessed?: true
  /** Ids of the sticky topics of the first page, which come again in their own place. */
  sticky?: string[]
}

/** Page N of a topic of bbPress. */
export interface TopicTask extends AnyTask, ForumPaging {
  kind: 'topic'
  /** `bbp:ID`. */
  id: string
  /** Number of its posts by the pages before. */
  claimed?: number
  /** Base URL of the site under which the topic is stored. */
  site?: string
}

/** The zone of the site, for the dates that its forum prints. */
export interface ZoneTask extends AnyTask {
  kind: 'zone'
}
