import type { StoredAuthor } from '../../model/archive.js'
import type { Instant } from '../../model/discussion.js'
import type { PostInContext } from '../../model/reports/changes.js'
import type { Statements } from '../database/statements.js'
import { storedGroup, threadTitle } from './rows.js'

/** Rows in memory at once: their texts may be long. */
const BATCH = 200

interface ContextRow {
  row: number
  id: string
  site: string
  type: string
  posted_from: Instant | null
  posted_to: Instant | null
  url: string
  heading: string | null
  text: string
  status: string
  edited: number
  attachments: number
  parent: string | null
  thread: string
  thread_url: string
  thread_status: string
  thread_title: string | null
  thread_type: string
  group_native: string | null
  group_slug: string | null
  group_name: string | null
  group_url: string | null
  author: string | null
  parent_author: string | null
  opener: string | null
}

/** A column with the member as JSON; null: no member. */
const memberAs = (table: string, name: string) =>
  `CASE WHEN ${table}.id IS NOT NULL THEN ${memberJson(table)} END AS ${name}`

export const memberJson = (table: string): string =>
  `json_object('id', ${table}.site_member_id, 'slug', ${table}.slug, 'name', ${table}.name, 'url', ${table}.url)`

const POSTS_IN_CONTEXT = `SELECT posts.id AS row, posts.site_post_id AS id, sites.url AS site, posts.type, posts.posted_from, posts.posted_to, posts.url,
    posts.heading, posts.text, posts.status, posts.edited,
    (SELECT count(*) FROM attachments WHERE attachments.post_id = posts.id) AS attachments, parent.site_post_id AS parent,
    root.site_post_id AS thread, root.url AS thread_url, root.status AS thread_status, root.title AS thread_title, root.type AS thread_type,
    groups.site_group_id AS group_native, groups.slug AS group_slug, groups.name AS group_name, groups.url AS group_url,
    ${memberAs('members', 'author')}, ${memberAs('answered', 'parent_author')}, ${memberAs('opener', 'opener')}
  FROM posts JOIN posts AS root ON root.id = posts.thread_id JOIN sites ON sites.id = posts.site_id
  LEFT JOIN groups ON groups.id = root.group_id LEFT JOIN members ON members.id = posts.member_id
  LEFT JOIN members AS opener ON opener.id = root.member_id LEFT JOIN posts AS parent ON parent.id = posts.parent_id
  LEFT JOIN members AS answered ON answered.id = parent.member_id
  WHERE posts.id IN (SELECT value FROM json_each(?))`

/** Pairs of row id and post, in the order of `ids`. Streams. Ids without a post are skipped. */
export function* postsInContext(sql: Statements, ids: Float64Array): Generator<[number, PostInContext]> {
  for (const batch of batches(ids)) {
    const found = postsInContextById(sql, batch)
    for (const id of batch) {
      const post = found.get(id)
      if (post) yield [id, post]
    }
  }
}

/** Posts by row id. Holds all of them in memory. */
export function postsInContextById(sql: Statements, ids: readonly number[]): Map<number, PostInContext> {
  return new Map(sql.rows<ContextRow>(POSTS_IN_CONTEXT, JSON.stringify(ids)).map(row => [row.row, postOf(row)]))
}

export function* batches(ids: Float64Array): Generator<number[]> {
  for (let at = 0; at < ids.length; at += BATCH) yield [...ids.subarray(at, at + BATCH)]
}

/** Title of a thread whose opening post is known only from its replies. */
const UNREAD = '(an opening post that could not be read)'

function postOf(row: ContextRow): PostInContext {
  const { group_native, group_slug, group_name, group_url } = row
  return {
    id: row.id,
    site: row.site,
    group: group_slug === null ? null : storedGroup(group_native, group_slug, group_name, group_url ?? ''),
    thread: {
      id: row.thread,
      url: row.thread_url,
      title:
        row.thread_status === 'unread'
          ? UNREAD
          : threadTitle(row.thread_title, row.thread_type, member(row.opener)?.name ?? null),
      author: member(row.opener),
    },
    parent: row.parent === null ? null : { id: row.parent, author: member(row.parent_author) },
    type: row.type,
    author: member(row.author),
    when: { from: row.posted_from, to: row.posted_to },
    url: row.url,
    heading: row.heading,
    text: row.text,
    attachments: row.attachments,
    status: row.status === 'gone' ? 'gone' : 'live',
    edited: row.edited === 1,
  }
}

const member = (json: string | null): StoredAuthor | null => (json === null ? null : (JSON.parse(json) as StoredAuthor))
