import type { Capture } from '../../model/capture.js'
import type { Instant } from '../../model/discussion.js'
import type { ExitCode } from '../../model/errors.js'
import type { DoorSettings, PassedKind } from '../../model/imports.js'

export type { DoorSettings }

/** One file that is left of a community. Standard input is spooled into a private file first. */
export interface LeftFile {
  /** As messages show it: relative to what the user named, or `-`. */
  name: string
  path: string
  size: number
  modifiedAt: Instant
}

/** A part of a file that gives no capture. `why`: a whole sentence that says what to do, if anything can be done. */
export interface Unread {
  /** The file, and the record or part of it: `old.warc.gz, record at byte 4711`. */
  name: string
  why: string
}

/** Parts of a file that hold no pages: they are only counted, once at its end. */
export interface Passed {
  passed: Partial<Record<PassedKind, number>>
}

/** What a door found in a file; a file that is a part of a page; numbers of records that hold no pages; or what was not understood (exit code 5, unless another one is given). */
export type LeftOver =
  | { kind: 'capture'; capture: Capture }
  | { kind: 'file'; file: string; door: string }
  | { kind: 'part'; file: string }
  | ({ kind: 'passed' } & Passed)
  | ({ kind: 'unread'; exitCode?: ExitCode } & Unread)

/** One kind of file that `import` reads: an entry of the registry. A door does I/O only; the parser gives captures their meaning. */
export interface Door {
  /** Stored with each capture: `text`, `page`, `mhtml`, `warc`, `wacz`. */
  name: string
  /** One line for help and docs. */
  summary: string
  /** True if a file that begins with these bytes (64 KB or the whole file) is of this kind. The name never decides. */
  recognises(head: Uint8Array): boolean
  /**
   * Captures in the order of the file, what could not be read, and numbers of what holds no pages. Holds one body in memory at a time, stops soon after `signal` is
   * aborted, and never throws because of the content of a file.
   */
  read(file: LeftFile, settings: DoorSettings, signal: AbortSignal): AsyncIterable<Capture | Unread | Passed>
}

export const isUnreadFile = (found: object): found is Unread => 'why' in found
export const isPassed = (found: object): found is Passed => 'passed' in found
