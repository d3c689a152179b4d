import type { Instant } from '../discussion.js'
import type { ExitCode } from '../errors.js'

/** Report of `reparse`: what it did, or would do. Printed with `--json` and stored in `runs`. `docs/schema/reparse-1.json`. */
export interface ReparseReport {
  schema: 'threadkeep.reparse/1'
  /** Null: a dry run. */
  run: number | null
  dryRun: boolean
  startedAt: Instant
  finishedAt: Instant
  exitCode: ExitCode
  /** Only captures at or after this time were reparsed; null: all. */
  since: Instant | null
  captures: CaptureCounts
  posts: PostCounts
  revisions: {
    /** Earlier texts that changed. */
    changed: number
    /** Revisions deleted, because the texts before and after are now the same. */
    dropped: number
  }
  /** Number of changed names, statuses and descriptions of groups, and names of members. */
  names: number
  /** The first changed and new posts. */
  changes: PostChange[]
  /** The first posts that no capture shows any more. Their rows are not changed. */
  notFound: PostName[]
}

export interface CaptureCounts {
  read: number
  /** Captures that their own run did not use: it was killed, or did not know whether its session had ended. */
  unused: number
  /** Captures whose bodies are missing: erased or damaged. */
  withoutBody: number
  /** Captures that were a wall before and have content now. */
  opened: number
  /** Captures that had content before and are a wall now. */
  closed: number
}

interface PostCounts {
  same: number
  changed: number
  added: number
  notFound: number
  /** Posts left unchanged: only captures without a body or older than `since` show them, or their author was erased. */
  untouched: number
}

export interface PostName {
  site: string
  thread: string
  id: string
  url: string
}

export interface PostChange extends PostName {
  kind: 'changed' | 'added'
  /** Empty for a new post. */
  fields: FieldChange[]
}

/** Shortened values; null: none. */
export interface FieldChange {
  field: string
  before: string | null
  after: string | null
}
