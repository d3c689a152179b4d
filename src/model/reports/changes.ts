import type { PostStatus, Selection, StoredAuthor, StoredGroup } from '../archive.js'
import type { Instant, When } from '../discussion.js'
import type { Move, RenameEntry, TextVersion } from './history.js'

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

/** What a version says, and who wrote it when. */
export type Wording = Pick<TextVersion, 'heading' | 'text' | 'author' | 'when'>

/** One change; `at` is when the archive saw it. `post` is the present one, or the one of then if it was another member's. */
export type Change = PostChange | Renamed

export type PostChange = { at: Instant; post: PostInContext } & (
  | { kind: 'new' }
  | { kind: 'edited'; before: Wording; after: Wording }
  | { kind: 'gone'; reason: string | null; lastSeenAt: Instant | null }
  | { kind: 'back' }
  | ({ kind: 'moved' } & Move)
)

/** A changed name, slug or status of a member or a group of this site, or a changed address of the site. */
export interface Renamed extends RenameEntry {
  site: string
}
