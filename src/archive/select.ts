import type { Selection } from '../model/archive.js'
import { activityIdOf } from '../model/urls.js'

export interface Where {
  sql: string
  values: (string | number)[]
}

/** A selection as a condition on the view `threads`. */
export function whereOf(selection: Selection): Where {
  const parts = [groups(selection.groups), threads(selection.threads), types(selection), dates(selection)].filter(
    part => part !== null,
  )
  return {
    sql: parts.length ? `WHERE ${parts.map(part => `(${part.sql})`).join(' AND ')}` : '',
    values: parts.flatMap(part => part.values),
  }
}

function groups(names: readonly string[] = []): Where | null {
  if (names.length === 0) return null
  const one =
    "threads.group_id IN (SELECT id FROM groups WHERE slug = ? OR group_id = ? OR name = ? COLLATE NOCASE OR ? LIKE url || '%')"
  return { sql: names.map(() => one).join(' OR '), values: names.flatMap(name => [slugIn(name), name, name, name]) }
}

/** `https://…/groups/gardeners/?acpage=2` names the group as well as `gardeners`. */
const slugIn = (name: string): string => /\/groups\/([^/?#]+)/.exec(name)?.[1] ?? name

function threads(names: readonly string[] = []): Where | null {
  if (names.length === 0) return null
  const one = 'threads.id IN (SELECT thread_id FROM posts WHERE activity_id = ?)'
  return { sql: names.map(() => one).join(' OR '), values: names.map(threadId) }
}

/** An id, or a permalink in any form; that of a reply names its thread, too. */
export function threadId(name: string): string {
  const fragment = /#(?:bb-rl-)?acomment-(\d+)$/.exec(name)?.[1]
  if (fragment) return fragment
  if (!/^https?:\/\//i.test(name)) return name
  try {
    return activityIdOf(name) ?? name
  } catch {
    return name
  }
}

function types({ types = [], withoutTypes = [] }: Selection): Where | null {
  const marks = (list: readonly string[]) => list.map(() => '?').join(', ')
  if (types.length > 0) return { sql: `threads.type IN (${marks(types)})`, values: [...types] }
  return withoutTypes.length > 0
    ? { sql: `threads.type NOT IN (${marks(withoutTypes)})`, values: [...withoutTypes] }
    : null
}

/** A post whose date is an interval lies in the time if it may lie there. */
function dates({ after, before }: Selection): Where | null {
  if (!after && !before) return null
  const conditions = [
    ...(after ? ["COALESCE(posted_to, '9999') >= ?"] : []),
    ...(before ? ["COALESCE(posted_from, '') < ?"] : []),
  ]
  return {
    sql: `threads.id IN (SELECT thread_id FROM posts WHERE status <> 'unread' AND ${conditions.join(' AND ')})`,
    values: [after, before].filter(date => date !== undefined),
  }
}
