import type { StoredGroup } from '../archive.js'
import type { Instant } from '../discussion.js'
import type { PostInContext, Renamed, Wording } from './changes.js'
import type { Move } from './history.js'

/**
 * A newsletter of what is new in the groups since an instant. A post is news if the archive first saw it in the period, and it was written
 * after the last run before the period that read its group, by the site's clock. Posts from a group's first run are a backlog, not news.
 */
export interface Digest {
  /** Start of the period, as in the title. */
  since: Instant
  /** End of the period; null: no run since its start. */
  until: Instant | null
  /** Names of the selected groups, or of the sites. */
  about: string[]
  /** True if the newest run did not get everything it requested. */
  incomplete: boolean
  counts: DigestCounts
  /** Groups with news, in the order of `list`; threads outside all groups come last. Streams. */
  groups: Iterable<GroupNews>
  /** Renamed members. */
  members: Capped<NewName>
}

export interface DigestCounts {
  threads: number
  replies: number
  /** Posts written before the last run that read their group, but first seen in the period. */
  earlier: number
  /** Posts of groups that were read for the first time. */
  backlog: number
  edited: number
  moved: number
  gone: number
  back: number
  notices: number
  names: number
}

/** The first or newest items of a list, and the number of items left out. */
export interface Capped<Item> {
  items: Iterable<Item>
  more: number
}

export interface GroupNews {
  /** Null: threads outside all groups. */
  group: StoredGroup | null
  /** The site of the group, if the digest covers several sites. */
  site: string | null
  names: readonly NewName[]
  /** Posts written before the period, if the group was read for the first time. */
  backlog: Backlog | null
  /** Number of membership notices of each type. */
  notices: readonly { type: string; count: number }[]
  /** New threads with their new replies. */
  threads: Iterable<ThreadNews>
  /** New replies in known threads. */
  replies: Iterable<ThreadNews>
  earlier: Capped<ThreadNews>
  edited: Capped<EditNews>
  /** Posts that have come from another group or thread. */
  moved: Capped<MoveNews>
  gone: Capped<GoneNews>
  back: Capped<PostInContext>
}

export interface Backlog {
  threads: number
  replies: number
  from: Instant | null
  to: Instant | null
}

/** New posts of one thread, opening post first. */
export interface ThreadNews {
  /** URL of the site. */
  site: string
  thread: PostInContext['thread']
  /** Number of live replies in the archive, new and known. */
  replies: number
  /** The opening post, if it is new. */
  opening: PostInContext | null
  /** The other new posts: to be walked once, before the next thread. */
  posts: Iterable<PostInContext>
}

export interface EditNews {
  post: PostInContext
  times: number
  before: Wording
  after: Wording
}

export interface MoveNews {
  post: PostInContext
  /** At most one between groups and one between threads. */
  moves: readonly Move[]
}

export interface GoneNews {
  post: PostInContext
  reason: string | null
  /** Number of replies that are gone with the thread. */
  withReplies: number
}

export type NewName = Omit<Renamed, 'at' | 'kind'>
