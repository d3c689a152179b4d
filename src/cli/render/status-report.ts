import type { Standing, SyncStanding, TargetStanding } from '../../model/archive.js'
import { planOf } from '../../run/plan/pass-plan.js'
import { loginsOf, type TargetLogin } from '../session/target-sessions.js'
import type { Io } from '../terminal/io.js'

/** What the next sync does: go on where the last reading stopped, read all, or what is new and, by turns, some of the old. */
export type NextSync = 'resume' | 'whole' | 'part'

/** A target as `threadkeep.status/1` has it. */
export type TargetReport = Omit<TargetStanding, 'sync'> & {
  /** Since the end of its last reading; null: it came to none. */
  ageSeconds: number | null
  logins: TargetLogin[]
  sync?: Omit<SyncStanding, 'lastBegunAt'> & { next: NextSync }
}

export type StatusReport = Omit<Standing, 'targets'> & { targets: TargetReport[] }

/** The archive's standing, and what only the outside knows: the time, and which logins are kept. */
export async function statusReport(standing: Standing, io: Io): Promise<StatusReport> {
  const logins = await loginsOf(
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

function syncOf({ lastBegunAt, ...sync }: SyncStanding, { pending }: Pick<TargetStanding, 'pending'>, now: number) {
  const usual = { full: false, explain: false, audit: null, lookBackSeconds: 0 }
  const next: NextSync = pending > 0 ? 'resume' : planOf({ ...sync, lastBegunAt }, usual, now).kind
  return { ...sync, next }
}
