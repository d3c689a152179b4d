import type { StoredAuthor } from '../archive.js'

/** A member in the archive. */
export interface MemberSummary extends StoredAuthor {
  /** Row id, valid in this archive only. */
  row: number
  site: string
  posts: number
  /** When the member was erased; null: never. */
  forgottenAt: string | null
}

/** What an erasure deletes, or would delete. */
export interface Erasure {
  posts: number
  revisions: number
  /** Captures whose bodies contain the member's texts or names. */
  captures: number
  /** URLs, pending tasks and run logs that name the member. */
  traces: number
  /** Targets that belong to the member and can no longer be synced. */
  targets: number
  /** Files of their posts and profile that nobody else shows. */
  files: number
  /** Posts of others that name the member, as ids of the site. */
  mentions: string[]
}

/** Report of `forget`: `threadkeep.forget/1`, docs/schema/forget-1.json. Contains no names. */
export interface ForgetReport extends Erasure {
  schema: 'threadkeep.forget/1'
  archive: string
  site: string
  /** The site's own id of the member; null: not known. */
  member: string | null
  /** `dry-run`: nothing was changed. `already`: the member had been erased before. */
  state: 'forgotten' | 'dry-run' | 'already'
  forgottenAt: string | null
  mentionsAre: 'kept' | 'redacted'
  /** Other files that may contain the member's data, and that were not changed. */
  untouched: string[]
  /** Exported files that hold something of the member, and that were not changed. */
  exports: ExportedFile[]
}

/** A file that an export into a folder has written, a file of a package, or a package as a zip file, that holds something of a member. */
export interface ExportedFile {
  /** Absolute path of the folder with the list of exported files, of the package, or of the folder with the zip file. */
  folder: string
  /** Path below the folder; that of the list itself if it can't be read. */
  file: string
  /** The export that wrote it; `package`: threadkeep package; empty: not known. */
  format: string
  /** The selection as it was given; empty: all. */
  selection: string
  /**
   * `words`: the text has a name or words of the member. `thread`: it is of a thread in which the member wrote or is named, and can't be
   * searched. `picture`: a file of the member. `unread`: it can't be searched, and may hold any thread.
   */
  because: 'words' | 'thread' | 'picture' | 'unread'
  /** It, or its path, has a name of the member; false with `words`: words only. */
  named: boolean
  /** Somebody has changed it since: another export leaves it. */
  changed: boolean
}

/** By what an exported file is recognised as holding something of a member. */
export interface ExportTest {
  /** Threads with posts of the member, or that name the member: site and id, as the list of exported files has them. */
  threads: ReadonlySet<string>
  /** Hashes of the member's files. */
  pictures: ReadonlySet<string>
  /** Whether a text has a name of the member. */
  names(text: string): boolean
  /** Whether a text has words of the member: six in a row of one of their posts. */
  words(text: string): boolean
}

/** Name of the last step of an erasure: the rows are erased, and the file is rewritten without their bytes. */
export const REWRITING = 'Rewriting the file'
