import type { Registered, SyncOptions } from '../../model/sync.js'
import type { PassPlan } from '../../model/task.js'

/** Targets with at most this number of threads are read whole at each sync: by REST that is five requests. */
const MAX_WHOLE = 500

/** How much of a target a sync reads. `now`: Unix milliseconds. A target that no pass has read whole is read whole. */
export function passPlanOf(
  target: Omit<Registered, 'url' | 'options'>,
  { full, lookBackSeconds, audit }: SyncOptions,
  now: number,
): PassPlan {
  const { fullReadAt, lastBegunAt, threads } = target
  const isSmall = threads <= MAX_WHOLE && audit === null
  if (full || isSmall || fullReadAt === null || lastBegunAt === null) return { kind: 'whole' }
  const since = new Date(now - lookBackSeconds * 1000).toISOString()
  return { kind: 'part', since, last: lastBegunAt, turns: audit }
}
