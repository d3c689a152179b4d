import type { Instant } from './discussion.js'

/** What the user says about imported files, because the files may not say it. */
export interface DoorSettings {
  /** When the pages were saved or the texts copied (`--captured-at`); null: not given. */
  capturedAt: Instant | null
  /** Base URL of the community (`--site`); null: not given. */
  site: string | null
}

/** Kinds of records in a WARC file that hold no pages. `crawl`: what a crawler recorded about itself and its requests. */
export const PASSED_KINDS = [
  ...(['picture', 'style', 'script', 'font', 'media', 'document', 'data', 'redirect', 'empty'] as const),
  ...(['other', 'crawl'] as const),
]
export type PassedKind = (typeof PASSED_KINDS)[number]

/** What an import found below one path. */
export interface ImportCounts {
  /** Files by the door that read them, such as `{ "mhtml": 2 }`. */
  files: Record<string, number>
  /** Pages and other responses that were read. */
  captures: number
  /** Those of them that the archive held already. */
  known: number
  /** Files that belong to saved pages, such as pictures. They are not read. */
  parts: number
  /** Records of WARC files that hold no pages, by their kind, such as `{ "picture": 120 }`. */
  passed: Partial<Record<PassedKind, number>>
  /** Pages and responses without discussions: of other parts of a site, errors, logins. They are not stored. */
  others: number
}

/** What to do about a text without a thread in it. No flag can say who wrote what. */
export const TEXT_NEEDS =
  'Before each post a line has to say who wrote it and when, such as "Anna Lee posted an update 2 days ago": copy the thread from its page with these lines, or save the page and import that.'

/** What to do about a text whose parsing takes too much time or memory. */
export const TEXT_IN_PARTS = 'Cut the text between two threads into smaller files, and import these.'
