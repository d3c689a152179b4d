import type { Group, Member, Post, Site, When } from './discussion.js'
import type { LocalRange, SiteZone } from './forum/site-zone.js'

/** What a site sent instead of content. A wall never counts as "no posts". */
export type WallKind =
  | 'login' // a login form, or a redirect to one
  | 'members-only' // community visibility (BuddyPress 12+), or a private site
  | 'private-group' // the group's header with a notice instead of its stream
  | 'not-found' // 404, 410
  | 'challenge' // bot protection, rate limit
  | 'error' // 5xx and the like
  | 'refused' // an AJAX response with success:false, 0 or -1
  | 'loader' // "Loading … please wait" in place of the expected items
  | 'session-ended' // a page for visitors, although the request had a session
  | 'elsewhere' // a redirect to another page than the requested one
  | 'unknown' // no known markup

export interface Wall {
  kind: WallKind
  /** What the site sent, for messages: "a login form", "HTTP 503 …". */
  seen: string
}

/** The kind of page. */
export type About =
  | { kind: 'group' }
  | { kind: 'thread'; id: string }
  | { kind: 'member' }
  | { kind: 'directory' }
  | { kind: 'stream' } // the site-wide stream
  | { kind: 'forum' } // a list of the topics or forums of bbPress
  | { kind: 'text'; id: string } // the read-more response for one post
  | { kind: 'other' }

export type Loader = 'activity' | 'groups'

/** A view: what one capture showed of one thread. */
export interface ThreadView {
  id: string
  /** Number of posts of the thread in this view, including the opening post. */
  shown: number
  /** True for a whole view: the software puts all replies of the thread into it. */
  whole: boolean
  /** Claim of the site: number of posts including the opening post; null: the view shows none. */
  claimed: number | null
  /** Why the reply tree of this view cannot be complete, for messages: another view should be requested. */
  doubt?: string
  /** Ids of parents that replies of this view name but that the view does not show: spam, deleted, or lost in a broken tree. */
  missing?: string[]
}

/** Number of replies of a thread in a feed (`slash:comments`). */
export interface ReplyCount {
  id: string
  replies: number
}

/** An opening post as a feed or REST gives it: no theme changes that, so it tells whether a theme's pages were read right. */
export interface FeedSample {
  id: string
  /** A feed: where the post has a page of its own, and when it was written. */
  url?: string
  when?: When
  /** One line that begins with the name of the author: "Ann posted an update in the group Gardeners: …". Empty: none. */
  title: string
  /** A feed: the author whom the title names, where its sentence is known; null: not known, or nobody. */
  author?: string | null
  /** REST: the site's own id of the author. */
  authorId?: string | null
  /** The text without markup, shortened if it is long; empty: the feed gives none. */
  text: string
}

/** The text of one post with its attachments and links. */
export type PostText = Pick<Post, 'id' | 'html' | 'text' | 'truncated' | 'attachments' | 'links' | 'heading'>

/** Posts without a date that can be read: it is missing, or in words of a language that threadkeep has no table for. */
export interface UnreadDates {
  /** Ids of the posts. */
  posts: string[]
  /** The words in place of the first date; empty: there are none. */
  words: string
  /** Language of the page, as its `lang` attribute gives it. */
  language?: string | undefined
}

/** A topic in a list of bbPress. */
export interface TopicRow {
  /** `bbp:ID`. */
  id: string
  url: string
  title: string | null
  /** Number of its replies, or of its posts: that depends on the settings of the site. Null: the list shows none. */
  count: number | null
  /** WordPress' number of its last reply; null: it has none, or the list does not link to it. */
  last: string | null
  isSticky: boolean
}

/** What a page of bbPress leads to. */
export interface ForumLinks {
  topics: TopicRow[]
  /** URLs of forums. */
  forums: string[]
  /** URL of the next page by the link of the pager; null: there is none. */
  next: string | null
}

/** The parsed result of one capture. */
export interface Page {
  /** URL of the page: the final URL, or for AJAX the page that made the request. */
  url: string
  about: About
  site: Site
  /** Template that read the page: `legacy`, `nouveau`, …; null: no items were read. */
  template: string | null
  /** Template pack that answers the AJAX requests of the site, by marks of the page; absent: the page shows none. */
  pack?: 'legacy' | 'nouveau'
  wall: Wall | null
  /** What the page loads by AJAX, if it holds only a loader; null: nothing. */
  loader: Loader | null
  /** True if the site itself says that the list is empty. */
  provenEmpty: boolean
  ajaxUrl: string | null
  /** Root of the WordPress REST API, from the page or its `Link` header. */
  apiUrl: string | null
  /** True if the page was made for a logged-in user. */
  signedIn: boolean
  /** REST index: the namespaces that the site offers, such as `buddypress/v1`. */
  namespaces?: string[]
  /** Members that were requested by id. */
  members?: Member[]
  group: Group | null
  member: Member | null
  /** URL of the page with the stream of this group or member; null: not known. */
  streamUrl: string | null
  /** Read-more response: the full text of one post. */
  text?: PostText
  /** Posts in pre-order, threads in the order of the page. */
  posts: Post[]
  threads: ThreadView[]
  /** Ids of replies whose own replies are not in this response. */
  hiding?: string[]
  /** Groups in a directory. */
  groups: Group[]
  /** A REST list of one group: that group, as the sentences above its posts name it; absent: none does, or the list is another. */
  listed?: Group
  /** Number of items in the whole list, if the site gives it: X-WP-Total by REST, "1 - 20 of 45" in a directory. */
  total?: number
  /** True if the list has a next page. */
  more: boolean
  /** A page of bbPress: what it leads to. */
  forum?: ForumLinks
  /** Dates of posts of a forum on the clock of the site, by the id of the post: its zone gives them exactly. */
  localTimes?: Record<string, LocalRange>
  /** Position of the first post within its thread, on the second and later pages of a topic. */
  firstPosition?: number
  /** REST index: the zone of the site. */
  zone?: SiteZone
  /** Addresses of the forums that the page leads to, or that REST says a group has. */
  forums?: string[]
  /** Address where the forums of the site are by default, if it uses bbPress and does not link to them. */
  guessedForums?: string
  /** URL of the groups directory; null: the page does not link to it. */
  directoryUrl: string | null
  /** URLs where the directory of groups may be, most likely first: the link to it, links of menus, default addresses. */
  directories: string[]
  /** URL of the logged-in reader's own list of groups. */
  mine?: string
  /** Feed and REST: number of replies of each thread. */
  counts?: ReplyCount[]
  /** Feed and REST: opening posts to compare others with. */
  samples?: FeedSample[]
  /** HTTP 304: the same content as the last response to this request. */
  unchanged?: true
  /** Posts whose dates could not be read; absent: none. */
  unreadDates?: UnreadDates | undefined
  /** Numbers that avatars give to different members, so that they are nobody's. */
  sharedIds?: string[]
  /** One message for each item that was left out, and for each post that is not read whole. */
  warnings: string[]
  /** One message for each item that was read in spite of something that no software prints, such as an invalid date. */
  remarks?: string[]
}
