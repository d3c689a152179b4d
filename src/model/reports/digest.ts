import type { StoredGroup } from '../archive.js'
import type { Instant } from '../discussion.js'
import type { PostInContext, Renamed, Wording } from './changes.js'

/**
 * What is new in the groups since an instant, for people. A post is news if the archive has seen it first since then and it was
 * written after the last look at its group before, by the site's own clock: what a first reading brings is a backlog, and no news.
 */
export interface Digest {
  /** Start of the period, as its title names it. */
  since: Instant
  /** End of the period; null: nothing was read since. */
  until: Instant | null
  /** Of what: names of the chosen groups, or of the sites. */
  about: string[]
  /** The newest reading did not get all it asked for. */
  incomplete: boolean
  counts: DigestCounts
  /** Only those with news: in the order of `list`, and what lies outside all groups last. Streams. */
  groups: Iterable<GroupNews>
  /** Members with other names. */
  members: Capped<NewName>
}

export interface DigestCounts {
  threads: number
  replies: number
  /** Written before the last look, and seen first since. */
  earlier: number
  /** Of groups that were read for the first time. */
  backlog: number
  edited: number
  gone: number
  back: number
  notices: number
  names: number
}

/** The first or the youngest of a list, and how many are left out of it. */
export interface Capped<Item> {
  items: Iterable<Item>
  more: number
}

export interface GroupNews {
  /** Null: outside all groups. */
  group: StoredGroup | null
  /** What this group's section is of, where the digest tells of several sites. */
  site: string | null
  names: readonly NewName[]
  /** Nothing of it was held before: what was written before the period. */
  backlog: Backlog | null
  /** Membership notices: how many of each type. */
  notices: readonly { type: string; count: number }[]
  /** New threads with their new replies. */
  threads: Iterable<ThreadNews>
  /** New replies in threads that were known. */
  replies: Iterable<ThreadNews>
  earlier: Capped<ThreadNews>
  edited: Capped<EditNews>
  gone: Capped<GoneNews>
  back: Capped<PostInContext>
}

export interface Backlog {
  threads: number
  replies: number
  from: Instant | null
  to: Instant | null
}

/** News of one thread: the posts that are new, opening post first. */
export interface ThreadNews {
  thread: PostInContext['thread']
  /** Live replies that are held, new and known. */
  replies: number
  /** The opening post, if it is among the news. */
  opening: PostInContext | null
  posts: readonly PostInContext[]
}

export interface EditNews {
  post: PostInContext
  times: number
  before: Wording
  after: Wording
}

export interface GoneNews {
  post: PostInContext
  reason: string | null
  /** Replies that went with the thread. */
  withReplies: number
}

export type NewName = Omit<Renamed, 'at' | 'kind'>
