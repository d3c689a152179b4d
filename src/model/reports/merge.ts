import type { Instant } from '../discussion.js'

/** An archive to take over. `label`: what its readers are to be called by; null: by the name of the file. */
export interface MergeInput {
  file: string
  label: string | null
}

/** What a merge brought: `threadkeep.merge/1`, docs/schema/merge-1.json. */
export interface MergeReport {
  archives: MergedArchive[]
  /** Posts of the result. */
  posts: number
  /** Who saw how many of them, by label. */
  readers: { reader: string; posts: number }[]
  /** Posts of which two archives held different texts that neither knew as an earlier one. */
  conflicts: { count: number; first: TextConflict[] }
  /** False: all of it was there. */
  changed: boolean
}

export interface MergedArchive {
  file: string
  /** Null: none of its runs is new to the result, because it is the result's own history. */
  label: string | null
  posts: number
  newPosts: number
  /** Known before, and something of what is told of them changed: text, place, name, date, status. */
  updatedPosts: number
  samePosts: number
  newCaptures: number
}

/** The newer text is kept; the other is among the earlier ones. */
export interface TextConflict {
  site: string
  id: string
  url: string
  kept: TextSource
  other: TextSource
}

/** `archive`: label of the archive that read it; null: the one that was merged into. */
export interface TextSource {
  archive: string | null
  readAt: Instant | null
}

/** How many conflicts are told one by one. */
export const MAX_LISTED_CONFLICTS = 10
