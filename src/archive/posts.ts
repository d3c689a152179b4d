import type { Instant, Post, When } from '../model/discussion.js'
import type { PostText } from '../model/page.js'
import { knownDate, narrow } from '../model/time.js'
import { contentKey, titleOf } from './content.js'
import type { Statements } from './statements.js'

/** Where and when a page was read, for every row that it changes. */
export interface Reading {
  run: number
  capture: number
  at: Instant
  site: number
  siteUrl: string
  /** Row id of the group whose stream this is: for items that name none. */
  group: number | null
  parser: string
}

export interface PostRow {
  id: number
  activity_id: string
  thread_id: number
  parent_id: number | null
  group_id: number | null
  member_id: number | null
  posted_from: Instant | null
  posted_to: Instant | null
  html: string
  text: string
  content_key: string
  truncated: 0 | 1
  edited: 0 | 1
  status: 'live' | 'gone' | 'unread'
  url: string
  capture_id: number | null
  whole_view_in: 'stream' | 'permalink' | null
  last_seen_at: Instant
}

/** Row ids of what the post refers to; `undefined`: this view does not tell. */
export interface Ties {
  thread: number | null
  parent: number | null | undefined
  group: number | null | undefined
  member: number | null
  place: number
}

export type Change = 'new' | 'changed' | 'seen'

const COLUMNS = `id, activity_id, thread_id, parent_id, group_id, member_id, posted_from, posted_to, html, text, content_key,
  truncated, edited, status, url, capture_id, whole_view_in, last_seen_at`

export class PostStore {
  constructor(private readonly sql: Statements) {}

  find(site: number, activityId: string): PostRow | undefined {
    return this.sql.row<PostRow>(`SELECT ${COLUMNS} FROM posts WHERE site_id = ? AND activity_id = ?`, site, activityId)
  }

  /** An opening post that only its replies speak of: known to exist, not read. */
  addUnread(activityId: string, url: string, reading: Reading): number {
    const id = this.sql.run(
      `INSERT INTO posts (site_id, activity_id, thread_id, type, url, status, first_seen_at, last_seen_at, first_run_id, last_run_id)
       VALUES (?, ?, 0, 'activity_update', ?, 'unread', ?, ?, ?, ?)`,
      reading.site, activityId, url, reading.at, reading.at, reading.run, reading.run,
    )
    this.sql.run('UPDATE posts SET thread_id = id WHERE id = ?', id)
    return id
  }

  insert(post: Post, ties: Ties, reading: Reading): number {
    const id = this.sql.run(
      `INSERT INTO posts (site_id, activity_id, thread_id, parent_id, group_id, member_id, type, title, posted_at, posted_from,
         posted_to, html, text, content_key, url, shown_at, truncated, edited, first_seen_at, last_seen_at, first_run_id,
         last_run_id, capture_id, last_capture_id, parser)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      reading.site, post.id, ties.thread ?? 0, ties.parent ?? null, ties.group ?? null, ties.member, post.type,
      post.parentId === null ? titleOf(post.text) : null, knownDate(post.when), post.when.from, post.when.to, post.html,
      post.text, contentKey(post, reading.siteUrl), post.url, ties.place, Number(post.truncated), Number(post.edited),
      reading.at, reading.at, reading.run, reading.run, reading.capture, reading.capture, reading.parser,
    )
    if (ties.thread === null) this.sql.run('UPDATE posts SET thread_id = id WHERE id = ?', id)
    this.replaceParts(id, post, false)
    return id
  }

  /** Brings a known post up to date. Nothing is overwritten: an earlier text becomes a revision. */
  update(row: PostRow, post: Post, ties: Ties, reading: Reading): Change {
    const when: When = narrow({ from: row.posted_from, to: row.posted_to }, post.when)
    this.sql.run(
      `UPDATE posts SET thread_id = ?, parent_id = ?, group_id = ?, member_id = COALESCE(?, member_id), type = ?, posted_at = ?,
         posted_from = ?, posted_to = ?, url = ?, shown_at = ?, edited = ?, status = 'live', missed_at = NULL, gone_at = NULL,
         gone_reason = NULL, last_seen_at = ?, last_run_id = ?, last_capture_id = ? WHERE id = ?`,
      ties.thread ?? row.thread_id, ties.parent === undefined ? row.parent_id : ties.parent,
      ties.group === undefined ? row.group_id : ties.group, ties.member, post.type, knownDate(when), when.from, when.to,
      row.url.includes('/p/') ? row.url : post.url, ties.place, Math.max(row.edited, Number(post.edited)),
      reading.at, reading.run, reading.capture, row.id,
    )
    const change = this.updateText(row, post, reading)
    return row.status === 'unread' ? 'new' : change
  }

  /**
   * The text of a post, from wherever it was read. A shortened text never takes the place of a full one; a full text that
   * takes the place of a shortened one is no edit.
   */
  updateText(row: PostRow, seen: PostText, reading: Reading): Change {
    const key = contentKey(seen, reading.siteUrl)
    const wasFull = row.truncated === 0 && row.status !== 'unread'
    if (key === row.content_key && Number(seen.truncated) === row.truncated) return 'seen'
    if (seen.truncated && wasFull) return 'seen'
    const edited = key !== row.content_key && wasFull
    if (edited) this.keepRevision(row, reading)
    this.sql.run(
      `UPDATE posts SET html = ?, text = ?, content_key = ?, truncated = ?, capture_id = ?, parser = ?, last_seen_at = ?,
         title = CASE WHEN id = thread_id THEN ? END WHERE id = ?`,
      seen.html, seen.text, key, Number(seen.truncated), reading.capture, reading.parser, reading.at, titleOf(seen.text), row.id,
    )
    this.replaceParts(row.id, seen, true)
    return edited ? 'changed' : 'seen'
  }

  private keepRevision(row: PostRow, reading: Reading): void {
    this.sql.run(
      `INSERT INTO revisions (post_id, html, text, content_key, capture_id, replaced_at, replaced_by_id) VALUES (?, ?, ?, ?, ?, ?, ?)`,
      row.id, row.html, row.text, row.content_key, row.capture_id, reading.at, reading.capture,
    )
  }

  private replaceParts(id: number, content: Pick<PostText, 'attachments' | 'links'>, known: boolean): void {
    if (known) {
      this.sql.run('DELETE FROM attachments WHERE post_id = ?', id)
      this.sql.run('DELETE FROM links WHERE post_id = ?', id)
    }
    for (const part of content.attachments) {
      this.sql.run('INSERT INTO attachments (post_id, kind, url, name) VALUES (?, ?, ?, ?)', id, part.kind, part.url, part.name)
    }
    for (const link of content.links) {
      this.sql.run('INSERT INTO links (post_id, kind, url, text) VALUES (?, ?, ?, ?)', id, link.kind, link.url, link.text)
    }
  }
}
