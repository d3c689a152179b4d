import type { PostStatus, StoredAuthor, StoredGroup } from '../archive.js'
import type { Instant, When } from '../discussion.js'
import type { Query } from '../query/query.js'

export interface SearchRequest {
  query: Query
  /** `rank`: how well the words fit, those of a title above all; where there are none, it is by date. `date`: newest first. */
  order: 'rank' | 'date'
  /** Null: all. */
  limit: number | null
  offset: number
}

/** A piece of a text; `match`: it is what was looked for. */
export interface Piece {
  text: string
  match: boolean
}

/** A post that was found. */
export interface Hit {
  id: string
  site: string
  url: string
  type: string
  group: StoredGroup | null
  /** Its opening post: id, and title or first words; never empty. */
  thread: { id: string; title: string }
  author: StoredAuthor | null
  when: When
  status: PostStatus
  edited: boolean
  firstSeenAt: Instant
  /** One line: what stands around the matches; the beginning of the text where nothing is to be marked. */
  snippet: Piece[]
}
