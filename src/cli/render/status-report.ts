import type { ArchiveStatus, SyncStatus, TargetStatus } from '../../model/archive.js'
import { passPlanOf } from '../../run/plan/pass-plan.js'
import { sessionsOfTargets, type TargetSession } from '../session/target-sessions.js'
import type { Io } from '../terminal/io.js'

/** What the next sync does: go on where the last reading stopped, read all, or what is new and, by turns, some of the old. */
export type NextSync = 'resume' | 'whole' | 'part'

/** A target as `threadkeep.status/1` has it. */
export type TargetReport = Omit<TargetStatus, 'sync'> & {
  /** Since the end of its last reading; null: it came to none. */
  ageSeconds: number | null
  logins: TargetSession[]
  sync?: Omit<SyncStatus, 'lastBegunAt'> & { next: NextSync }
}

export type StatusReport = Omit<ArchiveStatus, 'targets'> & { targets: TargetReport[] }

/** The archive's standing, and what only the outside knows: the time, and which logins are kept. */
export async function statusReport(standing: ArchiveStatus, io: Io): Promise<StatusReport> {
  const logins = await sessionsOfTargets(
    standing.targets.map(({ url }) => url),
    io,
  )
  return {
    ...standing,
    targets: standing.targets.map(({ sync, ...target }) => ({
      ...target,
      ageSeconds: ageOf(target.finishedAt, io.now()),
      logins: logins.get(target.url) ?? [],
      ...(sync ? { sync: syncOf(sync, target, io.now()) } : {}),
    })),
  }
}

/** A clock that was set back makes nothing younger than new. */
function ageOf(at: string | null, now: number): number | null {
  const age = at === null ? Number.NaN : Math.floor((now - Date.parse(at)) / 1000)
  return Number.isNaN(age) ? null : Math.max(0, age)
}

function syncOf({ lastBegunAt, ...sync }: SyncStatus, { pending }: Pick<TargetStatus, 'pending'>, now: number) {
  const usual = { full: false, explain: false, audit: null, lookBackSeconds: 0 }
  const next: NextSync = pending > 0 ? 'resume' : passPlanOf({ ...sync, lastBegunAt }, usual, now).kind
  return { ...sync, next }
}
