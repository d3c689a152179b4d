import type { PostStatus, Selection, StoredAuthor, StoredGroup } from '../archive.js'
import type { Instant, When } from '../discussion.js'

/** What the archive has learned in [since, until); `null`: up to now. Of all that is chosen by any of the selections. */
export interface ChangeQuery {
  since: Instant
  until: Instant | null
  selections: readonly Selection[]
}

/** What a series of runs has brought. */
export interface RunWindow {
  /** Start of the run; of the first of the runs that it went on with. */
  since: Instant
  /** Start of the next run; null: there is none yet. */
  until: Instant | null
  finishedAt: Instant
  exitCode: number | null
}

/** A post by itself, with the names of what it hangs on. */
export interface PostInContext {
  id: string
  site: string
  group: StoredGroup | null
  thread: { id: string; url: string; title: string; author: StoredAuthor | null }
  /** What it answers; null: it opens the thread, or that is not known. */
  parent: { id: string; author: StoredAuthor | null } | null
  type: string
  author: StoredAuthor | null
  when: When
  url: string
  heading: string | null
  text: string
  /** How many pictures, embeds and the like. */
  attachments: number
  status: PostStatus
  edited: boolean
}

export interface Wording {
  heading: string | null
  text: string
}

/** One thing that happened, as the archive has seen it: `at` is when it was seen. */
export type Change = PostChange | Renamed

export type PostChange = { at: Instant; post: PostInContext } & (
  | { kind: 'new' }
  | { kind: 'edited'; before: Wording; after: Wording }
  | { kind: 'gone'; reason: string | null; lastSeenAt: Instant | null }
  | { kind: 'back' }
)

/** A member (`group` is null) or a group (`member` is null) has another name, address or status. */
export interface Renamed {
  kind: 'renamed'
  at: Instant
  site: string
  member: StoredAuthor | null
  group: StoredGroup | null
  field: string
  before: string
  after: string
}
