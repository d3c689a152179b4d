import type { ArchiveStatus, SyncStatus, TargetStatus } from '../../model/archive.js'
import { passPlanOf } from '../../run/plan/pass-plan.js'
import { sessionsOfTargets, type TargetSession } from '../session/target-sessions.js'
import type { Io } from '../terminal/io.js'

/** What the next sync does: continue the last pass, read everything, or read what is new and a part of the old threads. */
export type NextSync = 'resume' | 'whole' | 'part'

/** A target as `threadkeep.status/1` has it. */
export type TargetReport = Omit<TargetStatus, 'sync'> & {
  /** Seconds since the end of its last pass; null: no pass has finished. */
  ageSeconds: number | null
  logins: TargetSession[]
  sync?: Omit<SyncStatus, 'lastBegunAt'> & { next: NextSync }
}

export type StatusReport = Omit<ArchiveStatus, 'targets'> & { targets: TargetReport[] }

/** The status of the archive, with the age of each target and the logins that are kept for it. */
export async function statusReport(status: ArchiveStatus, io: Io): Promise<StatusReport> {
  const logins = await sessionsOfTargets(
    status.targets.map(({ url }) => url),
    io,
  )
  return {
    ...status,
    targets: status.targets.map(({ sync, ...target }) => ({
      ...target,
      ageSeconds: ageOf(target.finishedAt, io.now()),
      logins: logins.get(target.url) ?? [],
      ...(sync ? { sync: syncOf(sync, target, io.now()) } : {}),
    })),
  }
}

/** Never negative, even if the clock was set back. */
function ageOf(at: string | null, now: number): number | null {
  const age = at === null ? Number.NaN : Math.floor((now - Date.parse(at)) / 1000)
  return Number.isNaN(age) ? null : Math.max(0, age)
}

function syncOf({ lastBegunAt, ...sync }: SyncStatus, { pending }: Pick<TargetStatus, 'pending'>, now: number) {
  const usual = { full: false, explain: false, audit: null, lookBackSeconds: 0 }
  const next: NextSync = pending > 0 ? 'resume' : passPlanOf({ ...sync, lastBegunAt }, usual, now).kind
  return { ...sync, next }
}
