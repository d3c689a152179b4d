import type { Post } from '../../model/discussion.js'
import type { FeedSample } from '../../model/page.js'
import { IN_LIST, type Statements } from '../database/statements.js'
import type { Pass } from './frontier.js'
import { openings } from './thread-refs.js'

/** A feed of a group, by the row ids of the group and its site. */
export interface GroupFeed {
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

/** Threads of a feed page that are read again on their own pages in each pass, in rotation. */
const AGAIN = 10

/** The threads of these posts that no page has shown whole, and those that were shown longest ago. `site`: row id. */
export const unviewed = (sql: Statements, site: number, posts: readonly Pick<Post, 'id'>[]): string[] =>
  sql.rows<{ id: string }>(UNVIEWED, site, JSON.stringify(posts.map(({ id }) => id)), AGAIN).map(({ id }) => id)

const UNVIEWED = `SELECT id FROM (SELECT site_post_id AS id, view_capture_id AS view, row_number() OVER (ORDER BY view_capture_id NULLS LAST) AS place
  FROM threads JOIN posts USING (id) WHERE posts.site_id = ? AND site_post_id ${IN_LIST})
  WHERE view IS NULL OR place <= ?`

const UNREAD = `SELECT 1 FROM frontier WHERE target_id = ? AND group_id = ? AND state IN ('pending', 'failed')
  AND task ->> '$.kind' IN ('stream', 'group', 'target') LIMIT 1`
