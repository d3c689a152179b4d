import type { Registered, SyncOptions } from '../../model/sync.js'
import type { PassPlan } from '../../model/task.js'

/** So many threads are read whole each time: by REST that is five requests. */
const MAX_WHOLE = 500

/** How much of a target a sync reads. What was never read whole, or not without gaps, is. */
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
