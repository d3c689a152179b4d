import type { StoredThread } from '../model/archive.js'

/** One output format: renders, and never opens a file. A stream is `open`, then threads with `between`, then `close`. */
export interface Exporter {
  /** What `-f` takes. */
  name: string
  /** One line for help and README. */
  summary: string
  /** File name extension, without the dot. */
  extension: string
  /** Item types that this format leaves out unless `--types` names them. */
  leavesOut: readonly string[]
  /** True if a folder of one file a thread is what most people want. */
  oneFileAThread: boolean
  open: string
  between: string
  close: string
  /** One thread; also the whole of its file when each thread has its own. Ends with a line feed. */
  thread(thread: StoredThread): string
}

/** Membership notices and the like: no discussion (design.md, section 7). */
export const NOTICES = [
  'joined_group',
  'created_group',
  'group_details_updated',
  'new_member',
  'new_avatar',
  'updated_profile',
  'friendship_accepted',
  'friendship_created',
] as const

/** The stream of many threads, piece by piece, so that memory stays flat. */
export function* renderStream(exporter: Exporter, threads: Iterable<StoredThread>): Generator<string> {
  yield exporter.open
  let first = true
  for (const thread of threads) {
    if (!first) yield exporter.between
    first = false
    yield exporter.thread(thread)
  }
  yield exporter.close
}
