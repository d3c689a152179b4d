import type { Instant } from '../discussion.js'
import type { ExitCode } from '../errors.js'

/** What a reparse did, or would do: the `--json` of `reparse`, and kept in `runs`. `docs/schema/reparse-1.json`. */
export interface ReparseReport {
  schema: 'threadkeep.reparse/1'
  /** Null: it was only tried. */
  run: number | null
  dryRun: boolean
  startedAt: Instant
  finishedAt: Instant
  exitCode: ExitCode
  /** Only captures from then on were read; null: all. */
  since: Instant | null
  captures: CaptureCounts
  posts: PostCounts
  revisions: {
    /** Earlier texts that read otherwise now. */
    changed: number
    /** Edits that were none: today the text reads the same before and after. */
    dropped: number
  }
  /** Names, status or description of groups, names of members. */
  names: number
  /** The first of the posts that changed or are new. */
  changes: PostChange[]
  /** The first of the posts that no capture shows any more. Their rows stay as they are. */
  notFound: PostName[]
}

export interface CaptureCounts {
  read: number
  /** The run that asked had not used them either: it was killed, or could not tell whether its session had ended. */
  unused: number
  /** Their bodies are not there: erased, or damaged. */
  withoutBody: number
  /** Could not be read before, and can now. */
  opened: number
  /** Could be read before, and can't now. */
  closed: number
}

export interface PostCounts {
  same: number
  changed: number
  added: number
  notFound: number
  /** Only captures without a body, or older than `since`, show them, or their author was erased: left as they are. */
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
  /** Empty for what is new. */
  fields: FieldChange[]
}

/** Values in short; null: none. */
export interface FieldChange {
  field: string
  before: string | null
  after: string | null
}
