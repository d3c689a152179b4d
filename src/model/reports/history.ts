import type { StoredAuthor, StoredGroup, StoredPost } from '../archive.js'
import type { Instant } from '../discussion.js'

/** One text of a post. The first is number 1, the last is the present one. */
export interface TextVersion {
  number: number
  heading: string | null
  html: string
  text: string
  /** Since when it is known. What the site had shortened at first counts as the whole text that was had later. */
  since: Instant
  /** When the next text was seen in its place; null: it is the present one. */
  until: Instant | null
  /** When it was last looked at and was still the same; null: not noted (archives of before schema 4). */
  lastSeenAt: Instant | null
  /** The capture that it was read in; null: not known. */
  capture: number | null
}

/** A post with all its texts, oldest first. */
export interface PostTexts {
  post: StoredPost
  versions: TextVersion[]
}

interface OfPost {
  /** When the archive saw it. */
  at: Instant
  post: StoredPost
  /** Its author, by the name of that time. */
  author: StoredAuthor | null
}

export type PostEntry = OfPost &
  (
    | { kind: 'seen'; version: TextVersion }
    /** The edit was made after `between[0]` (null: not known) and before `between[1]`. */
    | { kind: 'edited'; before: TextVersion; after: TextVersion; between: [Instant | null, Instant] }
    /** Looked for and not found, and no proof that it is gone. */
    | { kind: 'missed' }
    | { kind: 'gone'; reason: string | null; lastSeenAt: Instant | null; missedAt: Instant | null }
    | { kind: 'back' }
    /** What another version of threadkeep wrote down. */
    | { kind: 'other'; name: string; reason: string | null }
  )

/** A name that changed on the site. */
export interface RenameEntry {
  at: Instant
  kind: 'renamed'
  /** As they are called now. */
  member: StoredAuthor | null
  group: StoredGroup | null
  /** `name`, `slug`, or `status` of a group. */
  field: string
  before: string
  after: string
}

/** One thing that happened, as the archive saw it. */
export type HistoryEntry = PostEntry | RenameEntry

/** A post that a name has found. */
export interface PostContext {
  /** Row of its thread and its own: for this archive alone. */
  threadRow: number
  row: number
  site: string
  thread: string
  id: string
  url: string
  /** False: only its replies speak of it. */
  isRead: boolean
}
