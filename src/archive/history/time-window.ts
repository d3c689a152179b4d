import type { Instant } from '../../model/discussion.js'
import type { ChangeQuery } from '../../model/reports/changes.js'
import type { Where } from '../query/name-lookup.js'
import { whereOf } from '../query/selection.js'

/** A query of changes as SQL wants it. */
export interface TimeWindow {
  from: string
  to: string
  /** A condition on `threads`, their opening posts; always one. */
  where: Where
  /** It chooses nothing away. */
  all: boolean
}

export function timeWindowOf({ since, until, selections }: ChangeQuery): TimeWindow {
  const parts = selections.map(whereOf)
  const all = parts.length === 0 || parts.some(({ sql }) => sql === '')
  const sql = all ? 'true' : `(${parts.map(part => `(${part.sql.replace(/^WHERE /, '')})`).join(' OR ')})`
  return {
    from: bound(since),
    to: until === null ? '9999' : bound(until),
    where: { sql, values: all ? [] : parts.flatMap(part => part.values) },
    all,
  }
}

/**
 * Times of reading have milliseconds and those of users have none: `10:00:00.5Z` would sort before `10:00:00Z`. Without its last
 * letter an instant sorts before all that begins with it.
 */
export const bound = (at: Instant): string => at.replace(/Z$/, '')

/** Events of names: of a group that is chosen, or of a member who wrote in what is chosen. The condition stands in it twice. */
export function renameCondition({ where, all }: TimeWindow): string {
  if (all) return 'true'
  return `(events.group_id IN (SELECT threads.group_id FROM
      (SELECT id AS group_id, site_id, NULL AS id, NULL AS type FROM groups) AS threads WHERE ${where.sql})
    OR events.member_id IN (SELECT posts.member_id FROM posts JOIN posts AS threads ON threads.id = posts.thread_id
      WHERE ${where.sql}))`
}
