import type { SyncFacts, ThreadRow } from '../../../archive/index.js'
import type { TopicTask } from '../../../model/task.js'
import type { RecheckReason } from '../../../model/task-reasons.js'
import { rebase } from '../../../model/urls.js'
import { topicTask } from './forum-tasks.js'

/**
 * The topics that a sync requests by themselves: those that their lists no longer show, those that were seen without a reply that they
 * had, and the ones that were read longest ago, because lists show no edits.
 */
export function topicsAgain({ topics }: Extract<SyncFacts, { stage: 'missed' }>, url: string): TopicTask[] {
  const asked = new Set<string>()
  const tasks = (rows: readonly ThreadRow[], reason: RecheckReason) =>
    rows
      .filter(({ id }) => !asked.has(id) && asked.add(id))
      .map(({ id, url: address, site }) => topicTask({ id, url: rebase(address, url) }, reason, site))
  return [...tasks(topics.missing, 'missed'), ...tasks(topics.absent, 'absent'), ...tasks(topics.turn, 'turn')]
}
