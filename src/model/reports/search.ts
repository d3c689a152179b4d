import type { PostStatus, StoredAuthor, StoredGroup } from '../archive.js'
import type { Instant, When } from '../discussion.js'
import type { Query } from '../query/query.js'

export interface SearchRequest {
  query: Query
  /** `rank`: best match first; words in titles count more; a query without words is sorted by date. `date`: newest first. */
  order: 'rank' | 'date'
  /** Maximum number of hits; null: all. */
  limit: number | null
  offset: number
}

/** A piece of a snippet; `match`: it matches the query. */
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
  /** Id and title of its thread; the title is never empty. */
  thread: { id: string; title: string }
  author: StoredAuthor | null
  when: When
  status: PostStatus
  edited: boolean
  firstSeenAt: Instant
  /** One line with the matches and the text around them; the beginning of the text if there are no matches in it. */
  snippet: Piece[]
}
