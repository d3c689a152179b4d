import type { DateCounts, PostCounts, Provenance } from '../../model/reports/provenance.js'
import type { Statements } from '../database/statements.js'
import { runRecords } from './run-records.js'

/** How the content of the archive came into it. The memory that it takes grows with the number of runs, not of posts. */
export const provenanceOf = (sql: Statements): Provenance => ({
  runs: runRecords(sql),
  merged: sql.rows('SELECT label, merged_at AS at FROM archives ORDER BY id'),
  posts: postCounts(sql),
})

const POSTS = `SELECT count(*) FILTER (WHERE status = 'live') AS live, count(*) FILTER (WHERE status = 'gone') AS gone,
  count(*) FILTER (WHERE status = 'unread') AS unread, count(*) FILTER (WHERE id = thread_id AND status <> 'unread') AS threads,
  count(DISTINCT member_id) FILTER (WHERE status <> 'unread') AS authors,
  count(*) FILTER (WHERE truncated = 1 AND status <> 'unread') AS shortened, count(*) FILTER (WHERE forgotten = 1) AS erased,
  count(*) FILTER (WHERE edited = 1) AS markedEdited FROM posts`

const VERSIONS = 'SELECT count(*) AS versions, count(DISTINCT post_id) AS versionedPosts FROM revisions'

const COMPLETENESS = `SELECT count(*) FILTER (WHERE completeness = 'complete') AS complete, count(*) FILTER (WHERE completeness = 'short') AS short,
  count(*) FILTER (WHERE completeness = 'unknown') AS unknown, COALESCE(sum(claimed), 0) AS claimed,
  COALESCE(sum(held) FILTER (WHERE claimed IS NOT NULL), 0) AS held FROM readable_threads WHERE status = 'live'`

const DATES = `SELECT count(*) FILTER (WHERE posted_from = posted_to) AS exact, count(*) FILTER (WHERE posted_from <> posted_to) AS interval,
  count(*) FILTER (WHERE (posted_from IS NULL) <> (posted_to IS NULL)) AS bound,
  count(*) FILTER (WHERE posted_from IS NULL AND posted_to IS NULL) AS unknown,
  max(julianday(posted_to) - julianday(posted_from)) FILTER (WHERE posted_from <> posted_to) AS widestDays,
  min(posted_from) AS first, max(posted_to) AS last FROM posts WHERE status <> 'unread'`

type Completeness = Record<'complete' | 'short' | 'unknown' | 'claimed' | 'held', number>

function postCounts(sql: Statements): PostCounts {
  const one = <Row>(query: string) => sql.row<Row>(query) as Row
  const { claimed, held, ...completeness } = one<Completeness>(COMPLETENESS)
  return {
    ...one<Omit<PostCounts, 'dates' | 'completeness'>>(POSTS),
    ...one<Pick<PostCounts, 'versions' | 'versionedPosts'>>(VERSIONS),
    erasedMembers: sql.one<number>('SELECT count(*) FROM members WHERE forgotten_at IS NOT NULL') ?? 0,
    withheld: sql.one<number>('SELECT count(*) FROM captures WHERE withheld = 1') ?? 0,
    dates: one<DateCounts>(DATES),
    ...{ completeness, claimed, held },
  }
}
