import type { StoredPost } from '../../model/archive.js'
import type { Words } from '../../model/query/query.js'
import type { Hit } from '../../model/reports/search.js'
import {
  fallbackTitle,
  MEMBER_COLUMNS,
  type MemberColumns,
  storedAuthor,
  storedGroup,
  type ThreadRow,
} from '../read/rows.js'
import { snippetOf } from './snippet.js'

export type HitRow = MemberColumns &
  Pick<ThreadRow, 'site' | 'title' | 'group_native' | 'group_slug' | 'group_name' | 'group_url'> &
  Pick<ThreadRow, 'site_post_id' | 'type' | 'posted_from' | 'posted_to' | 'url'> & {
    heading: string | null
    text: string
    status: StoredPost['status']
    edited: number
    revisions: number
    first_seen_at: string
    thread: string
    thread_type: string
    opener: string | null
  }

export const HIT = `SELECT posts.site_post_id, posts.type, posts.posted_from, posts.posted_to, posts.heading, posts.text, posts.url,
    posts.status, posts.first_seen_at, posts.edited, (SELECT count(*) FROM revisions WHERE revisions.post_id = posts.id) AS revisions,
    opening.site_post_id AS thread, opening.title, opening.type AS thread_type, opener.name AS opener, sites.url AS site,
    groups.site_group_id AS group_native, groups.slug AS group_slug, groups.name AS group_name, groups.url AS group_url, ${MEMBER_COLUMNS}
  FROM posts JOIN sites ON sites.id = posts.site_id JOIN posts AS opening ON opening.id = posts.thread_id
  LEFT JOIN members AS opener ON opener.id = opening.member_id
  LEFT JOIN groups ON groups.id = posts.group_id LEFT JOIN members ON members.id = posts.member_id WHERE posts.id = ?`

/** Characters of a snippet: two lines of a terminal. */
const WIDTH = 150

export const hitOf = (row: HitRow, words: readonly Words[]): Hit => ({
  id: row.site_post_id,
  site: row.site,
  url: row.url,
  type: row.type,
  group:
    row.group_slug === null ? null : storedGroup(row.group_native, row.group_slug, row.group_name, row.group_url ?? ''),
  thread: { id: row.thread, title: row.title || fallbackTitle(row.thread_type, row.opener) },
  author: storedAuthor(row),
  when: { from: row.posted_from, to: row.posted_to },
  status: row.status,
  edited: row.edited === 1 || row.revisions > 0,
  firstSeenAt: row.first_seen_at,
  snippet: snippetOf(row.heading ? `${row.heading} — ${row.text}` : row.text, words, WIDTH),
})
