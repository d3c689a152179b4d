import type { StoredGroup, StoredPost } from '../archive.js'
import type { Instant } from '../discussion.js'
import type { Query } from '../query/query.js'
import type { PostInContext } from './changes.js'

export interface SearchRequest {
  query: Query
  /** `rank`: best match first; words in titles count more; a query without words is sorted by date. `date`: newest first. */
  order: 'rank' | 'date'
  /** Maximum number of hits; null: all. */
  limit: number | null
  offset: number
  /** What is shown of a post in place of what it says: hits whose shown text does not hold the words of the query are left out. */
  shown?(post: FoundPost): FoundPost
}

/** What a search knows of a post that was found. */
export type FoundPost = Pick<StoredPost, 'id' | 'url' | 'author' | 'heading' | 'html' | 'text'> & {
  site: string
  group: StoredGroup | null
  thread: Hit['thread']
}

/** A piece of a snippet; `match`: it matches the query. */
export interface Piece {
  text: string
  match: boolean
}

/** A post that was found. */
export interface Hit extends Omit<PostInContext, 'thread' | 'parent' | 'heading' | 'text' | 'attachments'> {
  /** Id and title of its thread; the title is never empty. */
  thread: { id: string; title: string }
  firstSeenAt: Instant
  /** One line with the matches and the text around them; the beginning of the text if there are no matches in it. */
  snippet: Piece[]
}
