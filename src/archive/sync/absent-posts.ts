import type { FeedSample } from '../../model/page.js'
import type { Statements } from '../database/statements.js'
import type { Pass } from './frontier.js'
import { openings } from './thread-refs.js'

/** A feed of a group, by the row ids of the group and its site. */
interface GroupFeed {
  site: number
  group: number
  samples: readonly FeedSample[]
}

/**
 * Ids of the posts of a feed that no list has shown. Left out are those that came since the pass began, which may be on no list yet, and all
 * of a group whose list this pass could not read to its end: the next pass goes on there.
 */
export function absentPosts(sql: Statements, { site, group, samples }: GroupFeed, pass: Pass): string[] {
  if (sql.one<number>(UNREAD, pass.target, group) !== undefined) return []
  const older = samples.filter(({ when }) => when?.to != null && when.to < pass.startedAt).map(({ id }) => id)
  const held = openings(sql, site, older)
  return older.filter(id => !held.has(id))
}

const UNREAD = `SELECT 1 FROM frontier WHERE target_id = ? AND group_id = ? AND state IN ('pending', 'failed')
  AND task ->> '$.kind' IN ('stream', 'group', 'target') LIMIT 1`
