import { IN_LIST, type Statements } from '../database/statements.js'
import type { Pass } from './frontier.js'
import { OF_FORUM } from './thread-refs.js'

/** A group whose pages or AJAX responses this pass has read. */
export interface ComparedGroup {
  url: string
  site: string
  /** Number of its live threads. */
  threads: number
  /** Ids of those with the most replies. */
  samples: string[]
}

/** Threads of a group that are compared by themselves. */
const SAMPLES = 3

/** Groups that this pass has read by pages or AJAX, of sites that have shown no post of any group but in feeds. */
export const emptyGroups = (sql: Statements, pass: Pass): Pick<ComparedGroup, 'url' | 'site'>[] =>
  sql.rows(EMPTY, readByPages(sql, pass))

/** Groups whose posts can be compared with what a site says of them without its theme, those with most posts first. REST needs no comparison. */
export function comparedGroups(sql: Statements, pass: Pass): ComparedGroup[] {
  return sql
    .rows<Omit<ComparedGroup, 'samples'> & { id: number }>(GROUPS, readByPages(sql, pass))
    .map(({ id, ...group }) => ({
      ...group,
      samples: sql.rows<{ id: string }>(LARGEST, id, SAMPLES).map(row => row.id),
    }))
}

/** Row ids as a JSON list. */
const readByPages = (sql: Statements, { target }: Pass): string =>
  JSON.stringify(sql.rows<{ id: number }>(READ_BY_PAGES, target).map(({ id }) => id))

/** The page of a group may be all of its stream: then its capture is the last of the stream. */
const READ_BY_PAGES = `SELECT DISTINCT group_id AS id FROM frontier WHERE target_id = ? AND state = 'done' AND group_id IS NOT NULL
  AND CASE task ->> '$.kind'
    WHEN 'stream' THEN task ->> '$.groupSlug' IS NOT NULL AND task ->> '$.route' <> 'rest' AND task ->> '$.turn' IS NULL
    ELSE capture_id = (SELECT stream_capture_id FROM groups WHERE groups.id = group_id) END`

const GROUPS = `SELECT groups.id, groups.url, sites.url AS site, count(posts.id) FILTER (WHERE posts.id = posts.thread_id) AS threads
  FROM groups JOIN sites ON sites.id = groups.site_id LEFT JOIN posts ON posts.group_id = groups.id AND posts.status = 'live'
  WHERE groups.id ${IN_LIST} GROUP BY groups.id ORDER BY count(posts.id) DESC, groups.id`

const LARGEST = `SELECT root.site_post_id AS id FROM posts AS root
  WHERE root.group_id = ? AND root.id = root.thread_id AND root.status = 'live' AND NOT ${OF_FORUM('root')}
  ORDER BY (SELECT count(*) FROM posts WHERE thread_id = root.id) DESC, root.id DESC LIMIT ?`

const EMPTY = `SELECT groups.url, sites.url AS site FROM groups JOIN sites ON sites.id = groups.site_id
  WHERE groups.id ${IN_LIST} AND NOT EXISTS (SELECT 1 FROM posts JOIN captures ON captures.id = posts.last_capture_id
    WHERE posts.site_id = groups.site_id AND posts.group_id IS NOT NULL AND NOT ${OF_FORUM('posts')}
    AND captures.door IS NULL AND captures.purpose ->> '$.kind' <> 'feed')
  ORDER BY groups.id`
