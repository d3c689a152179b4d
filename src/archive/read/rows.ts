import type {
  Completeness,
  GroupSummary,
  StoredAuthor,
  StoredGroup,
  StoredPost,
  ThreadSummary,
} from '../../model/archive.js'
import type { Attachment, Instant, Link } from '../../model/discussion.js'
import type { Statements } from '../database/statements.js'

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
}

/** A row of `POSTS`. */
export type PostRow = Pick<
  ThreadRow,
  | 'site_post_id'
  | 'type'
  | 'url'
  | 'posted_from'
  | 'posted_to'
  | 'member_row'
  | 'member_native'
  | 'member_slug'
  | 'member_name'
  | 'member_url'
  | 'forgotten'
> & {
  id: number
  parent: string | null
  html: string
  text: string
  status: StoredPost['status']
  heading: string | null
  topic: string | null
  privacy: string | null
  edited: number
  truncated: number
  position: number | null
  gone_at: Instant | null
  revisions: number
  edited_by: Instant | null
  first_seen_at: Instant
  last_seen_at: Instant
}

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
      - count(threads.id) FILTER (WHERE threads.status <> 'gone')) AS not_shown
  FROM groups JOIN sites ON sites.id = groups.site_id LEFT JOIN readable_threads AS threads ON threads.group_id = groups.id
  GROUP BY groups.id ORDER BY groups.id`

const BY_DOOR = "CASE WHEN captures.door IS NULL THEN captures.reader ELSE 'import' END"

/** Threads as `ThreadRow`. An archive that is only read may be older: it has no imports before schema 4, and no zones before 7. */
export const threadsQuery = (sql: Statements): string => `SELECT threads.*,
  (SELECT count(*) FROM posts WHERE thread_id = threads.id AND status = 'gone') AS gone,
  (SELECT forgotten FROM posts WHERE posts.id = threads.id) AS forgotten,
  COALESCE(threads.whole_view_at, (SELECT max(last_seen_at) FROM posts WHERE thread_id = threads.id)) AS read_at,
  (SELECT ${sql.has('captures', 'door') ? BY_DOOR : 'captures.reader'} FROM posts JOIN threads AS states ON states.id = posts.id
    JOIN captures ON captures.id = COALESCE(states.view_capture_id, posts.last_capture_id) WHERE posts.id = threads.id) AS read_as,
  sites.url AS site, ${sql.has('sites', 'timezone') ? 'sites.timezone' : 'NULL AS timezone'}, groups.site_group_id AS group_native, groups.slug AS group_slug, groups.name AS group_name,
  groups.url AS group_url, ${MEMBER_COLUMNS}
  FROM readable_threads AS threads JOIN sites ON sites.id = threads.site_id LEFT JOIN groups ON groups.id = threads.group_id
  LEFT JOIN members ON members.id = threads.member_id`

export const THREAD_ORDER = `ORDER BY COALESCE(threads.posted_from, threads.posted_to, '9999'), CAST(threads.site_post_id AS INTEGER), threads.site_post_id,
  (SELECT key FROM sites WHERE sites.id = threads.site_id)`

export const POSTS = `SELECT posts.id, posts.site_post_id, parent.site_post_id AS parent, posts.type, posts.posted_from, posts.posted_to, posts.html,
  posts.text, posts.url, posts.heading, posts.topic, posts.privacy, posts.status, posts.gone_at, posts.forgotten, posts.edited, posts.truncated, posts.position, posts.first_seen_at, posts.last_seen_at, ${MEMBER_COLUMNS},
  (SELECT count(*) FROM revisions WHERE revisions.post_id = posts.id) AS revisions,
  (SELECT max(replaced_at) FROM revisions WHERE revisions.post_id = posts.id) AS edited_by
  FROM posts LEFT JOIN posts AS parent ON parent.id = posts.parent_id LEFT JOIN members ON members.id = posts.member_id
  WHERE posts.id IN (SELECT value FROM json_each(?))`

/** A row of `POSTS`, cell by cell: objects of so many columns take better-sqlite3 twice the time. */
export type PostCells = readonly [
  ...[id: number, siteId: string, parent: string | null, type: string, from: Instant | null, to: Instant | null],
  ...[html: string, text: string, url: string, heading: string | null, topic: string | null, privacy: string | null],
  ...[status: StoredPost['status'], goneAt: Instant | null, forgotten: number | null, edited: number],
  ...[truncated: number, position: number | null, firstSeenAt: Instant, lastSeenAt: Instant],
  ...[memberRow: number | null, memberId: string | null, memberSlug: string | null, memberName: string | null],
  ...[memberUrl: string | null, revisions: number, editedBy: Instant | null],
]

export const postRow = (cells: PostCells): PostRow => ({
  id: cells[0],
  site_post_id: cells[1],
  parent: cells[2],
  type: cells[3],
  posted_from: cells[4],
  posted_to: cells[5],
  html: cells[6],
  text: cells[7],
  url: cells[8],
  heading: cells[9],
  topic: cells[10],
  privacy: cells[11],
  status: cells[12],
  gone_at: cells[13],
  forgotten: cells[14],
  edited: cells[15],
  truncated: cells[16],
  position: cells[17],
  first_seen_at: cells[18],
  last_seen_at: cells[19],
  member_row: cells[20],
  member_native: cells[21],
  member_slug: cells[22],
  member_name: cells[23],
  member_url: cells[24],
  revisions: cells[25],
  edited_by: cells[26],
})

export interface PostDetails {
  attachments: Attachment[]
  links: Link[]
  /** Readers who saw the post; only in archives with merged inputs. */
  seenBy?: string[]
}

export function storedPost(row: PostRow, author: StoredAuthor | null, parts: PostDetails | undefined): StoredPost {
  return {
    id: row.site_post_id,
    threadId: '',
    parentId: row.parent,
    type: row.type,
    author,
    when: { from: row.posted_from, to: row.posted_to },
    html: row.html,
    text: row.text,
    url: row.url,
    heading: row.heading,
    topic: row.topic,
    privacy: row.privacy,
    status: row.status,
    goneAt: row.gone_at,
    edited: row.edited === 1,
    revisions: row.revisions,
    editedBy: row.edited_by,
    truncated: row.truncated === 1,
    attachments: parts?.attachments ?? [],
    links: parts?.links ?? [],
    ...(row.forgotten === 1 && { forgotten: true }),
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    ...(parts?.seenBy && { seenBy: parts.seenBy }),
  }
}

export const storedAuthor = (
  row: Pick<ThreadRow, 'member_row' | 'member_native' | 'member_slug' | 'member_name' | 'member_url'>,
): StoredAuthor | null =>
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
  title || fallbackTitle(type, author)

/** Title of a post without words: what happened, for membership notices; otherwise "(no words)". */
export const fallbackTitle = (type: string, author: string | null): string =>
  NOTICE_TITLES[type] ? `${author ?? 'A former member'} ${NOTICE_TITLES[type]}` : '(no words)'

/** A row of `GROUPS`. */
export interface GroupRow extends StoredGroup, Pick<GroupSummary, 'site' | 'status' | 'access' | 'threads' | 'posts'> {
  gone: number
  held: number
  claimed: number | null
  left_out: number
  /** Posts that the site counts in its stream and did not show. */
  not_shown: number
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
  const state = !isRead ? 'unknown' : isShort ? 'short' : row.unknown_threads !== 0 ? 'unknown' : 'complete'
  const claimed = isRead ? (row.claimed ?? 0) + row.left_out + row.not_shown : null
  return {
    ...{ id, slug, name, url, site, status, access, threads, posts },
    gonePosts: row.gone,
    completeness: { state, held: row.held, claimed },
    lastPostAt: row.last_post_at,
  }
}
