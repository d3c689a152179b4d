import type { Api, Goal, StreamTask } from '../../model/task.js'
import { firstStreamTask } from './requests.js'

type GroupGoal = Extract<Goal, { kind: 'group' }>

export const groupGoal = ({ url, slug, id }: { url: string; slug: string; id: string | null }): GroupGoal => ({
  kind: 'group',
  home: url,
  slug,
  id,
})

/** The first page of a stream by REST. */
export function restStreamTask(
  goal: Extract<Goal, { kind: 'group' | 'stream' | 'member' }>,
  api: Api,
  ajaxUrl: string,
): StreamTask {
  const group = goal.kind === 'group' ? goal : null
  const owner = group?.id ? { groupId: group.id } : goal.kind === 'member' ? { memberId: goal.id } : {}
  const groupSlug = group?.slug ?? null
  return firstStreamTask({ route: 'rest', home: goal.home, api, ajaxUrl, ...owner, legacy: false, groupSlug })
}
