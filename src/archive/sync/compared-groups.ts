import { IN_LIST, type Statements } from '../database/statements.js'
import type { Pass } from './frontier.js'
import { leavingOut } from './off-list.js'
import { OF_FORUM } from './thread-refs.js'

/** A group whose pages or AJAX responses this pass has read. */
export interface ComparedGroup {
  url: string
  site: string
  /** Number of its live threads. */
  threads: number
  /** Ids of those with the most replies. */
  samples: string[]
  /** True if the lists of its site leave out posts. */
  leftOut: boolean
}

/** Threads of a group that are compared by themselves. */
const SAMPLES = 3

/** A group that this pass has read by pages or AJAX, and that no list has ever shown a post of. */
export interface EmptyGroup extends Pick<ComparedGroup, 'url' | 'site' | 'leftOut'> {
  /** 1: no list of its site has shown a post of any group. */
  silent: number
  /** 1: this pass was the first to see it, or it has posts that only a feed showed. */
  due: number
}

/** The groups whose feeds were asked longest ago come first. */
export function emptyGroups(sql: Statements, pass: Pass): EmptyGroup[] {
  const sites = leavingOut(sql)
  return sql
    .rows<Omit<EmptyGroup, 'leftOut'>>(EMPTY, pass.startedAt, readByPages(sql, pass))
    .map(group => ({ ...group, leftOut: sites.has(group.site) }))
}

/** Groups whose posts can be compared with what a site says of them without its theme, those with most posts first. REST needs no comparison. */
export function comparedGroups(sql: Statements, pass: Pass): ComparedGroup[] {
  const sites = leavingOut(sql)
  return sql
    .rows<Omit<ComparedGroup, 'samples' | 'leftOut'> & { id: number }>(GROUPS, readByPages(sql, pass))
    .map(({ id, ...group }) => ({
      ...group,
      leftOut: sites.has(group.site),
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
  FROM groups JOIN sites ON sites.id = groups.site_id JOIN posts ON posts.group_id = groups.id AND posts.status = 'live'
  WHERE groups.id ${IN_LIST} GROUP BY groups.id ORDER BY count(posts.id) DESC, groups.id`

const LARGEST = `SELECT root.site_post_id AS id FROM posts AS root
  WHERE root.group_id = ? AND root.id = root.thread_id AND root.status = 'live' AND NOT ${OF_FORUM('root')}
  ORDER BY (SELECT count(*) FROM posts WHERE thread_id = root.id) DESC, root.id DESC LIMIT ?`

const SHOWN_BY_LIST = `FROM posts JOIN captures ON captures.id = posts.last_capture_id
    WHERE NOT ${OF_FORUM('posts')} AND captures.door IS NULL AND captures.purpose ->> '$.kind' <> 'feed'`

const EMPTY = `SELECT groups.url, sites.url AS site,
    NOT EXISTS (SELECT 1 ${SHOWN_BY_LIST} AND posts.site_id = groups.site_id AND posts.group_id IS NOT NULL) AS silent,
    groups.first_seen_at >= ? OR EXISTS (SELECT 1 FROM posts WHERE posts.group_id = groups.id AND NOT ${OF_FORUM('posts')}) AS due
  FROM groups JOIN sites ON sites.id = groups.site_id
  WHERE groups.id ${IN_LIST} AND NOT EXISTS (SELECT 1 ${SHOWN_BY_LIST} AND posts.group_id = groups.id)
  ORDER BY (SELECT max(id) FROM captures WHERE captures.url = groups.url || 'feed/'), groups.id`
