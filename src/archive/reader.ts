import type {
  ArchiveReader,
  Completeness,
  GroupSummary,
  KeptAuthor,
  KeptGroup,
  KeptPost,
  KeptThread,
  Selection,
  ThreadSummary,
} from '../model/archive.js'
import type { Attachment, Instant, Link } from '../model/discussion.js'
import { replyTree } from '../model/tree.js'
import { siblingOrder } from './order.js'
import { whereOf } from './select.js'
import type { Statements } from './statements.js'

interface ThreadRow {
  id: number
  activity_id: string
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
  group_native: string | null
  group_slug: string | null
  group_name: string | null
  group_url: string | null
  member_row: number | null
  member_native: string | null
  member_slug: string | null
  member_name: string | null
  member_url: string | null
}

type PostRow = Pick<
  ThreadRow,
  | 'activity_id'
  | 'type'
  | 'url'
  | 'posted_from'
  | 'posted_to'
  | 'member_row'
  | 'member_native'
  | 'member_slug'
  | 'member_name'
  | 'member_url'
> & {
  id: number
  parent: string | null
  html: string
  text: string
  status: KeptPost['status']
  edited: number
  truncated: number
  shown_at: number | null
  revisions: number
  first_seen_at: Instant
  last_seen_at: Instant
}

const MEMBER = `members.id AS member_row, members.member_id AS member_native, members.slug AS member_slug, members.name AS member_name,
  members.url AS member_url`

const THREADS = `SELECT threads.*, sites.url AS site, groups.group_id AS group_native, groups.slug AS group_slug, groups.name AS group_name,
  groups.url AS group_url, ${MEMBER}
  FROM threads JOIN sites ON sites.id = threads.site_id LEFT JOIN groups ON groups.id = threads.group_id
  LEFT JOIN members ON members.id = threads.member_id`

const THREAD_ORDER = `ORDER BY COALESCE(threads.posted_from, threads.posted_to, '9999'), CAST(threads.activity_id AS INTEGER), threads.id`

const POSTS = `SELECT posts.id, posts.activity_id, parent.activity_id AS parent, posts.type, posts.posted_from, posts.posted_to, posts.html,
  posts.text, posts.url, posts.status, posts.edited, posts.truncated, posts.shown_at, posts.first_seen_at, posts.last_seen_at, ${MEMBER},
  (SELECT count(*) FROM revisions WHERE revisions.post_id = posts.id) AS revisions
  FROM posts LEFT JOIN posts AS parent ON parent.id = posts.parent_id LEFT JOIN members ON members.id = posts.member_id
  WHERE posts.thread_id = ? AND posts.status <> 'unread' ORDER BY posts.id`

/** The archive as exporters and lists see it. */
export class Reader implements ArchiveReader {
  constructor(private readonly sql: Statements) {}

  *groups(): Generator<GroupSummary> {
    const rows = this.sql.rows<Record<string, unknown>>(`
      SELECT groups.group_id AS id, groups.slug, groups.name, groups.url, groups.status, groups.access, groups.stream_read_at, groups.left_out, sites.url AS site,
        count(threads.id) AS threads, COALESCE(sum(threads.replies + (threads.status <> 'unread')), 0) AS posts,
        COALESCE(sum(threads.held), 0) AS held, sum(threads.claimed) AS claimed,
        COALESCE(sum(threads.completeness <> 'complete'), 0) AS open_threads, max(threads.last_post_at) AS last_post_at
      FROM groups JOIN sites ON sites.id = groups.site_id LEFT JOIN threads ON threads.group_id = groups.id
      GROUP BY groups.id ORDER BY groups.id`)
    for (const row of rows) yield groupSummary(row)
  }

  *threadSummaries(selection: Selection): Generator<ThreadSummary> {
    const where = whereOf(selection)
    for (const id of this.ids(where.sql, where.values)) yield summary(this.threadRow(id))
  }

  *threads(selection: Selection): Generator<KeptThread> {
    const where = whereOf(selection)
    for (const id of this.ids(where.sql, where.values)) {
      const posts = this.posts(id)
      yield {
        ...summary(this.threadRow(id)),
        roots: replyTree(
          posts.map(({ post }) => post),
          siblingOrder(posts),
        ),
      }
    }
  }

  /** Ids first: a few megabytes for a million, and no cursor stays open while others read or write. */
  private ids(where: string, values: readonly unknown[]): number[] {
    return this.sql
      .rows<{ id: number }>(`SELECT threads.id FROM threads ${where} ${THREAD_ORDER}`, ...values)
      .map(row => row.id)
  }

  private threadRow(id: number): ThreadRow {
    return this.sql.row<ThreadRow>(`${THREADS} WHERE threads.id = ?`, id) as ThreadRow
  }

  private posts(thread: number): { post: KeptPost; shownAt: number }[] {
    const parts = this.parts(thread)
    return this.sql
      .rows<PostRow>(POSTS, thread)
      .map(row => ({ post: keptPost(row, parts.get(row.id)), shownAt: row.shown_at ?? 0 }))
  }

  private parts(thread: number): Map<number, Parts> {
    const parts = new Map<number, Parts>()
    const of = (id: number) => parts.get(id) ?? parts.set(id, { attachments: [], links: [] }).get(id)
    const inThread = 'WHERE post_id IN (SELECT id FROM posts WHERE thread_id = ?) ORDER BY id'
    for (const { post_id, ...part } of this.sql.rows<Attachment & { post_id: number }>(
      `SELECT post_id, kind, url, name FROM attachments ${inThread}`,
      thread,
    )) {
      of(post_id)?.attachments.push(part)
    }
    for (const { post_id, ...part } of this.sql.rows<Link & { post_id: number }>(
      `SELECT post_id, kind, url, text FROM links ${inThread}`,
      thread,
    )) {
      of(post_id)?.links.push(part)
    }
    return parts
  }
}

interface Parts {
  attachments: Attachment[]
  links: Link[]
}

function keptPost(row: PostRow, parts: Parts | undefined): KeptPost {
  return {
    id: row.activity_id,
    threadId: '',
    parentId: row.parent,
    type: row.type,
    author: authorOf(row),
    when: { from: row.posted_from, to: row.posted_to },
    html: row.html,
    text: row.text,
    url: row.url,
    status: row.status,
    edited: row.edited === 1,
    revisions: row.revisions,
    truncated: row.truncated === 1,
    attachments: parts?.attachments ?? [],
    links: parts?.links ?? [],
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
  }
}

const authorOf = (
  row: Pick<ThreadRow, 'member_row' | 'member_native' | 'member_slug' | 'member_name' | 'member_url'>,
): KeptAuthor | null =>
  row.member_row === null
    ? null
    : { id: row.member_native, slug: row.member_slug, name: row.member_name, url: row.member_url }

function summary(row: ThreadRow): ThreadSummary {
  const author = authorOf(row)
  return {
    id: row.activity_id,
    site: row.site,
    group:
      row.group_slug === null ? null : groupOf(row.group_native, row.group_slug, row.group_name, row.group_url ?? ''),
    url: row.url,
    title: row.title || untitled(row.type, author),
    type: row.type,
    author,
    when: { from: row.posted_from, to: row.posted_to },
    lastPostAt: row.last_post_at,
    replies: row.replies,
    completeness: { state: row.completeness, held: row.held, claimed: row.claimed },
  }
}

const groupOf = (id: string | null, slug: string, name: string | null, url: string): KeptGroup => ({
  id,
  slug,
  name,
  url,
})

const DEEDS: Record<string, string> = {
  joined_group: 'joined the group',
  created_group: 'created the group',
  group_details_updated: "changed the group's details",
  new_member: 'became a member',
  new_avatar: 'changed their picture',
  updated_profile: 'changed their profile',
  friendship_created: 'made a friend',
  friendship_accepted: 'made a friend',
}

/** Posts without words: notices say what happened, others that there are no words. */
const untitled = (type: string, author: KeptAuthor | null): string =>
  DEEDS[type] ? `${author?.name ?? 'A former member'} ${DEEDS[type]}` : '(no words)'

function groupSummary(row: Record<string, unknown>): GroupSummary {
  const read = row['stream_read_at'] !== null
  const leftOut = row['left_out'] as number
  const state = !read ? 'unknown' : row['open_threads'] === 0 && leftOut === 0 ? 'complete' : 'short'
  return {
    ...groupOf(row['id'] as string | null, row['slug'] as string, row['name'] as string | null, row['url'] as string),
    site: row['site'] as string,
    status: row['status'] as string | null,
    access: row['access'] as GroupSummary['access'],
    threads: row['threads'] as number,
    posts: row['posts'] as number,
    completeness: {
      state,
      held: row['held'] as number,
      claimed: read ? ((row['claimed'] as number | null) ?? 0) + leftOut : null,
    },
    lastPostAt: row['last_post_at'] as Instant | null,
  }
}
