import type { Instant } from '../../model/discussion.js'
import type { ChangeQuery } from '../../model/reports/changes.js'
import type { Where } from '../query/name-lookup.js'
import { conditionOfAny } from '../query/selection.js'

/** A change query as SQL values and conditions. */
export interface TimeWindow {
  from: string
  to: string
  /** Condition of the selection on `threads`, the opening posts; `true` if it selects everything. */
  where: Where
  /** True if the selection selects everything. */
  all: boolean
}

export function timeWindowOf({ since, until, selections }: ChangeQuery): TimeWindow {
  const condition = conditionOfAny(selections)
  return {
    from: bound(since),
    to: until === null ? '9999' : bound(until),
    where: condition ? { ...condition, sql: `(${condition.sql})` } : { sql: 'true', values: [] },
    all: condition === null,
  }
}

/**
 * An instant as a bound for text comparison. Captures have milliseconds and user input has none, and `10:00:00.5Z` sorts before
 * `10:00:00Z`: without the `Z`, an instant sorts before every time within its second.
 */
export const bound = (at: Instant): string => at.replace(/Z$/, '')

/** Condition on events of the selected groups: renames, and moves out of them. */
export const ofSelectedGroups = ({
  where,
}: Pick<TimeWindow, 'where'>): string => `events.group_id IN (SELECT threads.group_id FROM
      (SELECT id AS group_id, site_id, NULL AS id, NULL AS type FROM groups) AS threads WHERE ${where.sql})`

/** Condition on rename events: of selected groups, and of members who wrote in selected threads. It needs the values of `where` twice. */
export function renameCondition({ where, all }: TimeWindow): string {
  if (all) return 'true'
  return `(${ofSelectedGroups({ where })}
    OR events.member_id IN (SELECT posts.member_id FROM posts JOIN posts AS threads ON threads.id = posts.thread_id
      WHERE ${where.sql}))`
}
