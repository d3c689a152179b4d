import type { Group, Member, Post, Site } from './discussion.js'

/** Why a response holds nothing to read: never taken for "no posts". */
export type WallKind =
  | 'login' // a login form, or a redirect to one
  | 'members-only' // community visibility (BuddyPress 12+), or a private site
  | 'private-group' // the group's header with a notice instead of its stream
  | 'not-found' // 404, 410
  | 'challenge' // bot protection, rate limit
  | 'error' // 5xx and the like
  | 'refused' // AJAX answered success:false, 0 or -1
  | 'loader' // "Loading … please wait" where items were due
  | 'session-ended' // a page for visitors, where the reader has shown a session
  | 'elsewhere' // redirected to another page than the one asked for
  | 'unknown' // none of the markup that threadkeep knows

export interface Wall {
  kind: WallKind
  /** What came instead, in words for the user: "a login form", "HTTP 503 …". */
  seen: string
}

/** What a page is about. */
export type About =
  | { kind: 'group' }
  | { kind: 'thread'; id: string }
  | { kind: 'member' }
  | { kind: 'directory' }
  | { kind: 'stream' } // the site-wide stream
  | { kind: 'text'; id: string } // the read-more answer for one post
  | { kind: 'other' }

export type Loader = 'activity' | 'groups'

/** What one view shows of one thread. */
export interface ThreadView {
  id: string
  /** Posts of the thread in this view, the opening post included. */
  shown: number
  /** True if the software puts the whole reply tree into this view. */
  whole: boolean
  /** A count that the site itself claims, the opening post included, where it prints one. */
  claimed: number | null
  /** Why the tree of this view can't be all there is, in words: worth another look through another view. */
  doubt?: string
  /** Posts that replies of this view answer, and that it does not show: spam, deleted, or lost in a broken tree. */
  missing?: string[]
}

/** What a feed says of a thread (`slash:comments`). */
export interface ReplyCount {
  id: string
  replies: number
}

/** The body of one post, without the post. */
export type PostText = Pick<Post, 'id' | 'html' | 'text' | 'truncated' | 'attachments' | 'links' | 'heading'>

/** The meaning of one capture. */
export interface Page {
  /** The page that this speaks of: the final URL, or for AJAX the page that the call stood on. */
  url: string
  about: About
  site: Site
  /** Template that read it: `legacy`, `nouveau`, …; null if no items were read. */
  template: string | null
  wall: Wall | null
  /** What comes later by AJAX, on a page that holds a loader only. */
  loader: Loader | null
  /** The site's own words for "nothing here": the emptiness is proven. */
  provenEmpty: boolean
  ajaxUrl: string | null
  /** Root of WordPress' REST interface, as the page or its `Link` header names it. */
  apiUrl: string | null
  /** The page was made for somebody who is logged in. */
  signedIn: boolean
  /** The REST index: the interfaces that this site offers, such as `buddypress/v1`. */
  namespaces?: string[]
  /** Members that were asked for by their numbers. */
  members?: Member[]
  group: Group | null
  member: Member | null
  /** The page that holds the stream of this group or member, where it is known. */
  streamUrl: string | null
  /** The read-more answer: the full text of one post. */
  text?: PostText
  /** Pre-order, threads in the page's order. */
  posts: Post[]
  threads: ThreadView[]
  /** Replies that have others below them which this answer does not hold. */
  hiding?: string[]
  /** Groups that a directory lists. */
  groups: Group[]
  /** How many items the whole list has, where the site tells it (REST, X-WP-Total). */
  total?: number
  /** The list goes on: there is a next page. */
  more: boolean
  /** The groups directory, where this page links to it. */
  directoryUrl: string | null
  /** A feed: how many replies each thread has. */
  counts?: ReplyCount[]
  /** HTTP 304: it says what the last answer to the same request said. */
  unchanged?: true
  /** Items that could not be read and were left out, in words: one each. */
  warnings: string[]
}
