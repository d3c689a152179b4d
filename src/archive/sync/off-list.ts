import { IN_LIST, type Statements } from '../database/statements.js'
import type { GroupFeed } from './absent-posts.js'
import { OFF_LIST, type ThreadRow, threadRows } from './thread-refs.js'
import { MAY_HAVE_SEEN, type Viewpoint } from './tombstones.js'

/*
 * Threads that no list of their site shows: only feeds have them, and their own pages. That they are on no list says nothing, so that each
 * pass asks for a few of them: the cost of a pass must not grow with their number.
 */

/** Such threads that are requested again in a pass: those that were read longest ago. */
const AGAIN = 10

const LIVE = (root: string) => `${root}.id = ${root}.thread_id AND ${root}.status = 'live'`

/** Those of the groups of this pass that it has not seen yet, to find out which of them are gone. */
export const offListThreads = (sql: Statements, { pass, reader }: Viewpoint): ThreadRow[] =>
  threadRows(
    sql,
    `WHERE ${LIVE('root')} AND root.last_capture_id <= ? AND ${OFF_LIST('root')} AND ${MAY_HAVE_SEEN('root')}
      AND root.group_id IN (SELECT group_id FROM frontier WHERE target_id = ?) ORDER BY root.last_capture_id, root.id LIMIT ?`,
    pass.after,
    reader,
    pass.target,
    AGAIN,
  )

/** Base URLs of the sites whose lists leave out posts. */
export const leavingOut = (sql: Statements): ReadonlySet<string> =>
  new Set(sql.column<string>(`SELECT url FROM sites WHERE EXISTS (${OF_SITE('sites.id')})`))

const OF_SITE = (site: string) =>
  `SELECT 1 FROM posts AS root WHERE root.site_id = ${site} AND ${LIVE('root')} AND ${OFF_LIST('root')}`

/** Those of these threads, by their ids, that are on no list. `site`: row id. */
export const offListAmong = (sql: Statements, site: number, threads: readonly { id: string }[]): ReadonlySet<string> =>
  new Set(sql.column<string>(AMONG, site, JSON.stringify(threads.map(({ id }) => id))))

const AMONG = `SELECT site_post_id FROM posts AS root WHERE root.site_id = ? AND root.site_post_id ${IN_LIST} AND ${OFF_LIST('root')}`

/**
 * Such threads that a page of the feed of their group should show, because it has older and newer ones, and does not: they may be gone.
 * `isFirst`: nothing is newer than this page.
 */
export function dropped(
  sql: Statements,
  { group, samples }: GroupFeed,
  { pass: { after }, reader }: Viewpoint,
  isFirst: boolean,
): ThreadRow[] {
  const times = samples.flatMap(({ when }) => when?.to ?? []).sort()
  const [oldest, newest] = [times[0], isFirst ? '9999' : times.at(-1)]
  if (oldest === undefined || newest === undefined) return []
  const ids = JSON.stringify(samples.map(({ id }) => id))
  return threadRows(sql, DROPPED, group, oldest, newest, after, ids, reader, AGAIN)
}

const DROPPED = `WHERE root.group_id = ? AND ${LIVE('root')} AND root.posted_from > ? AND root.posted_to < ? AND root.last_capture_id <= ?
  AND root.site_post_id NOT ${IN_LIST} AND ${OFF_LIST('root')} AND ${MAY_HAVE_SEEN('root')}
  ORDER BY root.last_capture_id, root.id LIMIT ?`
