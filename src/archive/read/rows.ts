import type { Completeness, GroupSummary, StoredAuthor, StoredGroup, ThreadSummary } from '../../model/archive.js'
import type { Instant } from '../../model/discussion.js'
import { withEllipsis } from '../../model/markup/white-space.js'
import { namelessFirst } from '../../model/people/nameless.js'
import { IN_LIST, type Statements } from '../database/statements.js'

/** A row of `threadsQuery`. */
export interface ThreadRow {
  id: number
  site_post_id: string
  site: string
  type: string
  title: string | null
  url: string
  status: string
  posted_from: Instant | null
  posted_to: Instant | null
  last_post_at: Instant | null
  replies: number
  held: number
  claimed: number | null
  completeness: Completeness['state']
  gone: number
  group_native: string | null
  group_slug: string | null
  group_name: string | null
  group_url: string | null
  member_row: number | null
  member_native: string | null
  member_slug: string | null
  member_name: string | null
  member_url: string | null
  forgotten: number | null
  read_at: Instant | null
  /** `unknown`: a source of a caller asked nobody. */
  read_as: ThreadSummary['readAs'] | 'unknown'
  timezone: string | null
  /** Number of posts that were read, and the bytes of their texts. */
  posts: number
  bytes: number
}

/** The cells of `MEMBER_COLUMNS`. */
export type MemberColumns = Pick<
  ThreadRow,
  'member_row' | 'member_native' | 'member_slug' | 'member_name' | 'member_url'
>

export const MEMBER_COLUMNS = `members.id AS member_row, members.site_member_id AS member_native, members.slug AS member_slug, members.name AS member_name,
  members.url AS member_url`

export const GROUPS = `SELECT groups.site_group_id AS id, groups.slug, groups.name, groups.url, groups.status, groups.access, groups.stream_read_at, groups.left_out, sites.url AS site,
    count(threads.id) AS threads, COALESCE(sum(threads.replies + (threads.status <> 'unread')), 0) AS posts,
    COALESCE(sum(threads.held) FILTER (WHERE threads.status <> 'gone'), 0) AS held,
    sum(threads.claimed) FILTER (WHERE threads.status <> 'gone') AS claimed,
    (SELECT count(*) FROM posts WHERE posts.group_id = groups.id AND posts.status <> 'live' AND posts.status = 'gone') AS gone,
    COALESCE(sum(threads.completeness = 'short') FILTER (WHERE threads.status <> 'gone'), 0) AS short_threads,
    COALESCE(sum(threads.completeness = 'unknown') FILTER (WHERE threads.status <> 'gone'), 0) AS unknown_threads, max(threads.last_post_at) AS last_post_at,
    max(0, (SELECT COALESCE(max(task ->> '$.counted'), 0) FROM frontier WHERE frontier.group_id = groups.id AND state IN ('failed', 'past'))
      - count(threads.id) FILTER (WHERE threads.status <> 'gone')) AS not_shown,
    EXISTS (SELECT 1 FROM frontier WHERE frontier.group_id = groups.id AND state IN ('failed', 'past') AND task ->> '$.kind' = 'feed') AS open_feed
  FROM groups JOIN sites ON sites.id = groups.site_id LEFT JOIN readable_threads AS threads ON threads.group_id = groups.id
  GROUP BY groups.id ORDER BY groups.id`

export const NAMED_GROUPS = `SELECT groups.site_group_id AS id, groups.slug, groups.name, groups.url, sites.url AS site, groups.status, groups.access
  FROM groups JOIN sites ON sites.id = groups.site_id ORDER BY groups.id`

const BY_DOOR = "CASE WHEN captures.door IS NULL THEN captures.reader ELSE 'import' END"

/**
 * What the posts of threads add up to, by the rules of the view `readable_threads`: one walk over the posts, where the view makes one for each of
 * its columns.
 */
const COUNTS = `SELECT root.id, count(*) FILTER (WHERE posts.id <> root.id) AS replies,
    max(COALESCE(posts.posted_at, posts.posted_from)) AS last_post_at, max(posts.last_seen_at) AS last_seen_at,
    count(*) FILTER (WHERE posts.truncated = 0
      AND (root.status = 'gone' OR (posts.status = 'live' AND posts.last_seen_at >= COALESCE(threads.whole_view_at, '')))) AS held,
    count(*) FILTER (WHERE posts.truncated = 1 AND (root.status = 'gone' OR posts.status <> 'gone')) AS shortened,
    count(*) FILTER (WHERE posts.status = 'gone') AS gone, count(*) FILTER (WHERE posts.status <> 'unread') AS posts,
    sum(octet_length(posts.html) + octet_length(posts.text)) AS bytes
  FROM posts JOIN posts AS root ON root.id = posts.thread_id AND root.thread_id = root.id JOIN threads ON threads.id = root.id
  WHERE posts.thread_id ${IN_LIST} GROUP BY root.id`

/**
 * Threads as `ThreadRow`, of row ids, a JSON list. An archive that is only read may be older: it has no imports before schema 4, and no zones
 * before 7.
 */
export const threadsQuery = (
  sql: Statements,
): string => `SELECT root.id, root.site_post_id, root.type, root.title, root.url, root.status,
  root.posted_from, root.posted_to, root.forgotten, root.group_id, threads.claimed, threads.whole_view_at, counted.*,
  CASE WHEN threads.whole_view_at IS NULL THEN 'unknown' WHEN held >= claimed AND shortened = 0 THEN 'complete' ELSE 'short' END AS completeness,
  COALESCE(threads.whole_view_at, counted.last_seen_at) AS read_at,
  (SELECT ${sql.has('captures', 'door') ? BY_DOOR : 'captures.reader'} FROM captures
    WHERE captures.id = COALESCE(threads.view_capture_id, root.last_capture_id)) AS read_as,
  sites.url AS site, ${sql.columnOrNull('sites', 'timezone')} AS timezone, groups.site_group_id AS group_native, groups.slug AS group_slug, groups.name AS group_name,
  groups.url AS group_url, ${MEMBER_COLUMNS}
  FROM (${COUNTS}) AS counted JOIN posts AS root ON root.id = counted.id JOIN threads ON threads.id = root.id
  JOIN sites ON sites.id = root.site_id LEFT JOIN groups ON groups.id = root.group_id LEFT JOIN members ON members.id = root.member_id`

export const THREAD_ORDER = `ORDER BY COALESCE(threads.posted_from, threads.posted_to, '9999'), CAST(threads.site_post_id AS INTEGER), threads.site_post_id,
  (SELECT key FROM sites WHERE sites.id = threads.site_id)`

export const storedAuthor = (row: MemberColumns): StoredAuthor | null =>
  row.member_row === null
    ? null
    : { id: row.member_native, slug: row.member_slug, name: row.member_name, url: row.member_url }

export function threadSummary(row: ThreadRow): ThreadSummary {
  const author = storedAuthor(row)
  return {
    id: row.site_post_id,
    site: row.site,
    group:
      row.group_slug === null
        ? null
        : storedGroup(row.group_native, row.group_slug, row.group_name, row.group_url ?? ''),
    url: row.url,
    title: row.forgotten === 1 && !row.title ? '(forgotten)' : threadTitle(row.title, row.type, row.member_name),
    type: row.type,
    author,
    when: { from: row.posted_from, to: row.posted_to },
    lastPostAt: row.last_post_at,
    replies: row.replies,
    status: row.status === 'gone' ? 'gone' : 'live',
    gonePosts: row.gone,
    completeness: { state: row.completeness, held: row.held, claimed: row.claimed },
    readAt: row.read_at,
    readAs: row.read_as === 'unknown' ? null : row.read_as,
    timezone: row.timezone,
  }
}

export const storedGroup = (id: string | null, slug: string, name: string | null, url: string): StoredGroup => ({
  id,
  slug,
  name,
  url,
})

const NOTICE_TITLES: Record<string, string> = {
  joined_group: 'joined the group',
  created_group: 'created the group',
  group_details_updated: "changed the group's details",
  new_member: 'became a member',
  new_avatar: 'changed their picture',
  updated_profile: 'changed their profile',
  friendship_created: 'made a friend',
  friendship_accepted: 'made a friend',
}

/** The title to show; never empty. */
export const threadTitle = (title: string | null, type: string, author: string | null): string =>
  title ? withOneEllipsis(title) : fallbackTitle(type, author)

/** Earlier versions stored two signs where a title was cut behind a full stop (`a glove.…`), and an archive without captures cannot make it again. */
const withOneEllipsis = (title: string): string =>
  title.length > 40 && title.endsWith('…') ? withEllipsis(title) : title

/** Title of a post without words: what happened, for membership notices; otherwise "(no words)". */
export const fallbackTitle = (type: string, author: string | null): string =>
  NOTICE_TITLES[type] ? `${author ?? namelessFirst({ id: null })} ${NOTICE_TITLES[type]}` : '(no words)'

/** A row of `GROUPS`. */
export interface GroupRow extends StoredGroup, Pick<GroupSummary, 'site' | 'status' | 'access' | 'threads' | 'posts'> {
  gone: number
  held: number
  claimed: number | null
  left_out: number
  /** Posts that the site counts in its stream and did not show. */
  not_shown: number
  /** 1: its lists leave out posts, and its feed could not be read to the end. */
  open_feed: 0 | 1
  short_threads: number
  unknown_threads: number
  stream_read_at: Instant | null
  last_post_at: Instant | null
}

export function groupSummary(row: GroupRow): GroupSummary {
  const { id, slug, name, url, site, status, access, threads, posts } = row
  // Nobody knows what has become of a group that was closed since.
  const isRead = access !== 'members' && (row.stream_read_at !== null || row.not_shown > 0)
  const isShort = row.short_threads !== 0 || row.left_out > 0 || row.not_shown > 0
  const state = !isRead
    ? 'unknown'
    : isShort
      ? 'short'
      : row.unknown_threads !== 0 || row.open_feed === 1
        ? 'unknown'
        : 'complete'
  const claimed = isRead ? (row.claimed ?? 0) + row.left_out + row.not_shown : null
  return {
    ...{ id, slug, name, url, site, status, access, threads, posts },
    gonePosts: row.gone,
    completeness: { state, held: row.held, claimed },
    lastPostAt: row.last_post_at,
  }
}
