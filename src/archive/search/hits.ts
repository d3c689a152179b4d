import type { StoredPost } from '../../model/archive.js'
import type { Words } from '../../model/query/query.js'
import type { FoundPost, Hit, SearchRequest } from '../../model/reports/search.js'
import {
  MEMBER_COLUMNS,
  type MemberColumns,
  storedAuthor,
  storedGroup,
  type ThreadRow,
  threadTitle,
} from '../read/rows.js'
import { holds, snippetOf } from './snippet.js'

export type HitRow = MemberColumns &
  Pick<ThreadRow, 'site' | 'title' | 'group_native' | 'group_slug' | 'group_name' | 'group_url'> &
  Pick<ThreadRow, 'site_post_id' | 'type' | 'posted_from' | 'posted_to' | 'url'> & {
    heading: string | null
    html: string
    text: string
    status: StoredPost['status']
    edited: number
    revisions: number
    first_seen_at: string
    thread: string
    thread_type: string
    opener: string | null
  }

/** Binds whether the HTML is wanted, and the row id. */
export const HIT = `SELECT posts.site_post_id, posts.type, posts.posted_from, posts.posted_to, posts.heading, posts.text, posts.url,
    CASE WHEN ? THEN posts.html ELSE '' END AS html,
    posts.status, posts.first_seen_at, posts.edited, (SELECT count(*) FROM revisions WHERE revisions.post_id = posts.id) AS revisions,
    opening.site_post_id AS thread, opening.title, opening.type AS thread_type, opener.name AS opener, sites.url AS site,
    groups.site_group_id AS group_native, groups.slug AS group_slug, groups.name AS group_name, groups.url AS group_url, ${MEMBER_COLUMNS}
  FROM posts JOIN sites ON sites.id = posts.site_id JOIN posts AS opening ON opening.id = posts.thread_id
  LEFT JOIN members AS opener ON opener.id = opening.member_id
  LEFT JOIN groups ON groups.id = posts.group_id LEFT JOIN members ON members.id = posts.member_id WHERE posts.id = ?`

/** Characters of a snippet: two lines of a terminal. */
const WIDTH = 150

/** Null: what is shown in place of the post does not hold the words. */
export function hitOf(row: HitRow, words: readonly Words[], shown: SearchRequest['shown']): Hit | null {
  const { id, site, url, group, thread, author, heading, text } = shown ? shown(foundPost(row)) : foundPost(row)
  const whole = heading ? `${heading} — ${text}` : text
  if (shown && !words.every(one => holds(whole, one))) return null
  return {
    ...{ id, site, url, type: row.type, group, thread, author },
    when: { from: row.posted_from, to: row.posted_to },
    status: row.status,
    edited: row.edited === 1 || row.revisions > 0,
    firstSeenAt: row.first_seen_at,
    snippet: snippetOf(whole, words, WIDTH),
  }
}

const foundPost = (row: HitRow): FoundPost => ({
  id: row.site_post_id,
  site: row.site,
  url: row.url,
  group:
    row.group_slug === null ? null : storedGroup(row.group_native, row.group_slug, row.group_name, row.group_url ?? ''),
  thread: { id: row.thread, title: threadTitle(row.title, row.thread_type, row.opener) },
  author: storedAuthor(row),
  heading: row.heading,
  html: row.html,
  text: row.text,
})
