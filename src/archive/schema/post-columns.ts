import type { Instant } from '../../model/discussion.js'

/** Columns of `posts`; `v1.ts` to `v4.ts` say what they mean. */
export interface PostColumns {
  id: number
  activity_id: string
  thread_id: number
  parent_id: number | null
  parent_named: 0 | 1
  parent_seen_at: Instant | null
  group_id: number | null
  member_id: number | null
  type: string
  title: string | null
  posted_at: Instant | null
  posted_from: Instant | null
  posted_to: Instant | null
  html: string
  text: string
  heading: string | null
  content_key: string
  url: string
  shown_at: number | null
  truncated: 0 | 1
  edited: 0 | 1
  privacy: string | null
  topic: string | null
  status: 'live' | 'gone' | 'unread'
  missed_at: Instant | null
  gone_at: Instant | null
  gone_reason: string | null
  claimed: number | null
  whole_view_at: Instant | null
  whole_view_in: 'stream' | 'permalink' | null
  view_capture_id: number | null
  own_page_key: string | null
  told_replies: number | null
  told_capture_id: number | null
  checked_at: Instant | null
  text_seen_at: Instant | null
  first_seen_at: Instant
  last_seen_at: Instant
  first_run_id: number
  last_run_id: number
  capture_id: number | null
  last_capture_id: number | null
  parser: string
}

/** The columns that `PostWriter` needs when a post is seen again. */
export type PostColumnsRow = Pick<PostColumns, (typeof COLUMNS)[number]>

const COLUMNS = [
  'id',
  'activity_id',
  'thread_id',
  'parent_id',
  'group_id',
  'member_id',
  'posted_from',
  'posted_to',
  'html',
  'text',
  'heading',
  'content_key',
  'truncated',
  'edited',
  'status',
  'url',
  'capture_id',
  'whole_view_at',
  'whole_view_in',
  'last_seen_at',
  'last_capture_id',
  'view_capture_id',
  'own_page_key',
  'told_replies',
  'told_capture_id',
  'text_seen_at',
  'parent_named',
  'parser',
] as const

/** Finds a post by the row id of its site and the site's own id. */
export const FIND = `SELECT ${COLUMNS.join(', ')} FROM posts WHERE site_id = ? AND activity_id = ?`
