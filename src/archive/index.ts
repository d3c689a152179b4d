import { Archive } from './archive.js'
import { connect, explained, type Mode } from './connection.js'
import type { ArchiveEnv } from './env.js'
import { takeLock } from './lock.js'

export type { Looking } from './absence.js'
export type { Archive, Next } from './archive.js'
export type { Changes } from './changes.js'
export type { Pass, PendingTask } from './frontier.js'
export type { KeptCapture } from './kept-captures.js'
export type { Step } from './page-saver.js'
export type { Authority, PageResult } from './pages.js'
export type { Reparsing } from './reparsing.js'
export type { Search } from './search.js'
export type { ThreadRow } from './thread-rows.js'
export type { LargeGroup } from './turns.js'
export type { ArchiveEnv }

/**
 * Opens an archive; `write` makes and migrates it and takes the lock until `close`.
 * @throws ArchiveError (exit 6) if it can't be opened; BusyError (exit 7) if another run holds it.
 */
export function openArchive(file: string, mode: Mode, env: ArchiveEnv): Archive {
  const db = connect(file, mode)
  if (mode === 'read') return new Archive(db, file, null)
  const holder = { pid: env.pid, host: env.host, started_at: new Date(env.now()).toISOString(), command: env.command }
  try {
    takeLock(db, holder, env.isAlive)
  } catch (error) {
    db.close()
    throw explained(error, file)
  }
  return new Archive(db, file, holder)
}
