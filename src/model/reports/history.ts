import type { StoredAuthor, StoredGroup, StoredPost } from '../archive.js'
import type { Instant, When } from '../discussion.js'

/** A post is in another group (`before` and `after` are slugs, null is no group) or thread (ids of the opening posts). */
export interface Move {
  field: string
  before: string | null
  after: string | null
}

/** One version of a post: its text, with author, date and place of then. Number 1 is the first, the last one is the present version. */
export interface TextVersion {
  number: number
  heading: string | null
  html: string
  text: string
  /** Null: not known. */
  author: StoredAuthor | null
  when: When
  /** The site's own id of the parent; null: an opening post, or not known. */
  parent: string | null
  group: StoredGroup | null
  /** When the text was first seen; a shortened text counts as the full text that replaced it. */
  since: Instant
  /** The latest time at which its capture may have been made; null: that time is known. */
  seenBy: Instant | null
  /** When the next text was seen; null: this is the present text. */
  until: Instant | null
  /** When the text was last seen unchanged; null: not recorded before schema 4. */
  lastSeenAt: Instant | null
  /** Id of the capture that it was read from; null: not known. */
  capture: number | null
}

interface OfPost {
  /** When the archive saw it. */
  at: Instant
  /** With the version of that time, and its author with the names of that time. */
  post: StoredPost
}

export type PostEntry = OfPost &
  (
    | { kind: 'seen'; version: TextVersion }
    /** The edit was made between these times; `between[0]` null: not known. */
    | { kind: 'edited'; before: TextVersion; after: TextVersion; between: [Instant | null, Instant] }
    /** Not found where it was expected, without proof that it is gone. */
    | { kind: 'missed' }
    | { kind: 'gone'; reason: string | null; lastSeenAt: Instant | null; missedAt: Instant | null }
    | { kind: 'back' }
    | ({ kind: 'moved' } & Move)
    /** An event that another version of threadkeep recorded. */
    | { kind: 'other'; name: string; reason: string | null }
  )

/** A post with all its versions and events, oldest first. */
export interface PostPast {
  post: StoredPost
  versions: TextVersion[]
  entries: PostEntry[]
}

/** A name, slug or status that changed on the site; or the address of the site itself, if it has moved. */
export interface RenameEntry {
  at: Instant
  kind: 'renamed'
  /** The member or group with its present names; the other is null. Both are null if the site has moved. */
  member: StoredAuthor | null
  group: StoredGroup | null
  /** `name`, `slug`, `status` of a group, or `site`: `before` and `after` are base URLs. */
  field: string
  before: string
  after: string
}

/** One event; `at` is when the archive saw it. */
export type HistoryEntry = PostEntry | RenameEntry

/** A post found by its id or permalink. */
export interface PostContext {
  /** Row ids of its thread and of the post, valid in this archive only. */
  threadRow: number
  row: number
  site: string
  thread: string
  id: string
  url: string
  /** False: an opening post that is known only from its replies. */
  isRead: boolean
}
