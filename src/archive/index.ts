import type { Database } from 'better-sqlite3'
import { Archive } from './archive.js'
import { BUSY_MS, connect, type Mode } from './database/connection.js'
import type { ArchiveEnv } from './database/env.js'
import { Lock } from './database/lock.js'
import { failureOf } from './verify/failure.js'

export type { Archive } from './archive.js'
export { type BrowserCookies, readCookieDatabase } from './browser/cookie-database.js'
export { facade, writableBehind } from './facade.js'
export type { ChangeFeed } from './history/change-feed.js'
export type { NewFile } from './media/media-folder.js'
export type { FetchedFile, MediaStep, MediaStore, MediaTask, MissedFile } from './media/media-store.js'
export type { BrowsedThread, Browser, ListedThread, Pages } from './read/browse.js'
export type { Found } from './reparse/compare-archive.js'
export type { Misread } from './reparse/compare-posts.js'
export type { Reparser } from './reparse/reparse.js'
export type { StoredCapture } from './reparse/stored-captures.js'
export type { Search } from './search/search.js'
export type { RestInstead } from './status/rest-instead.js'
export type { ComparedGroup, EmptyGroup } from './sync/compared-groups.js'
export type { GroupFacts, SyncFacts } from './sync/facts.js'
export type { Pass, PendingTask } from './sync/frontier.js'
export type { HeldReplies, ShortThread } from './sync/reply-counts.js'
export type { RotationThread } from './sync/rotation.js'
export type { ThreadRow } from './sync/thread-refs.js'
export type { Viewpoint } from './sync/tombstones.js'
export type { ReadingTransaction, TaskEnd } from './transaction.js'
export type { Authority, PageResult } from './write/page-result.js'
export type { PageStep } from './write/page-writer.js'
export type { ArchiveEnv }
export { failureOf }

/**
 * Opens an archive. `write` creates and migrates the file if necessary, and takes the lock until `close`.
 * @throws ArchiveError (exit 6) if the file cannot be opened.
 * @throws BusyError (exit 7) if another run holds the lock.
 */
export function openArchive(file: string, mode: Mode, env: ArchiveEnv): Archive {
  try {
    return opened(connect(file, mode), file, mode, env)
  } catch (error) {
    throw failureOf(error, file)
  }
}

function opened(db: Database, file: string, mode: Mode, env: ArchiveEnv): Archive {
  try {
    return mode === 'read' ? new Archive(db, file, null) : locked(db, file, env)
  } catch (error) {
    db.close()
    throw error
  }
}

function locked(db: Database, file: string, env: ArchiveEnv): Archive {
  const lock = new Lock(db, env)
  // From here on, a lock of another program is waited for as long as the lock of another run.
  db.pragma(`busy_timeout = ${Math.max(BUSY_MS, env.lockWait ?? 0)}`)
  return new Archive(db, file, lock)
}
