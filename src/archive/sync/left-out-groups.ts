import { addressKey } from '../../model/addresses.js'
import type { Task } from '../../model/task.js'
import type { Statements } from '../database/statements.js'
import { OPTIONS, storedJson } from '../schema/stored-json.js'

/** The groups of a target, by their addresses, that its syncs leave out: the user took them off. */
export function leftOut(sql: Statements, target: number): ReadonlySet<string> {
  const options = sql.one<string>('SELECT options FROM targets WHERE id = ?', target)
  const urls = options === undefined ? [] : storedJson(OPTIONS, options, 'targets.options').without
  return new Set((urls ?? []).map(addressKey))
}

/** Whether the task is to read one of these groups. */
export function isOfAny(groups: ReadonlySet<string>, task: Task): boolean {
  if (groups.size === 0) return false
  if (task.kind === 'group') return groups.has(addressKey(task.request.url))
  return task.kind === 'stream' && task.groupSlug !== null && groups.has(addressKey(task.home))
}

/** Takes a group off a target: the requests for it that are open or failed are dropped, and later passes make none. */
export function leaveOut(sql: Statements, target: string, group: string): void {
  const row = sql.row<{ id: number; options: string }>('SELECT id, options FROM targets WHERE url = ?', target)
  if (!row) return
  const options = storedJson(OPTIONS, row.options, 'targets.options')
  const others = (options.without ?? []).filter(url => addressKey(url) !== addressKey(group))
  sql.update('targets', row.id, { options: JSON.stringify({ ...options, without: [...others, group] }) })
  sql.run(DROP_TASKS, row.id, addressKey(group), group)
}

const DROP_TASKS = `DELETE FROM frontier WHERE target_id = ? AND state <> 'done'
  AND (address_key(COALESCE(task ->> '$.home', task ->> '$.request.url')) = ? OR group_id = (SELECT id FROM groups WHERE url = ?))`
