import type { PostStatus, Selection, StoredAuthor, StoredGroup } from '../archive.js'
import type { Instant, When } from '../discussion.js'
import type { RenameEntry, TextVersion } from './history.js'

/** Changes that the archive saw in [since, until) (`until` null: up to now), in threads that any of the selections matches. */
export interface ChangeQuery {
  since: Instant
  until: Instant | null
  selections: readonly Selection[]
}

/** The time window of a series of runs. */
export interface RunWindow {
  /** Start of the first run of the series. */
  since: Instant
  /** Start of the next run; null: none yet. */
  until: Instant | null
  finishedAt: Instant
  exitCode: number | null
}

/** A single post with its thread, parent, group and author. */
export interface PostInContext {
  id: string
  site: string
  group: StoredGroup | null
  thread: { id: string; url: string; title: string; author: StoredAuthor | null }
  /** The parent; null: an opening post, or not known. */
  parent: { id: string; author: StoredAuthor | null } | null
  type: string
  author: StoredAuthor | null
  when: When
  url: string
  heading: string | null
  text: string
  /** Number of attachments. */
  attachments: number
  status: PostStatus
  edited: boolean
}

export type Wording = Pick<TextVersion, 'heading' | 'text'>

/** One change; `at` is when the archive saw it. */
export type Change = PostChange | Renamed

export type PostChange = { at: Instant; post: PostInContext } & (
  | { kind: 'new' }
  | { kind: 'edited'; before: Wording; after: Wording }
  | { kind: 'gone'; reason: string | null; lastSeenAt: Instant | null }
  | { kind: 'back' }
)

/** A changed name, slug or status of a member or a group of this site. */
export interface Renamed extends RenameEntry {
  site: string
}
