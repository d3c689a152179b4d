import type { Instant } from '../discussion.js'

/** An archive to merge. `label`: suffix for the names of its readers; null: from the file name. */
export interface MergeInput {
  file: string
  label: string | null
}

/** Report of `merge`: `threadkeep.merge/1`, docs/schema/merge-1.json. */
export interface MergeReport {
  archives: MergedArchive[]
  /** Number of posts after the merge. */
  posts: number
  /** Number of posts that each reader saw. */
  readers: { reader: string; posts: number }[]
  /** Posts with different texts in two archives, neither of which is an earlier text in the other archive. */
  conflicts: { count: number; first: TextConflict[] }
  /** Sentences about places of posts that contradict each other, such as parents in a circle: none of it was stored. */
  contradictions: { count: number; first: string[] }
  /** False: the archive already contained everything. */
  changed: boolean
  /** Files of posts: how many were copied into the folder of the result, and how many no folder has. Absent: the result has no files. */
  files?: { copied: number; missing: number }
}

export interface MergedArchive {
  file: string
  /** Null: it has no new runs, because it is an earlier state of the archive itself. */
  label: string | null
  posts: number
  newPosts: number
  /** Known posts of which something changed: text, position, author's name, date or status. */
  updatedPosts: number
  samePosts: number
  newCaptures: number
}

/** The newer text is kept; the other one becomes a revision. */
export interface TextConflict {
  site: string
  id: string
  url: string
  kept: TextSource
  other: TextSource
}

/** `archive`: label of the archive that read the text; null: the archive that the others were merged into. */
export interface TextSource {
  archive: string | null
  readAt: Instant | null
}

/** Number of conflicts, and of contradictions, that the report lists. */
export const MAX_LISTED_CONFLICTS = 10
