import type { When } from '../../model/discussion.js'
import type { PostRow } from '../schema/tables/posts.js'

/** The columns of a post that readings may give differently. Its references are row ids of one archive. */
export type PostValues = Omit<PostRow, 'id' | 'site_id' | 'site_post_id'>

/** Values that decide between two states. They depend neither on the archive nor on the order of the readings. */
export interface NaturalKeys {
  /** The site's own ids; null: none. */
  thread: string
  parent: string | null
  group: string | null
  member: string | null
  /** It is the opening post of its thread. */
  isOpening: boolean
  /** When its text was first read; null: it has no text. */
  readAt: string | null
  /** When its text was last seen. */
  seenAt: string
  /** Decides between two readings of one time: within one archive the id of the capture, between archives 0. */
  order: number
}

/** A post as one reading, or one archive, has it. */
export interface PostState {
  row: PostValues
  natural: NaturalKeys
}

export const whenOf = ({ posted_from, posted_to }: Pick<PostValues, 'posted_from' | 'posted_to'>): When => ({
  from: posted_from,
  to: posted_to,
})
